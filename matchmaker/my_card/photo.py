"""My small photo: on the card, off it, and who may see it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.my_card.codes import open_code
from matchmaker.people.card_sides import shown_side
from matchmaker.people.ids import make_public_id
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked, NotFound
from matchmaker.storage import contacts, people, photos, safety


def set_photo(session: Session, person: Person, jpeg: bytes, *, now: datetime) -> Person:
    """Put a photo, made by ``shrink_photo``, on both sides of a card; the one before is deleted."""
    people.lock_people(session, person.id)
    public_id = make_public_id()
    photos.save_photo(session, person.id, jpeg, public_id=public_id, now=now)
    return _put_on_card(session, person, public_id)


def take_photo_off(session: Session, person: Person) -> Person:
    """Take the photo off the card; its owner may put it back, nobody else sees it."""
    return _put_on_card(session, person, "")


def put_photo_back(session: Session, person: Person) -> Person:
    """Put the photo back that was taken off; without one nothing changes."""
    return _put_on_card(session, person, photos.find_photo_id(session, person.id) or "")


def delete_photo(session: Session, person: Person) -> Person:
    """Delete the photo for good."""
    photos.remove_photo(session, person.id)
    return _put_on_card(session, person, "")


def get_photo(session: Session, public_id: str, *, reader: Person | None, code: str) -> bytes:
    """Return a photo as a JPEG to whoever may see it.

    That is its owner; a contact who gets the side of the card that it shows on; and whoever has
    the live code of a card that shows it.

    Raises
    ------
    NotFound
        To everybody else, also if there is no such photo.
    """
    owner = photos.find_photo_owner(session, public_id)
    if owner is None or not _may_see(session, owner, public_id, reader, code):
        raise NotFound
    return photos.find_jpeg(session, public_id) or b""


def find_shown_jpeg(session: Session, person: Person) -> bytes | None:
    """Return the photo that whoever scans a person's code gets with the card, or None."""
    shown = shown_side(person).photo
    return photos.find_jpeg(session, shown) if shown else None


def _may_see(
    session: Session, owner: Person, public_id: str, reader: Person | None, code: str
) -> bool:
    if reader and reader.id == owner.id:
        return True
    if reader and safety.is_blocked(session, reader.id, owner.id):
        return False
    if code and _opens(session, code, owner):
        return shown_side(owner).photo == public_id
    if reader is None or contacts.find_contact_with(session, reader.id, owner.id) is None:
        return False
    entry = contacts.find_contact_with(session, owner.id, reader.id)
    return shown_side(owner, entry.boundary if entry else "").photo == public_id


def _opens(session: Session, code: str, owner: Person) -> bool:
    try:
        opened = open_code(session, code)
    except CardRevoked:
        return False
    return opened.is_consent and opened.owner.id == owner.id


def _put_on_card(session: Session, person: Person, public_id: str) -> Person:
    changed = replace(
        person,
        business=replace(person.business, photo=public_id),
        personal=replace(person.personal, photo=public_id),
    )
    people.save_person(session, changed)
    return changed
