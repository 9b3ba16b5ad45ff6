"""The best few others of everybody at once, for any score that both sides share.

Every pair is scored once: blocks of rows against blocks of rows above the diagonal, each block
small enough for the processor's cache. What a row must reach to be kept is estimated beforehand
on a sample, so that comparing with a floor replaces most of the sorting. Threads are our own,
over matrix products on one thread each: on a busy machine that is several times faster than
threads inside each product.
"""

import math
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
Rows = slice | Places

ScoreBlock = Callable[[Rows, Rows], Floats]
"""Gives a new array of scores (rows, columns) of some people with others; symmetric, and -inf
where two must not meet. It may be called from several threads."""

BLOCK: Final = 512
NOBODY: Final = -1

_SAMPLE: Final = 1024
_LARGE_SAMPLE: Final = 4096
_LARGE: Final = 50_000
_MOST_THREADS: Final = 8
_CROWDED: Final = 8
"""A stripe is thinned out when it holds so many times what will be kept of it."""


@dataclass(frozen=True, kw_only=True)
class Best:
    """The best others of each row, best first; both arrays have shape (rows, k).

    Where there are fewer than k, ``others`` holds ``NOBODY`` and ``scores`` -inf.
    """

    others: NDArray[np.int32]
    scores: Floats


def find_best(
    count: int, score: ScoreBlock, *, k: int, threads: int | None = None, block: int = BLOCK
) -> Best:
    """Return the ``k`` best others of each of ``count`` rows, never a row itself.

    All pairs are scored, and each at least once: the result is exact but for the choice among
    equal scores at the end of a list. Memory grows with ``count`` times ``k``.
    """
    k = min(k, count - 1)
    if k <= 0:
        return _join([_nothing(count, max(k, 0))])
    with threadpool_limits(1, user_api="blas"):
        everybody = _Side(count, score, k, block)
        _Sweep(score, everybody).run(count_threads(threads))
        return everybody.finish()


def find_best_of(rows: Places, count: int, score: ScoreBlock, *, k: int) -> Best:
    """Return the ``k`` best others of some rows only, exactly, by scoring them with everybody."""
    return _join([_scan(part, count, score, k) for part in _parts(rows)])


def count_threads(asked: int | None) -> int:
    """Return how many threads to use: as asked, else one a processor."""
    return asked or min(_MOST_THREADS, os.cpu_count() or 1)


def cut_best(others: NDArray[np.int32], scores: Floats, k: int) -> Best:
    """Return the ``k`` best of lists (rows, any) best first, ties by the lower row number."""
    if scores.shape[1] > k:
        chosen = np.argpartition(-scores, k - 1, axis=1)[:, :k] if k else np.zeros((len(scores), 0))
        chosen = chosen.astype(np.intp)
        others = np.take_along_axis(others, chosen, axis=1)
        scores = np.take_along_axis(scores, chosen, axis=1)
    order = np.lexsort((others, -scores), axis=1)
    scores = np.take_along_axis(scores, order, axis=1)
    others = np.take_along_axis(others, order, axis=1)
    return Best(others=np.where(np.isfinite(scores), others, np.int32(NOBODY)), scores=scores)


class _Stripe:
    """What is kept of one block of rows while it meets the others."""

    def __init__(self, start: int, stop: int) -> None:
        self.rows = slice(start, stop)
        self.lock = threading.Lock()
        self.held: list[tuple[NDArray[np.int16], NDArray[np.int32], Floats]] = []
        self.size = 0

    def take(self, mine: Places, others: Places, scores: Floats) -> None:
        """Add pairs; ``mine`` counts from the stripe's first row."""
        self.held.append((mine.astype(np.int16), others.astype(np.int32), scores))
        self.size += len(scores)

    def thin(self, k: int) -> Best:
        """Return the best ``k`` of each row and keep nothing else."""
        count = self.rows.stop - self.rows.start
        best = _cut_hits(count, self.held, k)
        mine, place = np.nonzero(best.others != NOBODY)
        others, scores = best.others[mine, place], best.scores[mine, place]
        self.held, self.size = [(mine.astype(np.int16), others, scores)], len(scores)
        return best


