"""Scores of many people with a few others each: what ``scoring`` says of them, at less cost."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block
from matchmaker.affinity.compared import Chosen, Compared, prepare_pairs
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.scoring import PairScores, Scorer

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

LATE: Final = frozenset({Block.WORDS, Block.CHARS})
"""Blocks that cost much and count little: compared only for those who come near a list."""

_KEPT: Final = 1.25
"""How many times as many as are wanted have them compared."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Exact scores of some rows with ``others`` of their own, best first; shape (some, any)."""

    scores: PairScores
    others: Places


class PairScorer:
    """Scores many rows with a few others each, as the pool was when this was made."""

    def __init__(self, pool: Pool, scorer: Scorer) -> None:
        self._ids = pool.ids
        self._scorer = scorer
        self._blocks = {block: prepare_pairs(rows) for block, rows in pool.blocks.items()}

    def score_best(self, places: Places, others: Places, *, barred: Mask, k: int) -> Scored:
        """Return the scores of each of ``places`` with its best ``k`` of ``others``.

        ``barred`` others, same shape, have -inf as their order and come last.
        """
        early: dict[Block, Compared] = {
            block: pairs.compare(places, others)
            for block, pairs in self._blocks.items()
            if block not in LATE
        }
        order = self._scorer.score_compared(places, others, early).order
        order[barred] = -np.inf
        columns = first_columns(order, self._ids[others], int(_KEPT * k))
        kept = np.take_along_axis(others, columns, axis=1)
        compared: dict[Block, Compared] = {
            block: Chosen(compared=early[block], columns=columns)
            if block in early
            else pairs.compare(places, kept)
            for block, pairs in self._blocks.items()
        }
        scores = self._scorer.score_compared(places, kept, compared)
        scores.order[np.take_along_axis(barred, columns, axis=1)] = -np.inf
        best = first_columns(scores.order, self._ids[kept], k)
        return Scored(scores=scores.take(best), others=np.take_along_axis(kept, best, axis=1))


def first_columns(order: NDArray[np.floating], ids: NDArray[np.int64], k: int) -> Places:
    """Return the columns of the ``k`` highest of each row, best first, ties by id."""
    rounded = np.round(order.astype(np.float64), 6)
    return np.lexsort((ids, -rounded), axis=1)[:, :k]
