"""Scores of some rows against all rows of a pool: directed, calibrated, mutual."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import WEIGHTS, Block, Encoder, Floats
from matchmaker.affinity.calibration import CALIBRATIONS, ONE_WAY_PRIOR, combine
from matchmaker.affinity.lookalikes import find_usefulness
from matchmaker.affinity.meeting_rules import find_allowed, find_hosted, find_shared
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


@dataclass(frozen=True, kw_only=True)
class PairScores:
    """Some rows against all rows; every array has shape (some, all).

    ``useful`` is what a mutual score is multiplied by (``lookalikes``). ``order`` ranks a list,
    highest first, and is -inf for pairs that must not meet.
    """

    give: Direction
    get: Direction
    useful: Floats
    score: Floats
    order: Floats
    shares_language: Mask


class Scorer:
    """Directed affinities and mutual scores over the rows of a pool."""

    def __init__(self, pool: Pool, *, weights: Weights = WEIGHTS) -> None:
        self._pool = pool
        self._weights = weights

    def score(self, places: Places) -> PairScores:
        """Return the scores of the rows at ``places`` with every row."""
        pool = self._pool
        give, get = self.direct(places, giving=True), self.direct(places, giving=False)
        useful = find_usefulness(pool, places, ready=give.ready)
        likely = rank(give.raw, give.ready), rank(get.raw, get.ready)
        score = merge(*likely, give.known, get.known) * useful
        hosted = find_hosted(pool, places)
        score = np.where(hosted, np.float32(HOST_SCORE), score)
        shares = find_shared(pool, places)
        order = np.where(shares, score, score - np.float32(UNSHARED_LANGUAGE))
        order[~find_allowed(pool, places, hosted)] = -np.inf
        return PairScores(
            give=give, get=get, useful=useful, score=score, order=order, shares_language=shares
        )

    def direct(self, places: Places, *, giving: bool) -> Direction:
        """Return one direction: from the rows at ``places`` to all, or from all to them."""
        mine, theirs = (Role.OFFER, Role.NEED) if giving else (Role.NEED, Role.OFFER)
        pool = self._pool
        products = {
            block: rows.cosines(places, mine, theirs) for block, rows in pool.blocks.items()
        }
        ready = self._find_ready(places)
        raw = self._sum(Encoder.LIGHT, products)
        if ready.any():
            raw = np.where(ready, self._sum(Encoder.AUTO, products), raw)
        known = pool.has[mine][places, None] & pool.has[theirs]
        return Direction(raw=raw, ready=ready, known=known)

    def encoder_of(self, one: int, other: int) -> Encoder:
        """Return which blocks serve for the pair of two rows."""
        ready = self._find_ready(np.array([one], dtype=np.intp))
        return Encoder.AUTO if ready[0, other] else Encoder.LIGHT

    def share_out(self, giver: int, taker: int) -> dict[Block, float]:
        """Return what each block adds to the raw score of one direction."""
        weights = self._weights[self.encoder_of(giver, taker)]
        return {
            block: weights[block] * rows.cosine(giver, taker, Role.OFFER, Role.NEED)
            for block, rows in self._pool.blocks.items()
            if block in weights
        }

    def _find_ready(self, places: Places) -> Mask:
        ready = self._pool.ready
        if Block.SEMANTIC not in self._pool.blocks:
            return np.zeros((len(places), len(ready)), dtype=bool)
        return np.asarray(ready[places, None] & ready[None, :])

    def _sum(self, encoder: Encoder, products: Mapping[Block, Floats]) -> Floats:
        weights = self._weights[encoder]
        raw = sum(
            np.float32(weights[block]) * product
            for block, product in products.items()
            if weights.get(block)
        )
        shape = next(iter(products.values())).shape
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
