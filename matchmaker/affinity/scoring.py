"""Scores of some rows against all rows of a pool: directed, calibrated, mutual."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import EVERYBODY, WEIGHTS, Block, Encoder, Floats, Others
from matchmaker.affinity.calibration import CALIBRATIONS, ONE_WAY_PRIOR, combine
from matchmaker.affinity.compared import (
    Compared,
    compare_with_all,
)
from matchmaker.affinity.lookalikes import find_usefulness
from matchmaker.affinity.meeting_rules import (
    find_allowed,
    find_hosted,
    find_shared,
)
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]
Weights = Mapping[Encoder, Mapping[Block, float]]

HOST_SCORE: Final = 0.02
"""Score of somebody who wrote nothing with somebody who welcomes newcomers."""

UNSHARED_LANGUAGE: Final = 1.0
"""Taken off the order of pairs who state their languages and share none."""


@dataclass(frozen=True, kw_only=True)
class Direction:
    """One direction between some rows and all rows, shape (some, all).

    ``raw`` is the weighted sum of cosines, of the blocks that serve for the pair (``ready``:
    those with sentence vectors); ``known`` tells where both texts are written.
    """

    raw: Floats
    ready: Mask
    known: Mask

    @property
    def affinity(self) -> Floats:
        """Calibrated, in 0..1; 0 where a text is missing."""
        return np.where(self.known, calibrate(self.raw, self.ready), np.float32(0))

    def affinity_at(self, place: int, others: Places) -> Floats:
        """Return the calibrated affinities of one row and some others."""
        known = self.known[place, others]
        found = calibrate(self.raw[place, others], self.ready[place, others])
        return np.where(known, found, np.float32(0))

    def take(self, columns: Places) -> "Direction":
        """Return some columns, others for each row: ``columns`` (some, any)."""
        return Direction(
            raw=np.take_along_axis(self.raw, columns, axis=1),
            ready=np.take_along_axis(self.ready, columns, axis=1),
            known=np.take_along_axis(self.known, columns, axis=1),
        )


@dataclass(frozen=True, kw_only=True)
class PairScores:
    """Some rows against all rows, or others of their own; every array has shape (some, others).

    ``useful`` is what a mutual score is multiplied by (``lookalikes``). ``order`` ranks a list,
    highest first, and is -inf for pairs that must not meet.
    """

    give: Direction
    get: Direction
    useful: Floats
    score: Floats
    order: Floats
    shares_language: Mask

    def take(self, columns: Places) -> "PairScores":
        """Return some columns, others for each row: ``columns`` (some, any)."""
        return PairScores(
            give=self.give.take(columns),
            get=self.get.take(columns),
            useful=np.take_along_axis(self.useful, columns, axis=1),
            score=np.take_along_axis(self.score, columns, axis=1),
            order=np.take_along_axis(self.order, columns, axis=1),
            shares_language=np.take_along_axis(self.shares_language, columns, axis=1),
        )


class Scorer:
    """Directed affinities and mutual scores over the rows of a pool."""

    def __init__(self, pool: Pool, *, weights: Weights = WEIGHTS) -> None:
        self._pool = pool
        self.weights = weights

    def score(self, places: Places) -> PairScores:
        """Return the scores of the rows at ``places`` with every row."""
        return self.score_compared(places, EVERYBODY, compare_with_all(self._pool.blocks, places))

    def direct(self, places: Places, *, giving: bool) -> Direction:
        """Return one direction: from the rows at ``places`` to all, or from all to them."""
        compared = compare_with_all(self._pool.blocks, places)
        return self._direct(places, EVERYBODY, compared, giving=giving)

    def encoder_of(self, one: int, other: int) -> Encoder:
        """Return which blocks serve for the pair of two rows."""
        ready = self._find_ready(np.array([one], dtype=np.intp))
        return Encoder.AUTO if ready[0, other] else Encoder.LIGHT

    def share_out(self, giver: int, taker: int) -> dict[Block, float]:
        """Return what each block adds to the raw score of one direction."""
        weights = self.weights[self.encoder_of(giver, taker)]
        return {
            block: weights[block] * rows.cosine(giver, taker, Role.OFFER, Role.NEED)
            for block, rows in self._pool.blocks.items()
            if block in weights
        }

    def score_compared(
        self, places: Places, others: Others, compared: Mapping[Block, Compared]
    ) -> PairScores:
        """Return the scores of rows with ``others``, all or of their own, by what is compared."""
        pool = self._pool
        give = self._direct(places, others, compared, giving=True)
        get = self._direct(places, others, compared, giving=False)
        useful = find_usefulness(compared, ready=give.ready)
        likely = rank(give.raw, give.ready), rank(get.raw, get.ready)
        score = merge(*likely, give.known, get.known) * useful
        hosted = find_hosted(pool, places, others)
        score = np.where(hosted, np.float32(HOST_SCORE), score)
        shares = find_shared(pool, places, others)
        order = np.where(shares, score, score - np.float32(UNSHARED_LANGUAGE))
        order[~find_allowed(pool, places, hosted, others)] = -np.inf
        return PairScores(
            give=give, get=get, useful=useful, score=score, order=order, shares_language=shares
        )

    def _direct(
        self,
        places: Places,
        others: Others,
        compared: Mapping[Block, Compared],
        *,
        giving: bool,
    ) -> Direction:
        mine, theirs = (Role.OFFER, Role.NEED) if giving else (Role.NEED, Role.OFFER)
        pool = self._pool
        known = pool.has[mine][places, None] & pool.has[theirs][others]
        ready = self._find_ready(places, others)
        serving = [
            e for e, any_ in zip(Encoder, (ready.any(), not ready.all()), strict=True) if any_
        ]
        products = {
            block: rows.cosines(mine, theirs)
            for block, rows in compared.items()
            if any(self.weights[encoder].get(block) for encoder in serving)
        }
        raw = np.zeros(known.shape, dtype=np.float32)
        for encoder in serving:
            chosen = ready if encoder is Encoder.AUTO else ~ready
            raw = np.where(chosen, self._sum(encoder, products, raw.shape), raw)
        return Direction(raw=raw, ready=ready, known=known)

    def _find_ready(self, places: Places, others: Others = EVERYBODY) -> Mask:
        mine, theirs = self._pool.ready[places, None], self._pool.ready[others]
        if Block.SEMANTIC not in self._pool.blocks:
            return np.zeros(np.broadcast_shapes(mine.shape, theirs.shape), dtype=bool)
        return np.asarray(mine & theirs)

    def _sum(
        self, encoder: Encoder, products: Mapping[Block, Floats], shape: tuple[int, ...]
    ) -> Floats:
        weights = self.weights[encoder]
        raw = sum(
            np.float32(weights[block]) * product
            for block, product in products.items()
            if weights.get(block)
        )
        return np.asarray(np.broadcast_to(raw, shape), dtype=np.float32)


def calibrate(raw: Floats, ready: Mask) -> Floats:
    """Return affinities in 0..1 on the one scale of both encoders."""
    return _choose(ready, lambda encoder: CALIBRATIONS[encoder].apply(raw))


def rank(raw: Floats, ready: Mask) -> Floats:
    """Return what calibrated scores are ranked by: no ties below zero."""
    return _choose(ready, lambda encoder: CALIBRATIONS[encoder].likelihood(raw))


def _choose(ready: Mask, values_of: Callable[[Encoder], Floats]) -> Floats:
    if ready.all():
        return values_of(Encoder.AUTO)
    light = values_of(Encoder.LIGHT)
    return np.where(ready, values_of(Encoder.AUTO), light) if ready.any() else light


def merge(give: Floats, get: Floats, gives: Mask, gets: Mask) -> Floats:
    """Return mutual scores; a direction whose text is missing counts as ``ONE_WAY_PRIOR``."""
    prior = np.float32(ONE_WAY_PRIOR)
    mutual = combine(np.where(gives, give, prior), np.where(gets, get, prior))
    return np.where(gives | gets, mutual, np.float32(0))
