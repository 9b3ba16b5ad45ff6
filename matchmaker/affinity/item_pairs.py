"""The nearest pair of items of two texts, for many pairs of texts at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Floats
from matchmaker.affinity.dense_side import DenseSide

Places = NDArray[np.intp]

_AT_ONCE: Final = 8_192
"""About so many pairs of items are gathered at a time, a few megabytes for each thread."""


class ItemRows:
    """The items of every text in one array: the whole text where it is of one piece."""

    def __init__(self, side: DenseSide) -> None:
        counts = side.count_items()
        self.lengths: Final = np.maximum(counts, 1)
        self.starts: Final = np.cumsum(self.lengths) - self.lengths
        self.rows: Final = np.repeat(side.centred(), self.lengths, axis=0)
        self.rows[np.repeat(counts > 0, self.lengths)] = side.centred_items()


def find_nearest(
    mine: ItemRows, theirs: ItemRows, places: Places, others: Places, wholes: Floats
) -> Floats:
    """Return the cosines of the nearest pair of items of each text with its own others.

    ``others`` and ``wholes``, the cosines of the whole texts, have shape (places, any).
    """
    found = wholes.copy()
    counts = (mine.lengths[places, None] * theirs.lengths[others]).ravel()
    several = np.flatnonzero(counts > 1)
    part = np.cumsum(counts[several]) // _AT_ONCE
    for pairs in np.split(several, np.flatnonzero(np.diff(part)) + 1):
        if len(pairs):
            row, _ = np.divmod(pairs, others.shape[1])
            best = _find_nearest_of(mine, theirs, places[row], others.ravel()[pairs])
            found.ravel()[pairs] = best
    return found


def _find_nearest_of(mine: ItemRows, theirs: ItemRows, ones: Places, others: Places) -> Floats:
    """Return the cosines of the nearest pair of items of each of ``ones`` with one other."""
    counts = mine.lengths[ones] * theirs.lengths[others]
    borders = np.cumsum(counts) - counts
    nth = np.arange(counts.sum()) - np.repeat(borders, counts)
    first, second = np.divmod(nth, np.repeat(theirs.lengths[others], counts))
    one = np.repeat(mine.starts[ones], counts) + first
    other = np.repeat(theirs.starts[others], counts) + second
    cosines = np.vecdot(np.take(mine.rows, one, axis=0), np.take(theirs.rows, other, axis=0))
    return np.asarray(np.maximum.reduceat(cosines, borders), dtype=np.float32)
