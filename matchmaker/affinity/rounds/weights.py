"""What a round maximises: scores tilted to the under-served, penalties that no score outweighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Table = tuple[int, ...]

CATCHING_UP: Final = 2.0
"""How much heavier the scores of somebody count who has had nothing while others were served."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """``matrix`` is symmetric, shape (people, people), penalties and diagonal included.

    A table of two is worth its weight, a table of three half the sum of its three weights: in
    both, half the sum over its people of their mean weight with the others. So a table of three
    counts as one and a half tables of two that share its time. A person alone is worth half the
    diagonal. ``repeat`` is what a pair that has met loses: more than all scores together;
    being alone costs more than all repeats, a forbidden pair more than ``forbidden``.
    """

    matrix: Floats
    repeat: float
    forbidden: float

    def value(self, table: Table) -> float:
        """Return what a table is worth, penalties included."""
        if len(table) == 1:
            return 0.5 * float(self.matrix[table[0], table[0]])
        inside = self.matrix[np.ix_(table, table)]
        return float(np.triu(inside, 1).sum()) / (len(table) - 1)

    def allowed(self) -> Bools:
        """Return which pairs may sit together at all, shape (people, people)."""
        allowed = self.matrix > -self.forbidden
        np.fill_diagonal(allowed, val=False)
        return allowed

    def allows(self, table: Sequence[int]) -> bool:
        """Return whether all at a table may sit together."""
        inside = self.matrix[np.ix_(table, table)] > -self.forbidden
        return bool(inside[np.triu_indices(len(table), 1)].all())


def build_weights(score: Floats, *, met: Bools, forbidden: Bools, deficit: Floats) -> Weights:
    """Return the weights of one round from symmetric scores ≥ 0, shape (people, people).

    ``met`` marks pairs that have sat together, ``forbidden`` those that must not; ``deficit``
    in 0..1 says how far each person lags behind. It multiplies, because in a seating of
    everybody whatever is added per person is the same for all seatings.
    """
    people = len(score)
    matrix = score * (1.0 + CATCHING_UP * (deficit[:, None] + deficit[None, :]))
    repeat = people * float(matrix.max(initial=0.0)) + 1.0
    alone = people * repeat
    matrix[met] -= repeat
    matrix[forbidden] = -4.0 * alone
    np.fill_diagonal(matrix, -2.0 * alone)
    return Weights(matrix=matrix, repeat=repeat, forbidden=3.0 * alone)


def measure_deficit(served: Floats) -> Floats:
    """Return how far each person's score so far lags behind the mean, in 0..1."""
    mean = float(served.mean()) if served.size else 0.0
    if mean <= 0.0:
        return np.zeros(served.size)
    return np.asarray(np.clip(1.0 - served / mean, 0.0, 1.0))
