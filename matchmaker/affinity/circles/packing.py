"""A disjoint choice of threes of great value, and a bound on the greatest."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matchmaker.affinity.circles.cycles import Floats, Ints
from matchmaker.affinity.circles.exchange import exchange

PRICE_STEPS: Final = 80
GREEDY_EVERY: Final = 10
SLOWER: Final = 0.85
"""How much shorter the price steps become after one that brought no better bound."""

BEST_EACH: Final = 40
"""Threes per person, the most profitable of all, among which the choice is made."""


@dataclass(frozen=True, kw_only=True)
class Packing:
    """``chosen`` are positions of disjoint threes; no disjoint choice is worth over ``bound``."""

    chosen: list[int]
    value: float
    bound: float


def pack_disjoint(members: Ints, values: Floats, *, people: int) -> Packing:
    """Choose disjoint threes, rows of ``members`` (threes, 3), of great total value.

    Weighted set packing with sets of three is NP-hard. Prices on people by subgradient steps
    (M. Held, P. Wolfe, H. Crowder, *Validation of subgradient optimization*, 1974) give the
    bound: with prices, everybody starts at most one three. Every few steps the threes are
    chosen greedily by value less prices; the best choice is then improved by exchanges.
    """
    if values.size == 0:
        return Packing(chosen=[], value=0.0, bound=0.0)
    market = _Market(members, values, people=people)
    best = market.choose_greedily()
    for step in range(PRICE_STEPS):
        market.update_prices(market.worth(best))
        if step % GREEDY_EVERY == GREEDY_EVERY - 1:
            best = max(best, market.choose_greedily(), key=market.worth)
    near = np.union1d(market.find_most_profitable(), best)
    kept, profits = np.searchsorted(near, best), market.profits()[near]
    chosen = near[exchange(kept, members[near], values[near], profits)]
    value = market.worth(chosen)
    return Packing(chosen=chosen.tolist(), value=value, bound=max(value, market.bound))


class _Market:
    """Prices on people, and the best bound they have given so far."""

    def __init__(self, members: Ints, values: Floats, *, people: int) -> None:
        often = np.bincount(members.ravel(), minlength=people)[members]
        self.members, self.values = members, values
        self.starter = members[np.arange(len(members)), often.argmax(axis=1)]
        self.columns = [np.ascontiguousarray(column) for column in members.T]
        self.price = np.zeros(people)
        self.bound = float(np.inf)
        self._reach = 1.0

    def worth(self, chosen: Ints) -> float:
        return float(self.values[chosen].sum())

    def profits(self) -> Floats:
        profits = self.values.copy()
        for column in self.columns:
            profits -= self.price[column]
        return profits

    def update_prices(self, value: float) -> None:
        """Note the bound at these prices and move them towards people used once."""
        profits = self.profits()
        best = np.zeros(self.price.size)
        np.maximum.at(best, self.starter, profits)
        bound = float(self.price.sum() + best.sum())
        self._reach *= 1.0 if bound < self.bound else SLOWER
        self.bound = min(self.bound, bound)
        taken = np.flatnonzero((profits > 0.0) & (profits == best[self.starter]))
        used = np.bincount(self.members[taken].ravel(), minlength=self.price.size) - 1.0
        used[(self.price <= 0.0) & (used < 0.0)] = 0.0
        length = float(used @ used)
        if length > 0.0:
            step = self._reach * max(bound - value, 0.0) / length
            self.price = np.maximum(self.price + step * used, 0.0)

    def find_most_profitable(self) -> Ints:
        """Return the positions of the threes that choices are made from."""
        most = BEST_EACH * self.price.size
        if self.values.size <= most:
            return np.arange(self.values.size)
        return np.sort(np.argpartition(-self.profits(), most)[:most])

    def choose_greedily(self) -> Ints:
        """Return the disjoint threes that come first by profit, as positions in order."""
        left = self.find_most_profitable()
        left = left[np.argsort(-self.profits()[left], kind="stable")]
        chosen = []
        while left.size:
            rank = np.arange(left.size)
            first = np.full(self.price.size, left.size)
            np.minimum.at(first, self.members[left].ravel(), np.repeat(rank, 3))
            wins = (first[self.members[left]] == rank[:, None]).all(axis=1)
            chosen.append(left[wins])
            busy = np.zeros(self.price.size, dtype=np.bool_)
            busy[self.members[left[wins]]] = True
            left = left[~busy[self.members[left]].any(axis=1)]
        return np.sort(np.concatenate(chosen))
