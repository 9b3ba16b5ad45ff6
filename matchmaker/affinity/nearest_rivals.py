"""``competition.find_rivals`` for everybody in a large room: by few axes, then at full width."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from matchmaker.affinity.blocks import Encoder, Floats
from matchmaker.affinity.competition import COMPARED_BY, NEAREST, Rivals
from matchmaker.affinity.dense_block import DenseBlock
from matchmaker.affinity.mutual_vectors import find_axes
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role
from matchmaker.affinity.top_k import NOBODY, Best, Rows, find_best_both_ways

AXES: Final = 64
CONSIDERED: Final = 12
"""How many are compared at full width to find the nearest ``NEAREST``."""

_CHUNK: Final = 256


def find_rivals_of_all(
    pool: Pool, encoder: Encoder, people: NDArray[np.intp], *, threads: int | None = None
) -> Rivals | None:
    """Return how good the other possibilities of every row are among the rows ``people``.

    None if the pool has no dense block for the encoder. Entries of other rows are zero.
    """
    rows = pool.blocks.get(COMPARED_BY[encoder])
    if not isinstance(rows, DenseBlock):
        return None
    offers, needs = (rows.sides[role].centred()[people] for role in (Role.OFFER, Role.NEED))
    with threadpool_limits(1, user_api="blas"):
        axes = find_axes([offers, needs], AXES)
        narrow_offers, narrow_needs = offers @ axes, needs @ axes

    def score(one: Rows, other: Rows) -> Floats:
        return np.asarray(narrow_offers[one] @ narrow_needs[other].T)

    of_offers, of_needs = find_best_both_ways(len(people), score, k=CONSIDERED, threads=threads)
    found = Rivals(
        offers=np.zeros(pool.rows, dtype=np.float32), needs=np.zeros(pool.rows, dtype=np.float32)
    )
    found.offers[people] = _mean_nearest(offers, needs, of_offers)
    found.needs[people] = _mean_nearest(needs, offers, of_needs)
    return found


def _mean_nearest(mine: Floats, theirs: Floats, near: Best) -> Floats:
    found = np.zeros(len(mine), dtype=np.float32)
    for start in range(0, len(mine), _CHUNK):
        some, others = mine[start : start + _CHUNK], near.others[start : start + _CHUNK]
        cosines = np.vecdot(np.take(theirs, np.maximum(others, 0), axis=0), some[:, None])
        cosines = np.where(others == NOBODY, 0, np.maximum(cosines, 0))
        best = -np.sort(-cosines, axis=1)[:, :NEAREST]
        found[start : start + _CHUNK] = best.sum(axis=1) / NEAREST
    return found
