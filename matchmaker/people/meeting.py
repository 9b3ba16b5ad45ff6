"""A meeting: both want it; where, when, and afterwards what each of the two thinks of it.

Both may do everything but one thing::

    agreed ── arrange ──▶ arranged ─┐ arrange: another place or time
      │                    │  ▲    │
      │                    │  └────┘
      └───── cancel ───────┴─▶ cancelled ── resume (only who cancelled) ─▶ as before

What each could do for the other is said by each alone, privately, once it could have begun; it
may be said anew. Who came and who did not is recorded nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from matchmaker.people.ids import AttendeeId, PublicId
from matchmaker.people.refusals import InvalidField, MeetingCancelled, NotFound

PLACE_LIMIT: Final = 160
TALK: Final = timedelta(minutes=15)
"""How long a talk is taken to last, in calendars and before we ask how it was."""

SOON: Final = timedelta(minutes=10)


class State(StrEnum):
    """Where a meeting stands."""

    AGREED = "agreed"
    ARRANGED = "arranged"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """What the two can do."""

    ARRANGE = "arrange"
    CANCEL = "cancel"
    RESUME = "resume"
    SAY = "say"


MOVES: Final[Mapping[State, frozenset[Move]]] = {
    State.AGREED: frozenset({Move.ARRANGE, Move.CANCEL, Move.SAY}),
    State.ARRANGED: frozenset({Move.ARRANGE, Move.CANCEL, Move.SAY}),
    State.CANCELLED: frozenset({Move.CANCEL, Move.RESUME}),
}
"""Which moves each state allows; all others are refused."""


class When(StrEnum):
    """When to meet, as one taps it."""

    NOW = "now"
    SOON = "soon"
    BREAK = "break"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two attendees who both want to meet; without a place or time until one of them says so.

    ``changed_by`` is who changed it last.
    """

    public_id: PublicId
    low: AttendeeId
    high: AttendeeId
    made_at: datetime
    place: str = ""
    at: datetime | None = None
    changed_by: AttendeeId | None = None
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.cancelled_at is not None:
            return State.CANCELLED
        return State.ARRANGED if self.at is not None else State.AGREED

    def is_of(self, who: AttendeeId) -> bool:
        """Return whether that is one of the two."""
        return who in {self.low, self.high}

    def other(self, me: AttendeeId) -> AttendeeId:
        """Return the other of the two."""
        return self.high if me == self.low else self.low

    def may_have_begun(self, now: datetime) -> bool:
        """Return whether the two may be talking: at its time, or at any if none was named."""
        return self.at is None or self.at <= now


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one of the two said after a meeting; nobody else ever sees it."""

    by: AttendeeId
    could_help: bool
    could_be_helped: bool

    @property
    def helps_both(self) -> bool:
        """Whether both answers are yes."""
        return self.could_help and self.could_be_helped


def arrange(
    meeting: Meeting, by: AttendeeId, *, place: str, at: datetime, now: datetime
) -> Meeting:
    """Return the meeting with a place and a time.

    Raises
    ------
    NotFound
        If ``by`` is not one of the two.
    MeetingCancelled
        If it does not take place.
    InvalidField
        If the place is missing or too long.
    """
    _check(meeting, Move.ARRANGE, by)
    if not place:
        raise InvalidField("place", "missing")
    if len(place) > PLACE_LIMIT:
        raise InvalidField("place", "too_long")
    if (place, at) == (meeting.place, meeting.at):
        return meeting
    return replace(meeting, place=place, at=at, changed_by=by, changed_at=now)


def cancel(meeting: Meeting, by: AttendeeId, now: datetime) -> Meeting:
    """Return the meeting as one that does not take place."""
    _check(meeting, Move.CANCEL, by)
    if meeting.cancelled_at is not None:
        return meeting
    return replace(meeting, cancelled_at=now, changed_by=by, changed_at=now)


def resume(meeting: Meeting, by: AttendeeId, now: datetime) -> Meeting:
    """Return the meeting as it was before ``by`` cancelled it; the other can't call it back."""
    if meeting.is_of(by) and meeting.state is not State.CANCELLED:
        return meeting
    _check(meeting, Move.RESUME, by)
    if meeting.changed_by != by:
        raise MeetingCancelled
    return replace(meeting, cancelled_at=None, changed_at=now)


def check_may_say(meeting: Meeting, by: AttendeeId, now: datetime, *, met: bool) -> None:
    """Refuse what is said of a meeting by a third, or before they met or could have.

    Raises
    ------
    NotFound
        If ``by`` is not one of the two, or its time has not come and they have not met yet.
    MeetingCancelled
        If it did not take place.
    """
    _check(meeting, Move.SAY, by)
    if not met and not meeting.may_have_begun(now):
        raise NotFound


def _check(meeting: Meeting, move: Move, by: AttendeeId) -> None:
    if not meeting.is_of(by):
        raise NotFound
    if move not in MOVES[meeting.state]:
        raise MeetingCancelled


def find_time(when: When, breaks: tuple[datetime, ...], now: datetime) -> datetime | None:
    """Return the moment that a tap means, to the minute, or None if no break is left."""
    if when is When.BREAK:
        return next((at for at in sorted(breaks) if at > now), None)
    minute = now.replace(second=0, microsecond=0)
    return minute + SOON if when is When.SOON else minute
