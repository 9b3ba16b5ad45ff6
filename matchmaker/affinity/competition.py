"""How good the other possibilities of both sides are: a pair counts relative to them.

An offer that is near every need answers none in particular, and a need that several offers
answer well is answered there already. Taking off the mean cosine of the nearest few on either
side is the cross-domain similarity local scaling of Conneau and others, "Word Translation Without
Parallel Data", ICLR 2018.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block, Encoder, Floats
from matchmaker.affinity.dense_block import DenseBlock
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

NEAREST: Final = 3
STRENGTH: Final = 0.5
USUAL: Final[Mapping[Encoder, float]] = {Encoder.AUTO: 0.27, Encoder.LIGHT: 0.4}
"""What the mean of the nearest is in an ordinary room: there nothing is taken off."""

MOST_COMPARED: Final = 2_000
"""Of a larger room so many, chosen by their ids alone, tell how good other possibilities are."""

COMPARED_BY: Final = {Encoder.AUTO: Block.SEMANTIC, Encoder.LIGHT: Block.TABLE}
_CHUNK: Final = 256


@dataclass(frozen=True, kw_only=True)
class Rivals:
    """Mean cosine of the nearest needs of each offer and the nearest offers of each need.

    Each array has one entry for each row that was asked for.
    """

    offers: Floats
    needs: Floats

    def take(self, chosen: Places) -> "Rivals":
        """Return the entries at ``chosen``."""
        return Rivals(offers=self.offers[chosen], needs=self.needs[chosen])


def find_rivals(pool: Pool, places: Places, encoder: Encoder, present: Mask) -> Rivals | None:
    """Return how good the other possibilities of some rows are among the rows ``present``.

    None if the pool has no dense block for the encoder.
    """
    rows = pool.blocks.get(COMPARED_BY[encoder])
    if not isinstance(rows, DenseBlock):
        return None
    compared = choose_compared(pool.ids, np.flatnonzero(present))
    return Rivals(
        offers=_mean_nearest(rows, compared, places, Role.OFFER, Role.NEED),
        needs=_mean_nearest(rows, compared, places, Role.NEED, Role.OFFER),
    )


def choose_compared(ids: NDArray[np.int64], present: Places) -> Places:
    """Return the rows that possibilities are looked for among: all of ``present``, or enough.

    Who is chosen depends on who is there, never on the order in which they came: ids are
    scrambled by multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4).
    """
    if len(present) <= MOST_COMPARED:
        return present
    scrambled = ids[present].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.sort(present[np.argsort(scrambled)[:MOST_COMPARED]])


def adjust(raw: Floats, giver: Floats | float, taker: Floats | float, encoder: Encoder) -> Floats:
    """Return raw scores less what the giver's offer and the taker's need have elsewhere."""
    elsewhere = np.float32(STRENGTH) * (giver + taker - np.float32(2 * USUAL[encoder]))
    return np.asarray(raw - elsewhere, dtype=np.float32)


def mean_highest(cosines: Floats) -> Floats:
    """Return the mean of the ``NEAREST`` highest of each row, which are spent; below 0 counts 0."""
    every = np.arange(len(cosines))
    found = np.zeros(len(cosines), dtype=np.float32)
    for _ in range(min(NEAREST, cosines.shape[1])):
        best = cosines.argmax(axis=1)
        found += np.maximum(cosines[every, best], 0) / NEAREST
        cosines[every, best] = 0
    return found


def _mean_nearest(
    rows: DenseBlock, compared: Places, places: Places, mine: Role, theirs: Role
) -> Floats:
    found = np.zeros(len(places), dtype=np.float32)
    for start in range(0, len(places), _CHUNK):
        some = places[start : start + _CHUNK]
        cosines = rows.whole_cosines(some, mine, theirs, compared)
        cosines[some[:, None] == compared] = 0
        found[start : start + _CHUNK] = mean_highest(cosines)
    return found
