"""What I said I would do for a contact: promised for a day, kept, put off or dropped."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from matchmaker.people.contact import Contact
from matchmaker.people.ids import make_public_id
from matchmaker.people.promise import PUT_OFF_BY, Promise, promise_id
from matchmaker.people.refusals import NotFound
from matchmaker.storage import people, promises


def promise(
    session: Session,
    contact: Contact,
    text: str,
    *,
    due_on: date | None,
    client_key: str,
    now: datetime,
) -> Promise:
    """Store a promise on a contact; the same form (``client_key``) sent twice is one promise."""
    people.lock_people(session, contact.owner)
    named = promise_id(contact.public_id, client_key) if client_key else make_public_id()
    known = promises.find_promise(session, contact.id, named)
    if known:
        return known
    made = Promise(public_id=named, text=text, made_at=now, due_on=due_on)
    promises.add_promise(session, contact.id, made)
    return made


def get_promise(session: Session, contact: Contact, public_id: str) -> Promise:
    """Return a promise on a contact.

    Raises
    ------
    NotFound
        If there is none of that id on this contact.
    """
    found = promises.find_promise(session, contact.id, public_id)
    if found is None:
        raise NotFound
    return found


def keep(session: Session, made: Promise, *, now: datetime) -> None:
    """Tick a promise off; again changes nothing."""
    if made.is_open:
        promises.save_promise(session, replace(made, kept_at=now))


def drop(session: Session, made: Promise, *, now: datetime) -> None:
    """Let a promise go; again changes nothing."""
    if made.is_open:
        promises.save_promise(session, replace(made, dropped_at=now))


def reopen(session: Session, made: Promise) -> None:
    """Take back that a promise was kept or dropped."""
    promises.save_promise(session, replace(made, kept_at=None, dropped_at=None))


def put_off(session: Session, made: Promise, *, today: date) -> None:
    """Put an open promise off to a week from today."""
    if made.is_open:
        promises.save_promise(session, replace(made, due_on=today + PUT_OFF_BY))
