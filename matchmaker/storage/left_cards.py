"""Cards that strangers left, until they lead to somebody."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.contact import Contact
from matchmaker.people.ids import ContactId, PersonId
from matchmaker.storage.contacts import to_contacts
from matchmaker.storage.tables import ContactRow


def find_left_card(session: Session, public_id: str) -> Contact | None:
    """Return the contact of that public id, whose-ever it is, if it leads to nobody; or None."""
    rows = session.scalars(
        select(ContactRow).where(ContactRow.public_id == public_id, ContactRow.other_id.is_(None))
    ).all()
    found = to_contacts(session, rows)
    return found[0] if found else None


def link_contact(session: Session, contact_id: ContactId, other: PersonId) -> None:
    """Let a contact lead to the person that a stranger has become."""
    session.execute(update(ContactRow).where(ContactRow.id == contact_id).values(other_id=other))
