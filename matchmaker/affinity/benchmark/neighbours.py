"""Everybody's best few: ours both ways, against one-sided nearest neighbours of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import mul
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from matchmaker.affinity.benchmark.cost import Cost, measure
from matchmaker.affinity.mutual_vectors import (
    FULL_WIDTH_UP_TO,
    SMOOTHING,
    SmoothedProduct,
    find_mutual_best,
)
from matchmaker.affinity.top_k import Best, find_best_of

Floats = NDArray[np.float32]

NEIGHBOURS: Final = 20
NAIVE_UP_TO: Final = 1_000
SKLEARN_UP_TO: Final = 20_000
SAMPLED_ROWS: Final = 200
_SAME: Final = 1e-6
_WARM_UP: Final = 100


@dataclass(frozen=True, kw_only=True)
class NeighbourCost:
    """What the best ``NEIGHBOURS`` of everybody took on the same vectors.

    ``ours`` ranks mutually; scikit-learn finds for each offer the nearest needs, one way.
    ``naive`` is the mutual ranking in plain Python. Peers are measured up to a size that they
    finish in reasonable time, never extrapolated. ``recall`` is the share of places that hold as
    good a score as the exact list, on a sample of rows.
    """

    people: int
    width: int
    ours: Cost
    sklearn: Cost | None
    naive: Cost | None
    is_approximate: bool
    recall: float

    @property
    def times_faster_than_sklearn(self) -> float | None:
        """Return the ratio of processor seconds in the same run, where it was measured."""
        return self.sklearn.ratio_to(self.ours) if self.sklearn else None

    @property
    def times_faster_than_naive(self) -> float | None:
        """Return the ratio of processor seconds in the same run, where it was measured."""
        return self.naive.ratio_to(self.ours) if self.naive else None


def measure_neighbours(
    offers: Floats, needs: Floats, *, naive_up_to: int = NAIVE_UP_TO
) -> NeighbourCost:
    """Measure ours and theirs on unit vectors (people, width), one after the other."""
    people, width = offers.shape
    for warm_up in (find_mutual_best, _find_one_way):
        warm_up(offers[:_WARM_UP], needs[:_WARM_UP], k=NEIGHBOURS)
    ours = measure(find_mutual_best, offers, needs, k=NEIGHBOURS)
    theirs = naive = None
    if people <= SKLEARN_UP_TO:
        theirs = measure(_find_one_way, offers, needs, k=NEIGHBOURS).cost
    if people <= naive_up_to:
        naive = measure(find_naively, offers.tolist(), needs.tolist()).cost
    return NeighbourCost(
        people=people,
        width=width,
        ours=ours.cost,
        sklearn=theirs,
        naive=naive,
        is_approximate=people > FULL_WIDTH_UP_TO,
        recall=find_recall(offers, needs, ours.value),
    )


def find_recall(offers: Floats, needs: Floats, found: Best) -> float:
    """Return the share of found places as good as the exact ones, on a sample of rows."""
    people = len(offers)
    step = max(1, people // SAMPLED_ROWS)
    rows = np.arange(0, people, step, dtype=np.intp)
    exact = find_best_of(rows, people, SmoothedProduct(offers, needs), k=found.scores.shape[1])
    return float(np.mean(found.scores[rows] >= exact.scores[:, -1:] - _SAME))


def find_naively(
    offers: Sequence[Sequence[float]], needs: Sequence[Sequence[float]], k: int = NEIGHBOURS
) -> list[list[int]]:
    """Return the best ``k`` others of everybody, in plain Python."""
    give = [[sum(map(mul, offer, need)) for need in needs] for offer in offers]
    lists: list[list[int]] = []
    for one, given in enumerate(give):
        scores = [
            _smooth(product) * _smooth(give[other][one]) for other, product in enumerate(given)
        ]
        scores[one] = -1.0
        lists.append(nlargest(min(k, len(offers) - 1), range(len(offers)), scores.__getitem__))
    return lists


def _smooth(product: float) -> float:
    return max(product, 0.0) + SMOOTHING


def _find_one_way(offers: Floats, needs: Floats, *, k: int) -> NDArray[np.intp]:
    neighbours = NearestNeighbors(
        n_neighbors=min(k, len(needs)), metric="cosine", algorithm="brute"
    )
    return np.asarray(neighbours.fit(needs).kneighbors(offers, return_distance=False))
