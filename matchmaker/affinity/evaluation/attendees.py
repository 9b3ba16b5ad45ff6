"""Figures of one evening with known pairs: are those who can help each other shown first?"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from matchmaker.affinity.circles import propose_circles
from matchmaker.affinity.evaluation.encoding import encode_profiles
from matchmaker.affinity.evaluation.formats import KnownEvening, read_evening
from matchmaker.affinity.fairness import exposure, fair_lists
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Recommendation
from matchmaker.affinity.records import Vectors
from matchmaker.people.bands import SOME_FROM
from matchmaker.people.ids import AttendeeId

LIST_LENGTH: Final = 5
CANDIDATES: Final = 60
CIRCLE_FROM: Final = SOME_FROM

Lists = Mapping[AttendeeId, Sequence[AttendeeId]]
Candidates = Mapping[AttendeeId, Sequence[Recommendation]]


def evaluate_attendees(data: Mapping[str, Any], *, encoder: str) -> dict[str, Any]:
    """Return the metrics of an ``attendees.json``: lists of five, fair, default wishes.

    A listed pair counts once from each side. ``seconds`` covers encoding, fitting, scoring and
    the fair choice.

    Raises
    ------
    EvaluationError
        If the data is not in the format.
    """
    evening = read_evening(data)
    started = time.perf_counter()
    vectors = encode_profiles(evening.profiles, encoder)
    matcher = MutualMatcher(encoder=encoder)
    figures = judge_evening(evening, matcher, vectors)
    return figures | {"seconds": round(time.perf_counter() - started, 3)}


def judge_evening(
    evening: KnownEvening, matcher: MutualMatcher, vectors: Vectors
) -> dict[str, Any]:
    """Fit a matcher to an evening and return every metric but the time."""
    matcher.fit(evening.profiles, vectors=vectors)
    candidates = matcher.candidates(k=CANDIDATES)
    figures = measure_lists(evening, choose_lists(evening, candidates))
    return figures | {"circle_recall": _recall_circles(evening, matcher, candidates)}


def choose_lists(evening: KnownEvening, candidates: Candidates) -> Lists:
    """Return the fair lists of five for everybody's candidates."""
    wishes = {profile.id: profile.wish for profile in evening.profiles}
    free = dict.fromkeys(wishes, LIST_LENGTH)
    return fair_lists(candidates, free=free, capacity=wishes)


def measure_lists(evening: KnownEvening, lists: Lists) -> dict[str, Any]:
    """Return every metric of an evening that is about its lists."""
    wishes = {profile.id: profile.wish for profile in evening.profiles}
    report = exposure(lists, wishes)
    return {
        "mutual_hit_at_1": _by_language(evening, lambda rank: float(rank == 1), lists),
        "mutual_hit_at_5": _by_language(evening, lambda rank: float(0 < rank <= 5), lists),
        "mutual_mrr": _by_language(evening, lambda rank: 1 / rank if rank else 0.0, lists),
        "lookalikes_in_top5": _share_shown(evening.lookalikes, lists, both=True),
        "one_way_in_top5": _share_shown(evening.one_way, lists, both=False),
        "never_shown": report.never_shown,
        "max_exposure_over_fair": report.max_over_fair,
        "exposure_gini": report.gini,
    }


def _by_language(
    evening: KnownEvening, value_of: Callable[[int], float], lists: Lists
) -> dict[str, float | None]:
    found: dict[str, list[float]] = {"all": [], "same": [], "cross": []}
    for one, other in evening.mutual_pairs:
        same = evening.languages[one] == evening.languages[other]
        for mine, theirs in ((one, other), (other, one)):
            value = value_of(_rank(lists, mine, theirs))
            found["all"].append(value)
            found["same" if same else "cross"].append(value)
    return {name: _mean(values) for name, values in found.items()}


def _rank(lists: Lists, mine: AttendeeId, theirs: AttendeeId) -> int:
    """Return the place of a person on a list, from 1; 0 if they aren't on it."""
    listed = list(lists.get(mine, ()))
    return listed.index(theirs) + 1 if theirs in listed else 0


def _share_shown(
    pairs: Sequence[Sequence[AttendeeId]], lists: Lists, *, both: bool
) -> float | None:
    """Return how often the first is shown to the second (and the other way round, if both)."""
    seen = []
    for one, other in pairs:
        seen.append(float(_rank(lists, other, one) > 0))
        if both:
            seen.append(float(_rank(lists, one, other) > 0))
    return _mean(seen)


def list_circles(matcher: MutualMatcher, candidates: Candidates) -> set[frozenset[AttendeeId]]:
    """Return the circles proposed for those whom pairs serve badly."""
    people = list(matcher.pool_)
    affinities = matcher.affinities(people, people)
    edges = {
        giver: {
            taker: float(affinities[row, column])
            for column, taker in enumerate(people)
            if giver != taker and affinities[row, column] >= CIRCLE_FROM
        }
        for row, giver in enumerate(people)
    }
    served = {
        who: max((math.sqrt(one.give * one.get) for one in listed), default=0.0)
        for who, listed in candidates.items()
    }
    return {frozenset(one.members) for one in propose_circles(edges, served=served).circles}


def _recall_circles(
    evening: KnownEvening, matcher: MutualMatcher, candidates: Candidates
) -> float | None:
    proposed = list_circles(matcher, candidates)
    return _mean([float(frozenset(circle) in proposed) for circle in evening.circles])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
