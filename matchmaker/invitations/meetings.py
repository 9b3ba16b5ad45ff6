"""A meeting that both want: where and when, and afterwards what each thinks of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people import meeting as rules
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.meeting import Meeting, Outcome, When
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.storage import (
    attendees,
    contacts,
    events,
    invitations,
    jobs,
    meetings,
    programme,
    safety,
    suggestions,
)


@dataclass(frozen=True, kw_only=True)
class MyMeeting:
    """A meeting as one of the two sees it.

    ``note`` is what the other wrote, ``met_at`` when they met as far as this one's own list and
    contacts say, ``said`` what this one said of it.
    """

    meeting: Meeting
    other: Attendee
    note: str = ""
    met_at: datetime | None = None
    said: Outcome | None = None


def list_my_meetings(session: Session, event: Event, me: Attendee) -> tuple[MyMeeting, ...]:
    """Return the meetings of ``me`` that take place or took place, the next first."""
    if not me.is_listed:
        return ()
    found = [m for m in meetings.list_meetings_of(session, me.id) if m.cancelled_at is None]
    if not found:
        return ()
    others = attendees.list_attendees(session, event.id, among=[m.other(me.id) for m in found])
    by_id = {other.id: other for other in others}
    return tuple(
        MyMeeting(
            meeting=one,
            other=by_id[one.other(me.id)],
            met_at=_find_met_at(session, me, by_id[one.other(me.id)], one),
            said=meetings.find_outcome(session, one, me.id),
        )
        for one in found
        if one.other(me.id) in by_id and _may_see(session, me, by_id[one.other(me.id)])
    )


def get_my_meeting(session: Session, event: Event, me: Attendee, public_id: str) -> MyMeeting:
    """Return a meeting of ``me`` with what the other wrote.

    Raises
    ------
    NotFound
        If there is none of that public id, it is of others, or one of the two hid or blocks.
    """
    found = meetings.find_meeting(session, event.id, public_id)
    if found is None or not found.is_of(me.id) or not me.is_listed:
        raise NotFound
    other = attendees.get_attendee(session, event.id, found.other(me.id))
    if not _may_see(session, me, other):
        raise NotFound
    theirs = invitations.find_between(session, other.id, me.id)
    return MyMeeting(
        meeting=found,
        other=other,
        note=theirs.note if theirs and theirs.withdrawn_at is None else "",
        met_at=_find_met_at(session, me, other, found),
        said=meetings.find_outcome(session, found, me.id),
    )


def arrange(
    session: Session,
    event: Event,
    me: Attendee,
    public_id: str,
    place: str,
    when: When,
    *,
    now: datetime,
) -> Meeting:
    """Say where and when; the other sees it, and may change it.

    Raises
    ------
    NotFound
        If the meeting is not of ``me``.
    MeetingCancelled
        If it does not take place.
    InvalidField
        If the place is missing or too long, or no break is left.
    """
    events.raise_revision(session, event.id)
    mine = get_my_meeting(session, event, me, public_id)
    at = rules.find_time(when, programme.list_breaks(session, event.id), now)
    if at is None:
        raise InvalidField("when", "no_break")
    changed = rules.arrange(mine.meeting, me.id, place=place, at=at, now=now)
    meetings.save_meeting(session, changed)
    return changed


def cancel(session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime) -> None:
    """Call a meeting off."""
    events.raise_revision(session, event.id)
    mine = get_my_meeting(session, event, me, public_id)
    meetings.save_meeting(session, rules.cancel(mine.meeting, me.id, now))
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)


def resume(session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime) -> None:
    """Take back that ``me`` called a meeting off.

    Raises
    ------
    MeetingCancelled
        If it was the other who did.
    """
    events.raise_revision(session, event.id)
    mine = get_my_meeting(session, event, me, public_id)
    meetings.save_meeting(session, rules.resume(mine.meeting, me.id, now))
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)


def say(
    session: Session,
    event: Event,
    me: Attendee,
    public_id: str,
    could_help: bool,
    could_be_helped: bool,
    *,
    now: datetime,
) -> None:
    """Keep what ``me`` alone thinks of a meeting: could I help them, could they help me?

    Two yes keep the other on top of the contacts of ``me``.
    """
    events.raise_revision(session, event.id)
    mine = get_my_meeting(session, event, me, public_id)
    rules.check_may_say(mine.meeting, me.id, now, met=mine.met_at is not None)
    outcome = Outcome(by=me.id, could_help=could_help, could_be_helped=could_be_helped)
    meetings.save_outcome(session, mine.meeting, outcome, now=now)
    meetings.bring_contacts_up_to_date(session, me.id, mine.other.id)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)


def _find_met_at(
    session: Session, me: Attendee, other: Attendee, meeting: Meeting
) -> datetime | None:
    place = suggestions.find_place(session, me.id, other.id)
    if place is not None and place.met_at is not None:
        return place.met_at
    contact = contacts.find_contact_with(session, me.person.id, other.person.id)
    return contact.met_at if contact and contact.met_at >= meeting.made_at else None


def _may_see(session: Session, me: Attendee, other: Attendee) -> bool:
    return other.is_listed and not safety.is_blocked(session, me.person.id, other.person.id)
