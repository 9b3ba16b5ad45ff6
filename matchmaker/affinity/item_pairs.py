"""The nearest pair of items of two texts, for many pairs of texts at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Floats
from matchmaker.affinity.dense_side import DenseSide

Places = NDArray[np.intp]

_AT_ONCE: Final = 4_096
"""About so many pairs of items are gathered at a time, a few megabytes for each thread."""


class ItemRows:
    """Where in ``rows`` the items of every text are: the whole text where it is of one piece."""

    def __init__(self, side: DenseSide) -> None:
        counts = side.count_items()
        items = len(counts) + np.cumsum(counts) - counts
        self.rows: Final = side.all_centred()
        self.lengths: Final = np.maximum(counts, 1)
        self.starts: Final = np.where(counts > 0, items, np.arange(len(counts)))


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
