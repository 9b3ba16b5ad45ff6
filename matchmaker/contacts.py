"""A person's own contacts: notes, what they said they would send, and the way out."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.cards.vcard import VCardEntry, write_vcard, write_vcards
from matchmaker.documents.contacts_out import ContactRow, write_contacts_csv
from matchmaker.people.contact import Contact
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import contacts


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
    contacts.save_promise(session, contact.id, promise, now=now)


def delete_contact(session: Session, contact: Contact) -> None:
    """Delete one contact for good."""
    contacts.remove_contact(session, contact.id)


def contact_vcard(contact: Contact, met_note: str) -> bytes:
    """Return a contact as a vCard; ``met_note`` says, in the owner's language, where they met."""
    return write_vcard(contact.fields, note=_note(contact, met_note), uid=contact.public_id)


def all_vcards(found: list[tuple[Contact, str]]) -> bytes:
    """Return several contacts, each with its meeting note, as one vCard file."""
    return write_vcards(
        [
            VCardEntry(fields=c.fields, note=_note(c, met_note), uid=c.public_id)
            for c, met_note in found
        ]
    )


def all_csv(found: list[Contact]) -> bytes:
    """Return several contacts as CSV."""
    return write_contacts_csv([_row(contact) for contact in found])


def _note(contact: Contact, met_note: str) -> str:
    return "\n".join(part for part in (met_note, contact.note) if part)


def _row(contact: Contact) -> ContactRow:
    fields = contact.fields
    return ContactRow(
        name=fields.name,
        call_name=fields.call_name,
        organization=fields.organization,
        role=fields.role,
        email=fields.email,
        phone=fields.phone,
        site=fields.site,
        note=contact.note,
        promise=contact.promise,
        met_at=contact.met_at.isoformat(timespec="minutes"),
        event=contact.event_name,
    )
