"""Contacts, and what their owners wrote about them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import Boundary
from matchmaker.people.contact import Contact
from matchmaker.people.ids import ContactId, EventId, PersonId, PublicId
from matchmaker.people.promise import Promise
from matchmaker.people.rhythm import Rhythm, read_rhythm
from matchmaker.storage.promises import list_promises
from matchmaker.storage.tables import ContactRow


def add_contact(
    session: Session, contact: Contact, *, event_id: EventId | None, client_key: str | None = None
) -> Contact:
    """Store a new contact (its id is ignored) and return it with its id."""
    row = ContactRow(
        public_id=contact.public_id,
        owner_id=contact.owner,
        other_id=contact.other,
        event_id=event_id,
        fields=contact.fields.to_dict(),
        met_at=contact.met_at,
        event_name=contact.event_name,
        event_slug=contact.event_slug,
        note=contact.note,
        could_give=contact.could_give,
        could_get=contact.could_get,
        client_key=client_key,
        boundary=contact.boundary,
    )
    session.add(row)
    session.flush()
    return replace(contact, id=ContactId(row.id))


def save_note(session: Session, contact_id: ContactId, note: str) -> None:
    """Store what the owner wrote about a contact."""
    _change(session, contact_id, note=note)


def save_boundary(session: Session, contact_id: ContactId, boundary: Boundary) -> None:
    """Store what a contact is to the owner."""
    _change(session, contact_id, boundary=boundary)


def save_rhythm(session: Session, contact_id: ContactId, rhythm: Rhythm) -> None:
    """Store how often the owner wants to greet a contact; what was put off is forgotten."""
    _change(session, contact_id, rhythm=rhythm, greet_from=None)


def save_greeted(session: Session, contact_id: ContactId, *, at: datetime) -> None:
    """Note that the owner greeted a contact."""
    _change(session, contact_id, greeted_at=at, greet_from=None)


def put_greeting_off(session: Session, contact_id: ContactId, *, until: datetime) -> None:
    """Note that the owner wants to greet a contact later."""
    _change(session, contact_id, greet_from=until)


def save_thanked(session: Session, contact_id: ContactId, *, at: datetime | None) -> None:
    """Note when the owner thanked a contact; None takes it back."""
    _change(session, contact_id, thanked_at=at)


def save_fields(session: Session, owner: PersonId, other: PersonId, fields: CardFields) -> None:
    """Bring a contact up to what the giver shows now."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.owner_id == owner, ContactRow.other_id == other)
        .values(fields=fields.to_dict())
    )


def find_contact(session: Session, owner: PersonId, public_id: str) -> Contact | None:
    """Return the owner's contact of that public id, or None."""
    return _one(session, _query(owner).where(ContactRow.public_id == public_id))


def find_contact_with(session: Session, owner: PersonId, other: PersonId) -> Contact | None:
    """Return the owner's contact with that person, or None."""
    return _one(session, _query(owner).where(ContactRow.other_id == other))


def find_contact_by_key(session: Session, owner: PersonId, client_key: str) -> Contact | None:
    """Return the contact that was left with that key of its form, or None."""
    return _one(session, _query(owner).where(ContactRow.client_key == client_key))


def list_contacts(
    session: Session, owner: PersonId, *, event_id: EventId | None = None
) -> list[Contact]:
    """Return all contacts of a person, or those made at one event, the latest first."""
    query = _query(owner).order_by(ContactRow.met_at.desc(), ContactRow.id.desc())
    if event_id is not None:
        query = query.where(ContactRow.event_id == event_id)
    return _all(session, query)


def remove_contact(session: Session, contact_id: ContactId) -> None:
    """Delete one contact and its promises."""
    row = session.get(ContactRow, contact_id)
    if row is not None:
        session.delete(row)
        session.flush()


def remove_everything_of(session: Session, person: PersonId, *, take_cards_back: bool) -> None:
    """Delete a person's own contacts and cut them out of other people's.

    With ``take_cards_back`` the cards they gave go too.
    """
    session.execute(delete(ContactRow).where(ContactRow.owner_id == person))
    given = ContactRow.other_id == person
    if take_cards_back:
        session.execute(delete(ContactRow).where(given))
    else:
        session.execute(update(ContactRow).where(given).values(other_id=None))


def _change(session: Session, contact_id: ContactId, **values: object) -> None:
    session.execute(update(ContactRow).where(ContactRow.id == contact_id).values(**values))


def _query(owner: PersonId) -> Select[ContactRow]:
    return select(ContactRow).where(ContactRow.owner_id == owner)


def _one(session: Session, query: Select[ContactRow]) -> Contact | None:
    found = _all(session, query.limit(1))
    return found[0] if found else None


def _all(session: Session, query: Select[ContactRow]) -> list[Contact]:
    # A row that this session has read before may have been changed by an UPDATE since.
    query = query.execution_options(populate_existing=True)
    return to_contacts(session, session.scalars(query).all())


def to_contacts(session: Session, rows: Sequence[ContactRow]) -> list[Contact]:
    """Return the frozen values of rows, in their order (for the other files of this room)."""
    promises = list_promises(session, [ContactId(row.id) for row in rows]) if rows else {}
    return [_to_contact(row, promises.get(ContactId(row.id), ())) for row in rows]


def _to_contact(row: ContactRow, promises: Iterable[Promise]) -> Contact:
    return Contact(
        id=ContactId(row.id),
        public_id=PublicId(row.public_id),
        owner=PersonId(row.owner_id),
        other=PersonId(row.other_id) if row.other_id is not None else None,
        fields=CardFields.from_dict(row.fields),
        met_at=row.met_at,
        event_name=row.event_name,
        event_slug=row.event_slug,
        note=row.note,
        could_give=row.could_give,
        could_get=row.could_get,
        boundary=Boundary(row.boundary),
        rhythm=read_rhythm(row.rhythm),
        greeted_at=row.greeted_at,
        greet_from=row.greet_from,
        thanked_at=row.thanked_at,
        helps_both=row.helps_both,
        promises=tuple(promises),
    )
