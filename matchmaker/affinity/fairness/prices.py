"""What a place costs: prices that rise where more lists want a person than can have them."""

from typing import Final

import numpy as np

from matchmaker.affinity.fairness.graph import CandidateGraph, Floats, Ints

SOFTNESS: Final = (0.2, 0.05, 0.02)
"""Falling temperatures of the prices, as shares of the mean of each list's best score."""

ROUNDS: Final = 25
"""Updates of all prices at each temperature."""


def find_reduced_scores(graph: CandidateGraph) -> Floats:
    """Return each edge's score less what its list and its person cost, shape (edges,).

    Entropic optimal transport between list places and wished-for meetings on the sparse
    candidate graph by Sinkhorn's alternate scaling (M. Cuturi, *Sinkhorn Distances*, NIPS 2013),
    with two differences: sums may stay below their caps, so no price is negative; and an edge
    can be used once only, so its share is 1 / (1 + exp((price - score) / softness)) instead of
    the exponential alone. Without the second the prices of popular people come out wrong. The
    prices are approximate duals of the capped assignment: edges with a high reduced score
    belong to a near-optimal choice.
    """
    usable = np.flatnonzero((graph.room[graph.owner] > 0) & (graph.limit[graph.about] > 0))
    reduced = graph.score.copy()
    if usable.size:
        market = _Market(graph, usable)
        unit = mean_best_score(market.owner, market.score)
        for softness in SOFTNESS:
            for _ in range(ROUNDS):
                market.update_prices(softness * unit)
        reduced[usable] = market.score - market.price()
    return reduced


def mean_best_score(owner: Ints, score: Floats) -> float:
    """Return the mean over lists of the size of their best score; above 0."""
    best = np.full(int(owner.max()) + 1, -np.inf)
    np.maximum.at(best, owner, score)
    return max(float(np.abs(best[np.isfinite(best)]).mean()), 1e-12)


class _Market:
    """Prices of lists and of persons over the usable edges, raised and lowered in turn."""

    def __init__(self, graph: CandidateGraph, usable: Ints) -> None:
        self.owner, self.about = graph.owner[usable], graph.about[usable]
        self.score = graph.score[usable]
        people = len(graph.people)
        self.list_price, self.person_price = np.zeros(people), np.zeros(people)
        self.room = _reachable(graph.room, self.owner)
        self.limit = _reachable(graph.limit, self.about)

    def price(self) -> Floats:
        return np.asarray(self.list_price[self.owner] + self.person_price[self.about])

    def update_prices(self, softness: float) -> None:
        for price, key, cap in (
            (self.list_price, self.owner, self.room),
            (self.person_price, self.about, self.limit),
        ):
            exponent = np.clip((self.price() - self.score) / softness, -500.0, 500.0)
            used = np.bincount(key, 1.0 / (1.0 + np.exp(exponent)), price.size)
            price += softness * np.log(np.maximum(used, 1e-12) / cap)
            np.maximum(price, 0.0, out=price)


def _reachable(cap: Ints, key: Ints) -> Floats:
    """Return caps that shares, each below 1, can reach."""
    edges = np.bincount(key, minlength=cap.size)
    return np.asarray(np.clip(np.minimum(cap, 0.999 * edges), 1e-9, None))
