"""``competition.find_rivals`` for everybody in a large room at once, in single precision."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from matchmaker.affinity.blocks import Encoder, Floats
from matchmaker.affinity.competition import COMPARED_BY, Rivals, choose_compared, mean_highest
from matchmaker.affinity.dense_block import DenseBlock
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role
from matchmaker.affinity.top_k import count_threads

Places = NDArray[np.intp]

_CHUNK: Final = 256


def find_rivals_of_all(
    pool: Pool, encoder: Encoder, people: Places, *, threads: int | None = None
) -> Rivals | None:
    """Return how good the other possibilities of every row are among the rows ``people``.

    None if the pool has no dense block for the encoder. Entries of other rows are zero.
    """
    rows = pool.blocks.get(COMPARED_BY[encoder])
    if not isinstance(rows, DenseBlock):
        return None
    offers, needs = (rows.sides[role].centred() for role in (Role.OFFER, Role.NEED))
    compared = choose_compared(pool.ids, people)
    return Rivals(
        offers=_mean_nearest(offers, needs, people, compared, threads),
        needs=_mean_nearest(needs, offers, people, compared, threads),
    )


def _mean_nearest(
    mine: Floats, theirs: Floats, people: Places, compared: Places, threads: int | None
) -> Floats:
    found = np.zeros(len(mine), dtype=np.float32)
    others = np.ascontiguousarray(theirs[compared].T)

    def fill(start: int) -> None:
        some = people[start : start + _CHUNK]
        cosines = mine[some] @ others
        cosines[some[:, None] == compared] = 0
        found[some] = mean_highest(cosines)

    starts = range(0, len(people), _CHUNK)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(count_threads(threads)) as pool:
        list(pool.map(fill, starts))
    return found
