"""A giving circle: the first gives to the second, the second to the third, the third to the first.

There is no vote. Each of the three says whether they will be there, and whoever comes, comes;
only if one is not free the circle is closed, and another is sought for the others::

                 I'll be there             take it back
    nothing said ────────────▶  coming  ────────────▶ nothing said
         │                        │
         │ I'm not free           │ I'm not free
         ▼                        ▼
                    not free  ──▶  the circle is closed
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from matchmaker.people.ids import AttendeeId, EventId, PublicId

CIRCLE_LASTS: Final = timedelta(minutes=30)
"""How long after its beginning a circle still stands on the phones."""


class CircleAnswer(StrEnum):
    """What one of the three said."""

    NONE = ""
    COMING = "coming"
    NOT_FREE = "not_free"


CIRCLE_MOVES: Final[Mapping[CircleAnswer, frozenset[CircleAnswer]]] = {
    CircleAnswer.NONE: frozenset({CircleAnswer.COMING, CircleAnswer.NOT_FREE}),
    CircleAnswer.COMING: frozenset({CircleAnswer.NONE, CircleAnswer.NOT_FREE}),
    CircleAnswer.NOT_FREE: frozenset(),
}
"""What may be said after what; saying the same again changes nothing."""


@dataclass(frozen=True, kw_only=True)
class CircleSeat:
    """One of the three; ``gives`` says, ready for JSON, how they help the next one."""

    attendee: AttendeeId
    gives: dict[str, Any]
    answer: CircleAnswer = CircleAnswer.NONE


@dataclass(frozen=True, kw_only=True)
class Circle:
    """Three attendees in the order of giving, their table and when they meet there."""

    id: int
    public_id: PublicId
    event_id: EventId
    seats: tuple[CircleSeat, CircleSeat, CircleSeat]
    made_at: datetime
    starts_at: datetime
    table: int
    closed_at: datetime | None = None

    @property
    def members(self) -> tuple[AttendeeId, ...]:
        """Who they are, in the order of giving."""
        return tuple(seat.attendee for seat in self.seats)

    def is_open(self, now: datetime) -> bool:
        """Return whether the three may still meet."""
        return self.closed_at is None and now < self.starts_at + CIRCLE_LASTS

    def seat_of(self, attendee: AttendeeId) -> CircleSeat | None:
        """Return the seat of one of the three, or None for anybody else."""
        return next((seat for seat in self.seats if seat.attendee == attendee), None)


def may_answer(circle: Circle, attendee: AttendeeId, answer: CircleAnswer, now: datetime) -> bool:
    """Return whether somebody may say this of a circle now."""
    seat = circle.seat_of(attendee)
    if seat is None or not circle.is_open(now):
        return False
    return answer is seat.answer or answer in CIRCLE_MOVES[seat.answer]
