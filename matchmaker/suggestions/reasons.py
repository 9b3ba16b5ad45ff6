"""Why two people are suggested to each other: made by the matching, kept with the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matchmaker.affinity.phrases import quote_phrase
from matchmaker.people.attendee import Attendee
from matchmaker.people.reasons import texts_digest

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher


def make_reasons(matcher: MutualMatcher, me: Attendee, other: Attendee) -> dict[str, Any]:
    """Return, ready for JSON, what matched both ways and a phrase of theirs to ask about."""
    give = _direction(matcher, me, other)
    get = _direction(matcher, other, me)
    asks_need = bool(other.need) and (give["affinity"] >= get["affinity"] or not other.offer)
    return {
        "texts": texts_digest(me, other),
        "give": give,
        "get": get,
        "phrase": quote_phrase(other.need if asks_need else other.offer),
        "phrase_of": "need" if asks_need else "offer",
    }


def _direction(matcher: MutualMatcher, giver: Attendee, taker: Attendee) -> dict[str, Any]:
    explained = matcher.explain(giver.id, taker.id)
    return {
        "affinity": explained.affinity,
        "offer": [list(span) for span in explained.giver_marks],
        "need": [list(span) for span in explained.taker_marks],
        "concepts": list(explained.concepts),
    }
