"""The assignment relaxation of a seating: prices that bound every seating from above."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.affinity.rounds.weights import Floats, Ints, Weights

TOLERANCE: Final = 1e-12
"""Relative to the largest weight."""


@dataclass(frozen=True, kw_only=True)
class Prices:
    """One number per person; two people's numbers together are at least their weight.

    So their total bounds the value of every seating at tables of two and three from above.
    ``slack[i, j]``, price i + price j - weight, is what seating that pair costs against the
    bound; a table of three costs half the sum of its slacks. It is infinite for pairs that may
    not sit together and on the diagonal.
    """

    price: Floats
    slack: Floats

    @property
    def bound(self) -> float:
        """Upper bound on the value of any seating."""
        return float(self.price.sum())


def find_prices(weights: Weights) -> Prices:
    """Return the best prices for the weights of a round.

    Let everybody be assigned a partner, not necessarily in return: tables of two are half of
    such an assignment and tables of three half of a fractional one, so half its optimum is an
    upper bound. It is found by ``linear_sum_assignment`` (D. F. Crouse, *On implementing 2D
    rectangular assignment algorithms*, IEEE TAES 2016). That gives no dual prices; they follow
    by relaxing their constraints along the assignment (Bellman and Ford).
    """
    matrix = weights.matrix
    _, partner = linear_sum_assignment(matrix, maximize=True)
    columns = _column_prices(matrix, partner)
    rows = (matrix - columns[None, :]).max(axis=1)
    price = 0.5 * (rows + columns)
    slack = price[:, None] + price[None, :] - matrix
    slack[~weights.allowed()] = np.inf
    return Prices(price=price, slack=slack)


def _column_prices(matrix: Floats, partner: Ints) -> Floats:
    regret = matrix - np.take_along_axis(matrix, partner[:, None], axis=1)
    enough = TOLERANCE * float(np.abs(matrix).max())
    prices = np.zeros(partner.size)
    for _ in range(partner.size):
        raised = np.maximum(prices, (regret + prices[partner][:, None]).max(axis=0))
        if float((raised - prices).max()) <= enough:
            break
        prices = raised
    return prices
