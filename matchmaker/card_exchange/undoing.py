"""An exchange is undone: as if the two had not met."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.contact import Contact
from matchmaker.people.exchange import Exchange
from matchmaker.people.ids import EventId
from matchmaker.people.refusals import NotFound, TooLate
from matchmaker.storage import attendees, contacts, events, exchanges, jobs, people, suggestions


def undo_exchange(session: Session, contact: Contact, *, now: datetime) -> None:
    """Undo the exchange behind somebody's own contact, on both sides.

    The contacts it made go, one that stood before it stays, and the two no longer count as met.
    The other one is not told; a fresh scan exchanges again.

    Raises
    ------
    NotFound
        If no exchange is behind the contact.
    TooLate
        If it was made more than ten minutes ago.
    """
    known = _find_exchange(session, contact)
    if known is None:
        raise NotFound
    revision = events.raise_revision(session, known.event_id) if known.event_id else 0
    people.lock_people(session, known.low, known.high)
    # Read again: the other side may have undone it while this one stood in line.
    known = _find_exchange(session, contact)
    if known is None or known.undone_at:
        return
    if not known.can_be_undone(now):
        raise TooLate
    for owner, other in ((known.low, known.high), (known.high, known.low)):
        entry = contacts.find_contact_with(session, owner, other)
        if entry and entry.met_at == known.at:
            contacts.remove_contact(session, entry.id)
    exchanges.save_exchange(session, replace(known, undone_at=now))
    if known.event_id and revision:
        _note_not_met(session, known, known.event_id, now=now)


def _find_exchange(session: Session, contact: Contact) -> Exchange | None:
    if contact.other is None:
        return None
    return exchanges.find_exchange(session, contact.owner, contact.other)


def _note_not_met(session: Session, known: Exchange, event_id: EventId, *, now: datetime) -> None:
    one = attendees.find_attendee_of(session, event_id, known.low)
    other = attendees.find_attendee_of(session, event_id, known.high)
    if one is None or other is None:
        return
    for to, about in ((one.id, other.id), (other.id, one.id)):
        place = suggestions.find_place(session, to, about)
        # Who had ticked "we met" before the scan keeps that.
        if place and place.met_at == known.at:
            suggestions.set_met(session, to, about, at=None)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event_id)
