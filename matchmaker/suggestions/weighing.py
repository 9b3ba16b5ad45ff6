"""Whom each list could hold, best first: direct matches, and bridges where there is no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from matchmaker.affinity.calibration import combine
from matchmaker.affinity.learning import NOTHING_LEARNED, EveningRates, learn_rates
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.bands import SOME_FROM
from matchmaker.people.ids import AttendeeId
from matchmaker.people.suggestion import Bridge
from matchmaker.suggestions.bridges import IntroductionMatcher, add_introducers, find_near
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.situation import Pair, Situation

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher

CANDIDATES: Final = 50
CANDIDATES_IN_LARGE_ROOMS: Final = 30
"""How many people are weighed for each list before fairness chooses among them.

Of 5,000 people thirty instead of fifty cost .06 % of the lists' mean score."""

_LARGE: Final = 1_000

_LEAST_USEFUL: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """Candidates for each list, best first, and which of them are bridges."""

    lists: Mapping[AttendeeId, Sequence[Recommendation]]
    bridges: Mapping[Pair, Bridge]


def weigh(room: FollowedRoom, situation: Situation, available: frozenset[AttendeeId]) -> Weighed:
    """Return who could stand on whose list, as the evening has taught so far."""
    most = CANDIDATES if len(available) <= _LARGE else CANDIDATES_IN_LARGE_ROOMS
    found = room.matcher.candidates(k=most, exclude=situation.apart, among=available)
    rates = learn_rates(situation.feedback)
    direct: dict[AttendeeId, list[Recommendation]] = {}
    nearest: dict[AttendeeId, Recommendation | None] = {}
    # Dozens of people for each of thousands: what was looked at goes at once.
    while found:
        to, ranked = found.popitem()
        direct[to] = _learned(to, filter(is_worth_showing, ranked), rates)
        nearest[to] = find_near(ranked)
    lists, bridges = add_introducers(
        direct,
        _find_introducers(room, situation, available),
        room.matcher.recommendation,
        _merge,
    )
    for to, near in nearest.items():
        if near is not None and not lists.get(to):
            lists[to] = [near]
            bridges[to, near.about] = Bridge.NEAR
    return Weighed(lists={to: _in_order(ranked) for to, ranked in lists.items()}, bridges=bridges)


def is_worth_showing(recommendation: Recommendation) -> bool:
    """Return whether at least one direction reaches the lowest band: else rather nobody.

    Two who offer the same and need the same are nobody to each other, however near their texts.
    """
    helps = max(recommendation.give, recommendation.get) >= SOME_FROM
    return helps and recommendation.useful >= _LEAST_USEFUL


def _merge(give: float, get: float) -> float:
    return float(combine(np.array([give], np.float32), np.array([get], np.float32))[0])


def _find_introducers(
    room: FollowedRoom, situation: Situation, available: frozenset[AttendeeId]
) -> Mapping[AttendeeId, Sequence[tuple[AttendeeId, float]]]:
    if room.introductions is None:
        room.introductions = IntroductionMatcher(_make_light_matcher)
    room.introductions.catch_up(room.people)
    return room.introductions.find_introducers(available, available, situation.apart)


def _make_light_matcher() -> MutualMatcher:
    from matchmaker.affinity.matcher import MutualMatcher

    return MutualMatcher(encoder="light")


def _learned(
    to: AttendeeId, found: Iterable[Recommendation], rates: EveningRates
) -> list[Recommendation]:
    if rates == NOTHING_LEARNED:
        return list(found)
    return [r._replace(score=rates.adjust(r.score, one=to, other=r.about)) for r in found]


def _in_order(found: Iterable[Recommendation]) -> list[Recommendation]:
    return sorted(found, key=lambda r: (not r.shares_language, -r.score, r.about))
