"""The choice of edges under both caps: pairs that show each other, and single places."""

from array import array
from collections.abc import Iterator
from typing import Final

import numpy as np

from matchmaker.affinity.fairness.graph import CandidateGraph, Floats, Ints
from matchmaker.affinity.fairness.prices import mean_best_score

_AT_ONCE: Final = 65_536

PAIR_BONUS: Final = 0.1
"""What showing each other is worth, as a share of the mean of each list's best score."""


class Choice:
    """Which edges of a graph are chosen, with the room that this leaves.

    ``room`` and ``limit`` count down; ``listed`` and ``shown`` count up from what was held. What
    there is of each edge takes a few bytes: there may be millions of them.
    """

    def __init__(self, graph: CandidateGraph) -> None:
        self.graph = graph
        self.owner = array("i", graph.owner.astype(np.intc).tobytes())
        self.about = array("i", graph.about.astype(np.intc).tobytes())
        self.chosen = bytearray(len(self.owner))
        self.room: list[int] = graph.room.tolist()
        self.limit: list[int] = graph.limit.tolist()
        self.listed: list[int] = graph.listed.tolist()
        self.shown: list[int] = graph.shown.tolist()

    def fits(self, edge: int) -> bool:
        """Return whether an edge is free and both its list and its person have room."""
        return (
            not self.chosen[edge]
            and self.room[self.owner[edge]] > 0
            and self.limit[self.about[edge]] > 0
        )

    def add(self, edge: int) -> None:
        """Choose an edge."""
        self._change(edge, by=1)

    def drop(self, edge: int) -> None:
        """Give an edge up."""
        self._change(edge, by=-1)

    def loosen(self, *, by: int) -> None:
        """Allow (or with ``by=-1`` withdraw) the one place beyond a cap that the graph spares."""
        graph = self.graph
        for node in np.flatnonzero(graph.spare_room > graph.room).tolist():
            self.room[node] += by
        for node in np.flatnonzero(graph.spare_limit > graph.limit).tolist():
            self.limit[node] += by

    def _change(self, edge: int, *, by: int) -> None:
        owner, about = self.owner[edge], self.about[edge]
        self.chosen[edge] = by > 0
        self.room[owner] -= by
        self.listed[owner] += by
        self.limit[about] -= by
        self.shown[about] += by


def choose_best_first(choice: Choice, reduced: Floats) -> None:
    """Choose pairs that show each other and single places, best first, while there is room.

    Greedy b-matching by descending weight; with reduced scores as weights it comes near the
    optimum. Every direction that is answered earns ``PAIR_BONUS``: a pair goes before single
    places that are less than one bonus better than the mean of its two directions, and an edge
    to somebody who already holds the owner, answering two directions at once, earns two.
    """
    graph = choice.graph
    if graph.owner.size == 0:
        return
    bonus = PAIR_BONUS * mean_best_score(graph.owner, graph.score)
    edges = np.arange(graph.owner.size)
    completes = graph.answers_held
    heads = np.flatnonzero((graph.twin > edges) & ~completes & ~completes[graph.twin])
    weight = np.concatenate(
        [
            0.5 * (reduced[heads] + reduced[graph.twin[heads]]) + bonus,
            reduced + 2 * bonus * completes,
        ]
    )
    is_pair = np.arange(weight.size) < heads.size
    first = np.concatenate([heads, edges])
    second = np.where(is_pair, graph.twin[first], -1)
    order = np.lexsort((first, ~is_pair, -weight))
    for edge, back in zip(iterate(first[order]), iterate(second[order]), strict=True):
        if choice.fits(edge) and (back < 0 or choice.fits(back)):
            choice.add(edge)
            if back >= 0:
                choice.add(back)


def fill_places(choice: Choice, reduced: Floats) -> None:
    """Choose single edges, best first, wherever a list and a person still have room."""
    for edge in iterate(np.lexsort((np.arange(reduced.size), -reduced))):
        if choice.fits(edge):
            choice.add(edge)


def iterate(values: Ints) -> Iterator[int]:
    """Yield the numbers of an array, of which only some become objects at a time."""
    for start in range(0, values.size, _AT_ONCE):
        yield from values[start : start + _AT_ONCE].tolist()
