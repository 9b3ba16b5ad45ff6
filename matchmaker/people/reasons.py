"""Why two people are suggested to each other, as it is kept with the place."""

import hashlib
from typing import Any

from matchmaker.people.attendee import Attendee
from matchmaker.people.suggestion import Direction, Marked


def texts_digest(me: Attendee, other: Attendee) -> str:
    """Return a short digest of the four texts that reasons speak of."""
    texts = "\0".join((me.offer, me.need, other.offer, other.need))
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def fresh_reasons(reasons: dict[str, Any], me: Attendee, other: Attendee) -> dict[str, Any]:
    """Return the reasons, or none if a text has changed since they were made."""
    return reasons if reasons.get("texts") == texts_digest(me, other) else {}


def read_direction(
    reasons: dict[str, Any], way: str, giver: Attendee, taker: Attendee, affinity: float
) -> Direction:
    """Return one direction (``give`` or ``get``) with the marks that its reasons hold."""
    stored = reasons.get(way) or {}
    return Direction(
        affinity=affinity,
        offer=Marked(text=giver.offer, marks=_marks(stored, "offer")),
        need=Marked(text=taker.need, marks=_marks(stored, "need")),
        concepts=tuple(stored.get("concepts", ())),
    )


def _marks(stored: dict[str, Any], side: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(stop)) for start, stop in stored.get(side, ()))
