"""What an attendee does with a suggestion: met, not for me; and undo."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people import meeting as meeting_rules
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.invitation import MOVES, Invitation, Move, Side, move
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, events, invitations, jobs, meetings, suggestions


def mark_met(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Note on the list of ``me`` that the two met: a place becomes free.

    Raises
    ------
    NotFound
        If the attendee of public id ``about`` is not on the list of ``me``.
    """
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_met(session, me.id, other.id, at=now)


def undo_met(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Put somebody back on the list whom ``me`` had ticked as met."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_met(session, me.id, other.id, at=None)


def dismiss(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Take somebody off the list of ``me``; nobody else learns of it.

    What ``me`` sent them is taken back, what they sent is declined, and a meeting is called off.
    """
    other = _get_on_list(session, event, me, about, now=now)
    sent = invitations.find_between(session, me.id, other.id)
    _move_if_allowed(session, event, sent, Move.WITHDRAW, Side.SENDER, now)
    received = invitations.find_between(session, other.id, me.id)
    _move_if_allowed(session, event, received, Move.DECLINE, Side.RECEIVER, now)
    agreed = meetings.find_meeting_of(session, me.id, other.id)
    if agreed is not None:
        meetings.save_meeting(session, meeting_rules.cancel(agreed, me.id, now))
    suggestions.set_dismissed(session, me.id, other.id, at=now)


def undo_dismiss(
    session: Session, event: Event, me: Attendee, about: str, *, now: datetime
) -> None:
    """Put somebody back on the list whom ``me`` had set aside."""
    other = _get_on_list(session, event, me, about, now=now)
    suggestions.set_dismissed(session, me.id, other.id, at=None)


def _move_if_allowed(
    session: Session,
    event: Event,
    invitation: Invitation | None,
    made: Move,
    by: Side,
    now: datetime,
) -> None:
    if invitation is not None and made in MOVES[invitation.state(event, now)]:
        invitations.save_invitation(session, move(invitation, made, by, event, now))


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
