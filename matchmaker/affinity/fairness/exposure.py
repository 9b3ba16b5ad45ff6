"""How evenly lists show people, measured against what each of them asked for."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from matchmaker.people.ids import AttendeeId

MOST_OVER_FAIR: Final = 3.0
"""Nobody is shown more often than this many times their fair share."""


@dataclass(frozen=True, kw_only=True)
class ExposureReport:
    """Three figures about a set of lists.

    ``never_shown`` counts people who wish to meet somebody and stand in no list;
    ``max_over_fair`` is the largest ratio of times shown to fair share; ``gini`` is the Gini
    coefficient of times shown per place wished for (0: everybody alike, 1: one has it all).
    """

    never_shown: int
    max_over_fair: float
    gini: float


def fair_shares(wishes: Mapping[AttendeeId, int], *, slots: int) -> dict[AttendeeId, float]:
    """Return each person's fair share of ``slots`` list places: slots × my wish / all wishes."""
    total = sum(max(wish, 0) for wish in wishes.values())
    return {who: slots * max(wish, 0) / max(total, 1) for who, wish in wishes.items()}


def exposure(
    lists: Mapping[AttendeeId, Collection[AttendeeId]], wishes: Mapping[AttendeeId, int]
) -> ExposureReport:
    """Measure how evenly ``lists`` show the people of ``wishes``.

    A fair share below one place counts as one place: a person is shown whole or not at all,
    and showing somebody once is never too much.
    """
    shown = Counter(about for listed in lists.values() for about in set(listed))
    shares = fair_shares(wishes, slots=sum(shown[who] for who in wishes))
    asking = sorted(who for who, wish in wishes.items() if wish > 0)
    return ExposureReport(
        never_shown=sum(shown[who] == 0 for who in asking),
        max_over_fair=max((shown[who] / max(shares[who], 1.0) for who in asking), default=0.0),
        gini=_gini([shown[who] / wishes[who] for who in asking]),
    )


def _gini(values: list[float]) -> float:
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    total = float(ordered.sum())
    if total <= 0.0:
        return 0.0
    ranks = np.arange(1, ordered.size + 1)
    return max(float((2 * ranks - ordered.size - 1) @ ordered) / (ordered.size * total), 0.0)
