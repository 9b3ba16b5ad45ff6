"""Which circles to propose: those that serve their people better than any pair does."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from matchmaker.affinity.circles.cycles import Floats, HelpGraph, Ints
from matchmaker.affinity.circles.packing import pack_disjoint
from matchmaker.people.ids import AttendeeId


@dataclass(frozen=True, kw_only=True)
class Circle:
    """Three people: the first's offer answers the second's need, and so on round.

    ``strength`` is the geometric mean of the three affinities, ``gain`` by how much it exceeds
    what each of the three has from pairs, added up.
    """

    members: tuple[AttendeeId, AttendeeId, AttendeeId]
    strength: float
    gain: float


@dataclass(frozen=True, kw_only=True)
class CircleChoice:
    """Disjoint circles of great total gain, largest first.

    ``value`` is their total gain; no disjoint choice among the ``found`` circles is worth more
    than ``bound``.
    """

    circles: tuple[Circle, ...]
    value: float
    bound: float
    found: int

    @property
    def gap(self) -> float:
        """How far the choice may be below the best one, as a share of it; 0 is proven best."""
        return max(self.bound - self.value, 0.0) / self.bound if self.bound > 0 else 0.0


def propose_circles(
    edges: Mapping[AttendeeId, Mapping[AttendeeId, float]],
    *,
    served: Mapping[AttendeeId, float],
) -> CircleChoice:
    """Choose circles of three for those whom pairs serve badly; everybody is in at most one.

    ``edges[a][b]`` is how well a's offer answers b's need, for the pairs worth a circle;
    ``served`` is how well each person's best pair serves them, on the same scale (say the
    geometric mean of its two affinities; who is missing counts as not served). All circles in
    the graph are considered; one is worth what its strength exceeds its people's ``served`` by,
    and only those count from which somebody gains.
    """
    people = sorted({*edges, *(taker for row in edges.values() for taker in row)})
    row = {who: number for number, who in enumerate(people)}
    giver, taker, strength = _edge_arrays(edges, row)
    members, means = HelpGraph(len(people), giver, taker, strength).list_circles()
    has = np.array([served.get(who, 0.0) for who in people], dtype=np.float64)
    gains = np.maximum(means[:, None] - has[members], 0.0).sum(axis=1)
    useful = np.flatnonzero(gains > 0.0)
    packing = pack_disjoint(members[useful], gains[useful], people=len(people))
    best = sorted(useful[packing.chosen].tolist(), key=lambda one: (-gains[one], one))
    return CircleChoice(
        circles=tuple(
            Circle(
                members=(people[members[one, 0]], people[members[one, 1]], people[members[one, 2]]),
                strength=float(means[one]),
                gain=float(gains[one]),
            )
            for one in best
        ),
        value=packing.value,
        bound=packing.bound,
        found=len(members),
    )


def _edge_arrays(
    edges: Mapping[AttendeeId, Mapping[AttendeeId, float]], row: Mapping[AttendeeId, int]
) -> tuple[Ints, Ints, Floats]:
    """Return the edges between different people with a finite strength above 0."""
    found = [
        (row[giver], row[taker], float(strength))
        for giver, takers in edges.items()
        for taker, strength in takers.items()
        if giver != taker and isfinite(strength) and strength > 0.0
    ]
    giver = np.array([edge[0] for edge in found], dtype=np.int64)
    taker = np.array([edge[1] for edge in found], dtype=np.int64)
    return giver, taker, np.array([edge[2] for edge in found], dtype=np.float64)
