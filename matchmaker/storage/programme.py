"""Where and when people can meet: the organizer's meeting points and breaks."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matchmaker.people.ids import EventId
from matchmaker.storage.tables import BreakRow, MeetingPointRow


def list_points(session: Session, event_id: EventId) -> tuple[str, ...]:
    """Return the places that the organizer named for meeting, in their order."""
    return tuple(
        session.scalars(
            select(MeetingPointRow.name)
            .where(MeetingPointRow.event_id == event_id)
            .order_by(MeetingPointRow.position, MeetingPointRow.id)
        )
    )


def add_point(session: Session, event_id: EventId, name: str) -> None:
    """Add a place for meeting below the others; one that is known stays as it is."""
    if name in list_points(session, event_id):
        return
    last = session.scalar(
        select(func.max(MeetingPointRow.position)).where(MeetingPointRow.event_id == event_id)
    )
    session.add(
        MeetingPointRow(event_id=event_id, name=name, position=0 if last is None else last + 1)
    )
    session.flush()


def remove_point(session: Session, event_id: EventId, name: str) -> None:
    """Take a place for meeting away; meetings there keep it."""
    session.execute(
        delete(MeetingPointRow).where(
            MeetingPointRow.event_id == event_id, MeetingPointRow.name == name
        )
    )


def list_breaks(session: Session, event_id: EventId) -> tuple[datetime, ...]:
    """Return when the breaks of an event begin, in order."""
    return tuple(
        session.scalars(
            select(BreakRow.starts_at)
            .where(BreakRow.event_id == event_id)
            .order_by(BreakRow.starts_at)
        )
    )


def add_break(session: Session, event_id: EventId, starts_at: datetime) -> None:
    """Add a break; one that is known stays as it is."""
    if starts_at not in list_breaks(session, event_id):
        session.add(BreakRow(event_id=event_id, starts_at=starts_at))
        session.flush()


def remove_break(session: Session, event_id: EventId, starts_at: datetime) -> None:
    """Take a break away; meetings at that time keep it."""
    session.execute(
        delete(BreakRow).where(BreakRow.event_id == event_id, BreakRow.starts_at == starts_at)
    )
