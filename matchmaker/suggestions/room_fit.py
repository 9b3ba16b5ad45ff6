"""Room fit: before joining, how many here could answer a need, and how many an offer could help."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from matchmaker.affinity.profile import Role
from matchmaker.people.bands import SOME_FROM
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.suggestions.follower import FollowedRoom

LEAST_TOLD: Final = 3
"""Smaller counts are told as *a few*: one person is no statistic but somebody."""


@dataclass(frozen=True, kw_only=True)
class RoomFit:
    """How many offer what a need asks, and need what an offer gives; None: too few to count."""

    offering: int | None
    needing: int | None


def find_room_fit(
    room: FollowedRoom, event: Event, *, offer: str, need: str, language: str, now: datetime
) -> RoomFit:
    """Return counts only, never names, over those who may be met at ``now``."""
    available = room.available(event, now)
    return RoomFit(
        offering=_count(_scores(room, need, Role.NEED, language), available),
        needing=_count(_scores(room, offer, Role.OFFER, language), available),
    )


def _scores(room: FollowedRoom, text: str, role: Role, language: str) -> dict[AttendeeId, float]:
    return room.matcher.score_text(text, role, language=language) if text else {}


def _count(scores: dict[AttendeeId, float], available: Iterable[AttendeeId]) -> int | None:
    count = sum(scores.get(who, 0.0) >= SOME_FROM for who in available)
    return count if count >= LEAST_TOLD else None
