"""Meetings in the database, and what was said of them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId, PublicId, make_public_id
from matchmaker.people.meeting import Meeting, Outcome
from matchmaker.storage.tables import (
    AttendeeRow,
    ContactRow,
    MeetingOutcomeRow,
    MeetingRow,
)


def agree_on_meeting(
    session: Session, event_id: EventId, one: AttendeeId, other: AttendeeId, *, now: datetime
) -> Meeting:
    """Return the one meeting of two attendees, new or taken up again.

    What was arranged stands again unless its time is over.
    """
    known = find_meeting_of(session, one, other)
    if known is not None:
        stale = known.at is not None and known.at < now and known.cancelled_at is not None
        agreed = replace(known, cancelled_at=None, at=None if stale else known.at)
        save_meeting(session, agreed)
        return agreed
    low, high = sorted((one, other))
    meeting = Meeting(public_id=make_public_id(), low=low, high=high, made_at=now)
    session.add(
        MeetingRow(
            public_id=meeting.public_id,
            event_id=event_id,
            low_id=low,
            high_id=high,
            **_columns(meeting),
        )
    )
    session.flush()
    return meeting


def save_meeting(session: Session, meeting: Meeting) -> None:
    """Store what changed about a meeting."""
    session.execute(
        update(MeetingRow)
        .where(MeetingRow.public_id == meeting.public_id)
        .values(**_columns(meeting))
    )


def find_meeting(session: Session, event_id: EventId, public_id: str) -> Meeting | None:
    """Return the meeting of that public id at that event, or None."""
    found = _all(session, MeetingRow.event_id == event_id, MeetingRow.public_id == public_id)
    return found[0] if found else None


def find_meeting_of(session: Session, one: AttendeeId, other: AttendeeId) -> Meeting | None:
    """Return the meeting of two attendees, cancelled or not, or None."""
    low, high = sorted((one, other))
    found = _all(session, MeetingRow.low_id == low, MeetingRow.high_id == high)
    return found[0] if found else None


def list_meetings_of(session: Session, attendee: AttendeeId) -> list[Meeting]:
    """Return an attendee's meetings, cancelled ones too: the next first, unarranged ones last."""
    found = _all(session, (MeetingRow.low_id == attendee) | (MeetingRow.high_id == attendee))
    return sorted(found, key=lambda m: (m.at is None, m.at or m.made_at, m.public_id))


def save_outcome(session: Session, meeting: Meeting, outcome: Outcome, *, now: datetime) -> None:
    """Store what one of the two says of a meeting; it replaces what they said before."""
    meeting_id = session.scalar(
        select(MeetingRow.id).where(MeetingRow.public_id == meeting.public_id)
    )
    row = session.get(MeetingOutcomeRow, (meeting_id, outcome.by))
    if row is None:
        row = MeetingOutcomeRow(meeting_id=meeting_id, attendee_id=outcome.by)
        session.add(row)
    row.could_help = outcome.could_help
    row.could_be_helped = outcome.could_be_helped
    row.said_at = now
    session.flush()


def find_outcome(session: Session, meeting: Meeting, by: AttendeeId) -> Outcome | None:
    """Return what one of the two said of a meeting, or None."""
    row = session.scalar(
        select(MeetingOutcomeRow)
        .join(MeetingRow, MeetingRow.id == MeetingOutcomeRow.meeting_id)
        .where(MeetingRow.public_id == meeting.public_id, MeetingOutcomeRow.attendee_id == by)
    )
    return _to_outcome(row) if row else None


def list_outcomes(session: Session, event_id: EventId) -> list[tuple[Outcome, AttendeeId]]:
    """Return all that was said at an event, each with of whom (for the matching alone)."""
    rows = session.execute(
        select(MeetingOutcomeRow, MeetingRow.low_id, MeetingRow.high_id)
        .join(MeetingRow, MeetingRow.id == MeetingOutcomeRow.meeting_id)
        .where(MeetingRow.event_id == event_id)
        .order_by(MeetingOutcomeRow.meeting_id, MeetingOutcomeRow.attendee_id)
    )
    return [
        (_to_outcome(row), AttendeeId(high if row.attendee_id == low else low))
        for row, low, high in rows
    ]


def list_mutual_help(session: Session, one: AttendeeId, other: AttendeeId) -> frozenset[AttendeeId]:
    """Return which of two attendees said of the other that both could help each other."""
    low, high = sorted((one, other))
    rows = session.scalars(
        select(MeetingOutcomeRow.attendee_id)
        .join(MeetingRow, MeetingRow.id == MeetingOutcomeRow.meeting_id)
        .where(
            MeetingRow.low_id == low,
            MeetingRow.high_id == high,
            MeetingOutcomeRow.could_help.is_(True),
            MeetingOutcomeRow.could_be_helped.is_(True),
        )
    )
    return frozenset(AttendeeId(found) for found in rows)


def bring_contacts_up_to_date(session: Session, one: AttendeeId, other: AttendeeId) -> None:
    """Keep on top of each one's contacts whom they said two yes of, if they are a contact.

    It follows from each one's own two answers alone, so that it tells nobody the other's.
    """
    said = list_mutual_help(session, one, other)
    persons = {
        AttendeeId(found): person
        for found, person in session.execute(
            select(AttendeeRow.id, AttendeeRow.person_id).where(AttendeeRow.id.in_((one, other)))
        )
    }
    for owner, about in ((one, other), (other, one)):
        if owner in persons and about in persons:
            session.execute(
                update(ContactRow)
                .where(ContactRow.owner_id == persons[owner], ContactRow.other_id == persons[about])
                .values(helps_both=owner in said)
            )


def remove_everything_of(session: Session, attendee: AttendeeId) -> None:
    """Delete an attendee's meetings and all that was said of them."""
    mine = select(MeetingRow.id).where(
        (MeetingRow.low_id == attendee) | (MeetingRow.high_id == attendee)
    )
    session.execute(delete(MeetingOutcomeRow).where(MeetingOutcomeRow.meeting_id.in_(mine)))
    session.execute(
        delete(MeetingRow).where((MeetingRow.low_id == attendee) | (MeetingRow.high_id == attendee))
    )


def _all(session: Session, *conditions: Any) -> list[Meeting]:
    rows = session.scalars(
        select(MeetingRow)
        .where(*conditions)
        .order_by(MeetingRow.id)
        .execution_options(populate_existing=True)
    )
    return [_to_meeting(row) for row in rows]


def _columns(meeting: Meeting) -> dict[str, Any]:
    return {
        "made_at": meeting.made_at,
        "place": meeting.place,
        "at": meeting.at,
        "changed_by_id": meeting.changed_by,
        "changed_at": meeting.changed_at,
        "cancelled_at": meeting.cancelled_at,
    }


def _to_meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        public_id=PublicId(row.public_id),
        low=AttendeeId(row.low_id),
        high=AttendeeId(row.high_id),
        made_at=row.made_at,
        place=row.place,
        at=row.at,
        changed_by=AttendeeId(row.changed_by_id) if row.changed_by_id is not None else None,
        changed_at=row.changed_at,
        cancelled_at=row.cancelled_at,
    )


def _to_outcome(row: MeetingOutcomeRow) -> Outcome:
    return Outcome(
        by=AttendeeId(row.attendee_id),
        could_help=row.could_help,
        could_be_helped=row.could_be_helped,
    )
