"""A person's own contacts: notes, who sees which side of my card, and the way out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from matchmaker.cards.vcard import VCardEntry, write_vcards
from matchmaker.documents.contacts_out import (
    ContactRow,
    PromiseLine,
    write_contacts_csv,
    write_contacts_json,
)
from matchmaker.people.card_sides import Boundary, shown_side
from matchmaker.people.contact import Contact
from matchmaker.people.person import Person
from matchmaker.people.promise import Promise
from matchmaker.people.refusals import NotFound
from matchmaker.storage import contacts, events, people, photos, promises


def get_contact(session: Session, owner: Person, public_id: str) -> Contact:
    """Return one of the owner's contacts.

    Raises
    ------
    NotFound
        If there is none, or it is somebody else's.
    """
    found = contacts.find_contact(session, owner.id, public_id)
    if found is None:
        raise NotFound
    return found


def save_words(
    session: Session, contact: Contact, *, note: str, promise: str, now: datetime
) -> None:
    """Store the owner's own words about a contact: a note, and what they said they would send."""
    contacts.save_note(session, contact.id, note)
    promises.save_line(session, contact.id, promise, now=now)


def set_boundary(session: Session, owner: Person, contact: Contact, boundary: Boundary) -> Contact:
    """Store what a contact is to its owner: the other holds that side of the owner's card now.

    Somebody who deleted their contact gets none by this, and they are not told.
    """
    if contact.other is not None:
        people.lock_people(session, owner.id, contact.other)
        contacts.save_fields(session, contact.other, owner.id, shown_side(owner, boundary))
    contacts.save_boundary(session, contact.id, boundary)
    return replace(contact, boundary=boundary)


def delete_contact(session: Session, contact: Contact) -> None:
    """Delete one contact for good."""
    contacts.remove_contact(session, contact.id)


def find_zones(session: Session, found: Iterable[Contact]) -> dict[str, tzinfo]:
    """Return the time zone of the events, by short name, at which contacts were made."""
    zones: dict[str, tzinfo] = {"": UTC}
    for slug in {contact.event_slug for contact in found} - {""}:
        event = events.find_event(session, slug)
        zones[slug] = ZoneInfo(event.time_zone) if event else UTC
    return zones


def write_address_book(session: Session, found: Iterable[tuple[Contact, str]]) -> bytes:
    """Return contacts as one vCard file with their photos; each comes with how they met."""
    return write_vcards(
        VCardEntry(
            fields=contact.fields,
            note="\n".join(part for part in (met_note, contact.note) if part),
            photo_jpeg=photos.find_jpeg(session, contact.fields.photo),
            uid=contact.public_id,
        )
        for contact, met_note in found
    )


def write_table(found: Iterable[Contact], zones: dict[str, tzinfo]) -> bytes:
    """Return contacts as CSV, with moments on the clocks of ``zones`` (by the event's name)."""
    return write_contacts_csv([_row(contact, zones) for contact in found])


def write_json(found: Iterable[Contact], zones: dict[str, tzinfo]) -> bytes:
    """Return contacts as JSON, with moments on the clocks of ``zones`` (by the event's name)."""
    return write_contacts_json([_row(contact, zones) for contact in found])


def _row(contact: Contact, zones: dict[str, tzinfo]) -> ContactRow:
    fields, zone = contact.fields, zones.get(contact.event_slug, UTC)
    return ContactRow(
        name=fields.name,
        call_name=fields.call_name,
        organization=fields.organization,
        role=fields.role,
        line=fields.line,
        email=fields.email,
        phone=fields.phone,
        site=fields.site,
        links=fields.links,
        languages=fields.languages,
        note=contact.note,
        promises=tuple(_line(promise) for promise in contact.promises),
        met_at=contact.met_at.astimezone(zone).isoformat(timespec="minutes"),
        event=contact.event_name,
        looked_for=contact.could_give,
        offered=contact.could_get,
        boundary=contact.boundary,
        rhythm=contact.rhythm,
    )


def _line(promise: Promise) -> PromiseLine:
    state = "kept" if promise.kept_at else "dropped" if promise.dropped_at else "open"
    due = promise.due_on.isoformat() if promise.due_on else ""
    return PromiseLine(text=promise.text, due=due, state=state)
