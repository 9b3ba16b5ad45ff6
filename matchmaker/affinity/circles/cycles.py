"""All directed circles of three in a sparse graph."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger]
Floats = NDArray[np.float64]

PATHS_AT_ONCE: Final = 300_000


class HelpGraph:
    """Who could help whom, as edges sorted by giver and taker, with how well.

    ``giver`` and ``taker`` are rows below ``people``, ``strength`` is above 0.
    """

    def __init__(self, people: int, giver: Ints, taker: Ints, strength: Floats) -> None:
        order = np.lexsort((taker, giver))
        self.people = people
        self.giver, self.taker, self.strength = giver[order], taker[order], strength[order]
        self._key = self.giver * people + self.taker
        self._start = np.searchsorted(self.giver, np.arange(people + 1))

    def list_circles(self) -> tuple[Ints, Floats]:
        """Return every A→B→C→A once, A the lowest row, and the geometric mean of its edges.

        Shapes (circles, 3) and (circles,). Each edge is followed by all edges of its taker, and
        what closes is kept: O(edges × edges per person) steps, in arrays.
        """
        rising = np.flatnonzero(self.giver < self.taker)
        paths = self._start[self.taker[rising] + 1] - self._start[self.taker[rising]]
        found = [self._close(part) for part in _parts(rising, paths)]
        rows = np.concatenate([rows for rows, _ in found] or [np.empty((0, 3), dtype=np.int32)])
        means = np.concatenate([means for _, means in found] or [np.empty(0)])
        return rows, means

    def _close(self, first: Ints) -> tuple[Ints, Floats]:
        """Return the circles that begin with these edges."""
        starts, ends = self._start[self.taker[first]], self._start[self.taker[first] + 1]
        sizes = ends - starts
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        second = np.repeat(starts, sizes) + offsets
        first = np.repeat(first, sizes)
        after = self.taker[second] > self.giver[first]
        first, second = first[after], second[after]
        closing = self.taker[second] * self.people + self.giver[first]
        third = np.minimum(np.searchsorted(self._key, closing), self._key.size - 1)
        closed = self._key[third] == closing
        edges = np.column_stack([first[closed], second[closed], third[closed]])
        means = np.exp(np.log(self.strength[edges]).mean(axis=1))
        return self.giver[edges].astype(np.int32), means


def _parts(edges: Ints, sizes: Ints) -> list[Ints]:
    """Split edges so that the sizes of each part add up to about ``PATHS_AT_ONCE``."""
    if edges.size == 0:
        return []
    part = np.cumsum(sizes) // PATHS_AT_ONCE
    return np.split(edges, np.flatnonzero(np.diff(part)) + 1)
