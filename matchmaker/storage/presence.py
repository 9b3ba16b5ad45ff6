"""How many are here, and how many still come."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.people.ids import EventId
from matchmaker.storage.tables import AttendeeRow


def count_presence(session: Session, event_id: EventId) -> dict[str, int]:
    """Return how many listed people are ``here`` and ``coming`` (those who left are neither)."""
    is_here = AttendeeRow.here_since.is_not(None) & AttendeeRow.left_at.is_(None)
    is_coming = AttendeeRow.here_since.is_(None)
    here, coming = session.execute(
        select(
            func.count().filter(is_here).label("here"),
            func.count().filter(is_coming).label("coming"),
        ).where(
            AttendeeRow.event_id == event_id,
            AttendeeRow.removed_at.is_(None),
            AttendeeRow.hidden_at.is_(None),
            AttendeeRow.confirmed_at.is_not(None),
            AttendeeRow.shadowed.is_(False),
        )
    ).one()
    return {"here": here, "coming": coming}


def count_arrived_before(session: Session, event_id: EventId, moment: datetime) -> int:
    """Return how many of those who are here now arrived before ``moment``."""
    return (
        session.scalar(
            select(func.count()).where(
                AttendeeRow.event_id == event_id,
                AttendeeRow.here_since < moment,
                AttendeeRow.left_at.is_(None),
                AttendeeRow.removed_at.is_(None),
                AttendeeRow.hidden_at.is_(None),
            )
        )
        or 0
    )
