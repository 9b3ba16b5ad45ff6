"""One round of pairs: ours against a general matching of networkx."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.benchmark.cost import Cost, measure
from matchmaker.affinity.benchmark.room import build_room
from matchmaker.affinity.mutual_vectors import SmoothedProduct
from matchmaker.affinity.rounds import seat_rounds
from matchmaker.people.ids import AttendeeId

try:
    import networkx
except ImportError:  # a peer to be compared with, not needed to run
    networkx = None

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class SeatingCost:
    """What one round took; the values are sums over tables, ``gap`` our proven distance.

    ``networkx`` and its value are None where that library isn't installed.
    """

    people: int
    ours: Cost
    our_value: float
    gap: float
    networkx: Cost | None
    networkx_value: float | None

    @property
    def times_faster(self) -> float | None:
        """Return the ratio of processor seconds in the same run, where both were measured."""
        return self.networkx.ratio_to(self.ours) if self.networkx else None


def measure_seating(people: int) -> SeatingCost:
    """Measure one round for a made-up room, everybody with everybody."""
    room = build_room(people)
    everybody = slice(0, people)
    scores = SmoothedProduct(room.offers, room.needs)(everybody, everybody)
    np.fill_diagonal(scores, 0)
    ids = [AttendeeId(n) for n in range(people)]
    ours = measure(seat_rounds, ids, scores.astype(np.float64), rounds=1)
    [seated] = ours.value
    theirs = measure(_match, scores) if networkx is not None else None
    return SeatingCost(
        people=people,
        ours=ours.cost,
        our_value=sum(_worth(scores, *map(int, table)) for table in seated.tables),
        gap=seated.gap,
        networkx=theirs.cost if theirs else None,
        networkx_value=sum(_worth(scores, *pair) for pair in theirs.value) if theirs else None,
    )


def _worth(scores: Floats, *table: int) -> float:
    pairs = [(one, other) for one in table for other in table if one < other]
    return float(np.mean([scores[pair] for pair in pairs])) * len(table) / 2


def _match(scores: Floats) -> set[tuple[int, int]]:
    graph = networkx.from_numpy_array(scores.astype(np.float64))
    return set(networkx.max_weight_matching(graph, maxcardinality=True))
