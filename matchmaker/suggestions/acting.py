"""What an attendee does with a suggestion: would like to meet, met, not for me; and undo."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, events, jobs, suggestions


def want(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Note that ``me`` would like to meet the attendee of public id ``about``.

    Raises
    ------
    NotFound
        If that attendee is not on the list of ``me``.
    """
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_wish(session, event.id, me.id, other.id, wanted=True, now=now)


def unwant(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Take back that ``me`` would like to meet somebody."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_wish(session, event.id, me.id, other.id, wanted=False, now=now)


def mark_met(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Note on the list of ``me`` that the two met: a place becomes free."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_met(session, me.id, other.id, at=now)


def undo_met(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Put somebody back on the list whom ``me`` had ticked as met."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_met(session, me.id, other.id, at=None)


def dismiss(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Take somebody off the list of ``me``; nobody else learns of it."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_wish(session, event.id, me.id, other.id, wanted=False, now=now)
    suggestions.set_dismissed(session, me.id, other.id, at=now)


def undo_dismiss(
    session: Session, event: Event, me: Attendee, about: str, *, now: datetime
) -> None:
    """Put somebody back on the list whom ``me`` had set aside."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_dismissed(session, me.id, other.id, at=None)


def _get_on_list(
    session: Session, event: Event, me: Attendee, about: str, *, now: datetime
) -> Attendee:
    # First of all: it puts two taps of one thumb, and a plan that is being stored, in line.
    events.raise_revision(session, event.id)
    other = attendees.find_attendee(session, event.id, about)
    if other is None or suggestions.find_place(session, me.id, other.id) is None:
        raise NotFound
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return other
