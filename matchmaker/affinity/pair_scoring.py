"""Scores of many people with a few others each: what ``ranking`` says of them, at less cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block, Encoder, Floats
from matchmaker.affinity.compared import Chosen, Compared, prepare_pairs
from matchmaker.affinity.competition import adjust
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.ranking import AllRivals
from matchmaker.affinity.scoring import Direction, PairScores, Scorer, merge, rank

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

LATE: Final = frozenset({Block.WORDS, Block.CHARS})
"""Blocks that cost much and count little: compared only for those who come near a list."""

_MORE: Final = 30
"""How many more than are wanted have them compared."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Exact scores of some rows with ``others`` of their own, best first; shape (some, any).

    ``refined`` are the scores as they stand among both sides' rivals.
    """

    scores: PairScores
    refined: Floats
    others: Places


class PairScorer:
    """Scores many rows with a few others each, as the pool was when this was made.

    ``rivals`` are those of every row of the pool.
    """

    def __init__(self, pool: Pool, scorer: Scorer, rivals: AllRivals) -> None:
        self._ids = pool.ids
        self._scorer = scorer
        self._rivals = rivals
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
        likely = self._score(places, others, early, barred)
        columns = self._find_first(likely, k + _MORE)
        kept = np.take_along_axis(others, columns, axis=1)
        compared: dict[Block, Compared] = {
            block: Chosen(compared=early[block], columns=columns)
            if block in early
            else pairs.compare(places, kept)
            for block, pairs in self._blocks.items()
        }
        found = self._score(places, kept, compared, np.take_along_axis(barred, columns, axis=1))
        best = self._find_first(found, k)
        return Scored(
            scores=found.scores.take(best),
            refined=np.take_along_axis(found.refined, best, axis=1),
            others=np.take_along_axis(kept, best, axis=1),
        )

    def _score(
        self, places: Places, others: Places, compared: Mapping[Block, Compared], barred: Mask
    ) -> Scored:
        scores = self._scorer.score_compared(places, others, compared)
        scores.order[barred] = -np.inf
        return Scored(scores=scores, refined=self._refine(scores, places, others), others=others)

    def _find_first(self, scored: Scored, k: int) -> Places:
        """Return the columns of the ``k`` best of each row, best first, ties by id."""
        order = scored.scores.order - scored.scores.score + scored.refined
        rounded = np.round(order.astype(np.float64), 6)
        return np.lexsort((self._ids[scored.others], -rounded), axis=1)[:, :k]

    def _refine(self, scores: PairScores, rows: Places, others: Places) -> Floats:
        """Return scores as they stand among both sides' rivals."""
        give = self._among_rivals(scores.give, rows, others, giving=True)
        get = self._among_rivals(scores.get, rows, others, giving=False)
        gives, gets = scores.give.known, scores.get.known
        refined = merge(give, get, gives, gets) * scores.useful
        return np.asarray(np.where(gives | gets, refined, scores.score), dtype=np.float32)

    def _among_rivals(
        self, direction: Direction, rows: Places, others: Places, *, giving: bool
    ) -> Floats:
        raw, ready = direction.raw, direction.ready
        for encoder, chosen in ((Encoder.AUTO, ready), (Encoder.LIGHT, ~ready)):
            rivals = self._rivals[encoder]
            if rivals is None or not chosen.any():
                continue
            mine, theirs = rivals.take(rows[:, None]), rivals.take(others)
            giver, taker = (mine.offers, theirs.needs) if giving else (theirs.offers, mine.needs)
            raw = np.where(chosen, adjust(raw, giver, taker, encoder), raw)
        return rank(raw, ready)
