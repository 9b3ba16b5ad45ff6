"""How long a newcomer's first suggestions take."""

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from matchmaker.affinity.benchmark.room import SEED, SyntheticRoom, build_room
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile

SUGGESTIONS: Final = 3
NEWCOMERS: Final = 30
_WARM_UP: Final = 2


@dataclass(frozen=True, kw_only=True)
class JoinCost:
    """Milliseconds of processor work from a filled form to explained suggestions."""

    people: int
    newcomers: int
    median_ms: float
    p95_ms: float


def measure_joins(people: int, *, newcomers: int = NEWCOMERS) -> JoinCost:
    """Measure the light matcher: adding somebody, their best few, and why, both ways."""
    matcher = MutualMatcher(encoder="light").fit(build_room(people).profiles)
    late = _draw_newcomers(people, newcomers + _WARM_UP)
    for profile in late.profiles[:_WARM_UP]:
        _join(matcher, profile)
    spent = [_join(matcher, profile) for profile in late.profiles[_WARM_UP:]]
    return JoinCost(
        people=people,
        newcomers=newcomers,
        median_ms=float(np.median(spent)),
        p95_ms=float(np.quantile(spent, 0.95)),
    )


def _draw_newcomers(people: int, count: int) -> SyntheticRoom:
    return build_room(count, seed=SEED + 7, first_id=people + 1)


def _join(matcher: MutualMatcher, profile: Profile) -> float:
    begun = time.process_time()
    matcher.partial_fit([profile])
    for found in matcher.recommend(profile.id, k=SUGGESTIONS):
        matcher.explain(profile.id, found.about)
        matcher.explain(found.about, profile.id)
    return (time.process_time() - begun) * 1000
