"""A round: one timed seating of the room, and a table in it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from matchmaker.people.ids import AttendeeId, EventId

WALK: Final = timedelta(minutes=3)
"""How long before a round its tables are known: early enough to walk there."""

ROUND_MINUTES: Final = range(3, 61)
MOST_ROUNDS: Final = 30


class RoundState(StrEnum):
    """Where a round stands at a moment."""

    PLANNED = "planned"
    CALLED = "called"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Round:
    """One timed seating; ``seated_at`` is when its tables were drawn up."""

    id: int
    event_id: EventId
    number: int
    starts_at: datetime
    minutes: int
    table_size: int = 2
    seated_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When everybody gets up."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def called_at(self) -> datetime:
        """When its tables are drawn up and shown."""
        return self.starts_at - WALK

    def state(self, now: datetime) -> RoundState:
        """Return where the round stands at ``now``."""
        if self.cancelled_at is not None:
            return RoundState.CANCELLED
        if now >= self.ends_at:
            return RoundState.OVER
        if now >= self.starts_at:
            return RoundState.RUNNING
        return RoundState.CALLED if self.seated_at is not None else RoundState.PLANNED


@dataclass(frozen=True, kw_only=True)
class TableMate:
    """Somebody at one's table: how well each can help the other, and why, ready for JSON."""

    about: AttendeeId
    give: float
    get: float
    reasons: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Where one attendee sits in a round, and with whom."""

    attendee: AttendeeId
    table: int
    company: tuple[TableMate, ...]


def plan_rounds(
    event_id: EventId,
    *,
    after: int,
    count: int,
    starts_at: datetime,
    minutes: int,
    pause: int,
    table_size: int,
) -> list[Round]:
    """Return rounds one after another, numbered from ``after`` + 1; times are in minutes."""
    first = Round(
        id=0,
        event_id=event_id,
        number=after + 1,
        starts_at=starts_at,
        minutes=minutes,
        table_size=table_size,
    )
    step = timedelta(minutes=minutes + pause)
    return [
        replace(first, number=first.number + n, starts_at=starts_at + n * step)
        for n in range(count)
    ]
