"""Mutual neighbours among two vectors a person: what is offered and what is needed.

Up to ``FULL_WIDTH_UP_TO`` people every pair is scored at full width. Above, candidates are found
along the few axes that carry most of the products (principal axes about the origin), and these
are scored anew at full width: what is returned are always full scores.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from matchmaker.affinity.top_k import (
    NOBODY,
    Best,
    Floats,
    Rows,
    count_threads,
    cut_best,
    find_best,
)

FULL_WIDTH_UP_TO: Final = 5_000
AXES: Final = 128
SPARE: Final = 2
"""How many times as many candidates are scored at full width as are asked for."""

SMOOTHING: Final = 0.1

LEARNT_FROM: Final = 20_000
_GATHERED: Final = 32


class SmoothedProduct:
    """(a + ε)(b + ε) of the products a, b of one's offer with the other's need; 0 if negative.

    Parameters
    ----------
    offers, needs : ndarray of float32, shape (people, width)
    """

    def __init__(self, offers: Floats, needs: Floats, *, smoothing: float = SMOOTHING) -> None:
        self._smoothing = np.float32(smoothing)
        # One more column lets the product itself add what would take another pass.
        self._offers, self._needs = _append(offers, smoothing), _append(needs, 1)

    def __call__(self, one: Rows, other: Rows) -> Floats:
        """Return the scores of some people with others, shape (some, others)."""
        give = self._offers[one] @ self._needs[other].T
        get = self._needs[one] @ self._offers[other].T
        return self._combine(give, get)

    def score_pairs(self, rows: NDArray[np.intp], others: NDArray[np.int32]) -> Floats:
        """Return the scores of each row with its own others, shape of ``others``."""
        give = np.matmul(self._needs[others], self._offers[rows, :, None])[:, :, 0]
        get = np.matmul(self._offers[others], self._needs[rows, :, None])[:, :, 0]
        return self._combine(give, get)

    def _combine(self, give: Floats, get: Floats) -> Floats:
        for product in (give, get):
            np.maximum(product, self._smoothing, out=product)
        give *= get
        return give


def _append(rows: Floats, value: float) -> Floats:
    column = np.full((len(rows), 1), value, dtype=np.float32)
    return np.hstack([np.asarray(rows, dtype=np.float32), column])


def find_mutual_best(offers: Floats, needs: Floats, *, k: int, threads: int | None = None) -> Best:
    """Return the ``k`` best others of everybody; see the module for when it is approximate."""
    full = SmoothedProduct(offers, needs)
    if len(offers) <= FULL_WIDTH_UP_TO or offers.shape[1] <= AXES:
        return find_best(len(offers), full, k=k, threads=threads)
    with threadpool_limits(1, user_api="blas"):
        axes = find_axes([offers, needs], AXES)
        narrow = SmoothedProduct(offers @ axes, needs @ axes)
    found = find_best(len(offers), narrow, k=SPARE * k, threads=threads)
    return rescore(full, found, k=k, threads=threads)


def find_axes(sides: list[Floats], count: int) -> Floats:
    """Return the axes that keep most of the rows' products, shape (width, ``count``)."""
    width = sides[0].shape[1]
    moments = np.zeros((width, width), dtype=np.float32)
    for rows in sides:
        some = rows[:: max(1, len(rows) // LEARNT_FROM)]
        moments += some.T @ some
    _, axes = np.linalg.eigh(moments.astype(np.float64))
    return np.ascontiguousarray(axes[:, ::-1][:, :count], dtype=np.float32)


def rescore(score: SmoothedProduct, found: Best, *, k: int, threads: int | None = None) -> Best:
    """Return the ``k`` best of the candidates that were found, by their full scores."""
    starts = range(0, len(found.others), _GATHERED)
    scores = np.empty_like(found.scores)

    def fill(start: int) -> None:
        others = found.others[start : start + _GATHERED]
        rows = np.arange(start, start + len(others))
        anew = score.score_pairs(rows, np.maximum(others, 0))
        scores[start : start + _GATHERED] = np.where(others == NOBODY, -np.inf, anew)

    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(count_threads(threads)) as pool:
        list(pool.map(fill, starts))
    return cut_best(found.others, scores, k)
