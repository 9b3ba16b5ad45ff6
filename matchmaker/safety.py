"""Blocks and reports: nobody has to meet, or keep quiet about, somebody who troubles them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, EventId, PersonId, make_public_id
from matchmaker.people.introduction import Move, State, move
from matchmaker.people.invitation import Answer
from matchmaker.people.meeting import cancel
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked, NotFound
from matchmaker.people.safety import Report
from matchmaker.storage import (
    attendees,
    circles,
    events,
    introductions,
    invitations,
    jobs,
    meetings,
    people,
    safety,
    suggestions,
)


@dataclass(frozen=True, kw_only=True)
class ReportForm:
    """What somebody tells the organizer about another; already cleaned, never empty."""

    words: str
    client_key: str = ""


def block(session: Session, me: Person, other: PersonId, *, now: datetime) -> None:
    """Keep two people apart from now on; the other is not told and sees nothing special.

    They leave each other's lists at every event at once, and what ``me`` had asked of the other
    is taken back. Contacts stay with their owners. Blocking twice changes nothing.

    Raises
    ------
    NotFound
        If somebody wants to block themselves.
    """
    if me.id == other:
        raise NotFound
    _keep_apart_at_events(session, me, other, now=now)
    people.lock_people(session, me.id, other)
    _end_introductions(session, me, other, now=now)
    safety.add_block(session, me.id, other, at=now)


def unblock(session: Session, me: Person, public_id: str, *, now: datetime) -> None:
    """End a block that ``me`` has set; one that the other has set stays.

    Raises
    ------
    NotFound
        If ``me`` blocks nobody of that public id.
    """
    found = [one for one in safety.list_blocks_of(session, me.id) if one.public_id == public_id]
    if not found:
        raise NotFound
    other = found[0].person
    for event_id in sorted(_common_events(session, me.id, other)):
        events.raise_revision(session, event_id)
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event_id)
    safety.remove_block(session, me.id, other)


def refuse_blocked(session: Session, me: Person | None, owner: Person) -> None:
    """Let a card look like one with an old code where one of the two blocks the other.

    Raises
    ------
    CardRevoked
        If that is so.
    """
    if me is not None and safety.is_blocked(session, me.id, owner.id):
        raise CardRevoked


def report(
    session: Session,
    event: Event,
    me: Attendee,
    other: PersonId,
    form: ReportForm,
    *,
    now: datetime,
) -> None:
    """Tell the organizer of an event about somebody there; the same form is told once.

    Raises
    ------
    NotFound
        If that person is not at the event, or is ``me``.
    """
    if other == me.person.id or attendees.find_attendee_of(session, event.id, other) is None:
        raise NotFound
    people.lock_people(session, me.person.id)
    told = Report(
        public_id=make_public_id(),
        event_id=event.id,
        reporter=me.person.id,
        reported=other,
        words=form.words,
        at=now,
    )
    safety.add_report(session, told, client_key=form.client_key or None)


def set_handled(
    session: Session, event: Event, public_id: str, *, handled: bool, now: datetime
) -> None:
    """Note that the organizer dealt with a report, or that it waits again.

    Raises
    ------
    NotFound
        If the event has no such report.
    """
    found = safety.find_report(session, event.id, public_id)
    if found is None:
        raise NotFound
    safety.set_handled(session, found, at=now if handled else None)


def _keep_apart_at_events(session: Session, me: Person, other: PersonId, *, now: datetime) -> None:
    # In one order for everybody, so that two who block each other never wait for each other.
    for event_id in sorted(_common_events(session, me.id, other)):
        events.raise_revision(session, event_id)
        mine = attendees.find_attendee_of(session, event_id, me.id)
        theirs = attendees.find_attendee_of(session, event_id, other)
        if mine and theirs:
            suggestions.remove_pair(session, mine.id, theirs.id)
            _take_back(session, mine.id, theirs.id, now=now)
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event_id)


def _end_introductions(session: Session, me: Person, other: PersonId, *, now: datetime) -> None:
    """Take back what ``me`` proposed to the other, and decline what would bring the two together.

    Nobody is ever told who declined.
    """
    for one in introductions.list_introductions(session, me.id):
        if one.part_of(other) is None or one.state(now) is not State.ASKED:
            continue
        made = Move.WITHDRAW if one.introducer == me.id else Move.DECLINE
        introductions.save_introduction(session, move(one, made, me.id, now))


def _take_back(session: Session, me: AttendeeId, other: AttendeeId, *, now: datetime) -> None:
    sent = invitations.find_between(session, me, other)
    if sent and sent.answer is not Answer.ACCEPTED:
        taken_back = replace(sent, withdrawn_at=sent.withdrawn_at or now)
        invitations.save_invitation(session, taken_back)
    meeting = meetings.find_meeting_of(session, me, other)
    if meeting and meeting.cancelled_at is None:
        meetings.save_meeting(session, cancel(meeting, me, now))
    for circle in circles.list_circles_of(session, me):
        if circle.is_open(now) and circle.seat_of(other):
            circles.close_circle(session, circle, now=now)


def _common_events(session: Session, one: PersonId, other: PersonId) -> set[EventId]:
    mine, theirs = (
        {a.event_id for a in attendees.list_attendances(session, who)} for who in (one, other)
    )
    return {*mine & theirs}