class _Side:
    """What is kept of all rows, in stripes."""

    def __init__(self, count: int, score: ScoreBlock, k: int, block: int) -> None:
        self._count, self._score, self._k = count, score, k
        self._floors = _find_floors(count, score, k, block)
        self.stripes = [
            _Stripe(start, min(start + block, count)) for start in range(0, count, block)
        ]

    def floors_of(self, stripe: _Stripe) -> Floats:
        """Return what each row of a stripe must exceed to be kept."""
        return self._floors[stripe.rows]

    def take(self, stripe: _Stripe, mine: Places, others: Places, scores: Floats) -> None:
        """Keep pairs; ``mine`` counts from the stripe's first row."""
        if not len(mine):
            return
        with stripe.lock:
            stripe.take(mine, others, scores)
            if stripe.size > _CROWDED * self._k * (stripe.rows.stop - stripe.rows.start):
                last = stripe.thin(self._k).scores[:, -1]
                self._floors[stripe.rows] = np.maximum(self._floors[stripe.rows], last)

    def finish(self) -> Best:
        """Return all lists; rows whose floor was too high are scored anew."""
        return _join([self._finish(stripe) for stripe in self.stripes])

    def _finish(self, stripe: _Stripe) -> Best:
        best = stripe.thin(self._k)
        stripe.held = []
        short = np.flatnonzero(best.others[:, -1] == NOBODY)
        if len(short):
            anew = _scan(short + stripe.rows.start, self._count, self._score, self._k)
            best.others[short], best.scores[short] = anew.others, anew.scores
        return best


class _Sweep:
    """All pairs of stripes, each scored once for both."""

    def __init__(self, score: ScoreBlock, rows: _Side) -> None:
        self._score, self._rows = score, rows

    def run(self, threads: int) -> None:
        """Score all pairs."""
        if threads == 1:
            for pair in self._pairs():
                self._meet(*pair)
            return
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(lambda pair: self._meet(*pair), self._pairs()):
                pass

    def _pairs(self) -> Iterator[tuple[_Stripe, _Stripe]]:
        for place, one in enumerate(self._rows.stripes):
            for other in self._rows.stripes[place:]:
                yield one, other

    def _meet(self, one: _Stripe, other: _Stripe) -> None:
        scores = self._score(one.rows, other.rows)
        if one is other:
            np.fill_diagonal(scores, -np.inf)
        flat = scores.ravel()
        hits = np.flatnonzero(scores > self._rows.floors_of(one)[:, None])
        mine, theirs = np.divmod(hits, scores.shape[1])
        self._rows.take(one, mine, theirs + other.rows.start, flat[hits])
        if one is not other:
            hits = np.flatnonzero(scores > self._rows.floors_of(other)[None, :])
            mine, theirs = np.divmod(hits, scores.shape[1])
            self._rows.take(other, theirs, mine + one.rows.start, flat[hits])


def _find_floors(count: int, score: ScoreBlock, k: int, block: int) -> Floats:
    """Return for each row a score that well over ``k`` others are likely to exceed."""
    size = _LARGE_SAMPLE if count > _LARGE else _SAMPLE
    if count <= 2 * size:
        size = count // 2
    expected = k * size / count
    rank = math.ceil(expected + 2 * math.sqrt(expected) + 2)
    floors = np.full(count, -np.inf, dtype=np.float32)
    if rank >= size:
        return floors
    sample = np.random.default_rng(count).choice(count, size=size, replace=False).astype(np.intp)
    for start in range(0, count, block):
        scores = score(slice(start, min(start + block, count)), sample)
        floors[start : start + block] = np.partition(scores, size - rank, axis=1)[:, size - rank]
    return floors


def _cut_hits(
    count: int, held: list[tuple[NDArray[np.int16], NDArray[np.int32], Floats]], k: int
) -> Best:
    if not held:
        return _nothing(count, k)
    mine, others, scores = (np.concatenate(parts) for parts in zip(*held, strict=True))
    order = np.argsort(mine, kind="stable")
    lengths = np.bincount(mine, minlength=count)
    places = np.arange(len(mine)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    width = max(k, int(lengths.max()))
    padded = np.full((count, width), -np.inf, dtype=np.float32)
    names = np.full((count, width), NOBODY, dtype=np.int32)
    padded[mine[order], places] = scores[order]
    names[mine[order], places] = others[order]
    return cut_best(names, padded, k)


def _scan(rows: Places, count: int, score: ScoreBlock, k: int) -> Best:
    scores = score(rows, slice(0, count))
    scores[np.arange(len(rows)), rows] = -np.inf
    names = np.broadcast_to(np.arange(count, dtype=np.int32), scores.shape)
    return cut_best(names, scores, min(k, count))


def _parts(rows: Places) -> list[Places]:
    return [rows[start : start + BLOCK] for start in range(0, max(1, len(rows)), BLOCK)]


def _nothing(count: int, k: int) -> Best:
    return Best(
        others=np.full((count, k), NOBODY, dtype=np.int32),
        scores=np.full((count, k), -np.inf, dtype=np.float32),
    )


def _join(parts: list[Best]) -> Best:
    return Best(
        others=np.concatenate([part.others for part in parts]),
        scores=np.concatenate([part.scores for part in parts]),
    )
