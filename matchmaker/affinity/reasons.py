"""Why two people should meet: made by the matching, kept with their place or their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matchmaker.affinity.phrases import quote_phrase
from matchmaker.people.attendee import Attendee
from matchmaker.people.reasons import texts_digest

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher


def make_reasons(matcher: MutualMatcher, me: Attendee, other: Attendee) -> dict[str, Any]:
    """Return, ready for JSON, what matched both ways and a phrase of theirs to ask about."""
    give = make_way(matcher, me, other)
    get = make_way(matcher, other, me)
    asks_need = bool(other.need) and (give["affinity"] >= get["affinity"] or not other.offer)
    return {
        "texts": texts_digest(me, other),
        "give": give,
        "get": get,
        "phrase": quote_phrase(other.need if asks_need else other.offer),
        "phrase_of": "need" if asks_need else "offer",
    }


def make_way(matcher: MutualMatcher, giver: Attendee, taker: Attendee) -> dict[str, Any]:
    """Return, ready for JSON, how well the giver's offer answers the need, and what matched."""
    explained = matcher.explain(giver.id, taker.id)
    return {
        "affinity": explained.affinity,
        "offer": [list(span) for span in explained.giver_marks],
        "need": [list(span) for span in explained.taker_marks],
        "concepts": list(explained.concepts),
    }
