"""How often I greet a contact, and the thanks after an event."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.contact import Contact
from matchmaker.people.promise import PUT_OFF_BY
from matchmaker.people.rhythm import Rhythm
from matchmaker.storage import contacts


def set_rhythm(session: Session, contact: Contact, rhythm: Rhythm) -> None:
    """Store how often a contact is to be greeted, or never."""
    contacts.save_rhythm(session, contact.id, rhythm)


def note_greeted(session: Session, contact: Contact, *, now: datetime) -> None:
    """Note that I greeted a contact: the next time comes with the rhythm."""
    contacts.save_greeted(session, contact.id, at=now)


def put_off(session: Session, contact: Contact, *, now: datetime) -> None:
    """Put greeting a contact off by a week."""
    contacts.put_greeting_off(session, contact.id, until=now + PUT_OFF_BY)


def note_thanked(session: Session, contact: Contact, *, now: datetime) -> None:
    """Note that I thanked a contact; nobody else learns of it."""
    if contact.thanked_at is None:
        contacts.save_thanked(session, contact.id, at=now)


def undo_thanked(session: Session, contact: Contact) -> None:
    """Take back that I thanked a contact."""
    contacts.save_thanked(session, contact.id, at=None)
