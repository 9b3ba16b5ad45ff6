"""Tables of three: exact in small rooms, elsewhere by reassigning one of each table at once."""

from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.affinity.rounds.nearness import list_near_pairs
from matchmaker.affinity.rounds.prices import find_prices
from matchmaker.affinity.rounds.programs import build_program
from matchmaker.affinity.rounds.tables import Seating, without_forbidden
from matchmaker.affinity.rounds.weights import Floats, Table, Weights

EXACT_UP_TO: Final = 24
"""Rooms up to this size are seated exactly."""

LINEAR_UP_TO: Final = 120
"""Rooms up to this size get the tight bound of a linear program over all tables."""

STARTS: Final = 600
"""Random first seatings, times the number of people; at least one, at most twelve."""

STEPS: Final = 200
"""Reassignments from each first seating; fewer from a third of that on in ``LARGE`` rooms."""

LARGE: Final = 600

PRICE_STEPS: Final = 15


def seat_in_threes(weights: Weights) -> Seating:
    """Seat everybody at tables of three, with one or two tables of two as the number demands.

    Dividing people into threes of greatest weight is NP-hard. Rooms of up to ``EXACT_UP_TO``
    are solved as an integer program over all tables; others by repeated improvement from
    seeded random seatings: one person of each table gets up, and all who stand are assigned to
    the tables anew in the best way at once (a very large neighbourhood, searched exactly by an
    assignment problem; R. K. Ahuja et al., *A survey of very large-scale neighborhood search
    techniques*, 2002). The tables of two are then pairs of lowest slack or greatest weight.
    ``bound`` comes from a linear program up to ``LINEAR_UP_TO`` people; beyond it is looser.
    """
    people = len(weights.matrix)
    if people < 2:
        return Seating(tables=[(0,)] * people, bound=float(weights.matrix.sum()) / 2)
    found = _solve(weights) if people <= EXACT_UP_TO else None
    tables, bound = found or _search(weights)
    seated = without_forbidden(tables, weights)
    if seated != tables:
        bound = find_prices(weights).bound
    value = sum(weights.value(table) for table in seated)
    return Seating(tables=seated, bound=max(value, bound))


def _solve(weights: Weights) -> tuple[list[Table], float] | None:
    return build_program(weights, twos=-len(weights.matrix) % 3).solve()


def _search(weights: Weights) -> tuple[list[Table], float]:
    people = len(weights.matrix)
    twos = -people % 3
    prices = find_prices(weights)
    best: list[Table] = []
    best_value = -np.inf
    for start in range(int(np.clip(STARTS // people, 1, 12))):
        cost = -weights.matrix if start % 2 else prices.slack
        pairs = _cheapest_pairs(prices.slack, cost, number=twos, after=start // 2)
        tables = [*pairs, *_improve(weights.matrix, pairs, seed=start)]
        value = sum(weights.value(table) for table in tables)
        if value > best_value:
            best, best_value = tables, value
    if people <= LINEAR_UP_TO:
        return best, build_program(weights, twos=twos).bound(best)
    return best, bound_by_prices(weights.matrix, prices.price, twos=twos)


def _cheapest_pairs(slack: Floats, cost: Floats, *, number: int, after: int) -> list[Table]:
    """Return disjoint near pairs, the cheapest first, leaving out the first ``after`` of all."""
    near = list_near_pairs(slack)
    order = np.argsort(cost[near[:, 0], near[:, 1]], kind="stable")
    pairs: list[Table] = []
    for one, other in near[np.roll(order, -after)].tolist():
        if len(pairs) < number and not {one, other} & {who for pair in pairs for who in pair}:
            pairs.append((one, other))
    return pairs


def _improve(matrix: Floats, pairs: list[Table], *, seed: int) -> list[Table]:
    """Return tables of three for all who are in no pair, improved until the steps are used."""
    random = np.random.default_rng(seed)
    rest = np.setdiff1d(np.arange(len(matrix)), np.array(pairs, dtype=np.intp).ravel())
    tables = random.permutation(rest).reshape(-1, 3)
    row = np.arange(len(tables))
    for _ in range(int(np.clip(STEPS * LARGE // max(rest.size, 1), STEPS // 3, STEPS))):
        leaver = random.integers(0, 3, len(tables))
        standing = tables[row, leaver]
        one, other = tables[row, (leaver + 1) % 3], tables[row, (leaver + 2) % 3]
        gain = matrix[np.ix_(one, standing)] + matrix[np.ix_(other, standing)]
        _, third = linear_sum_assignment(gain, maximize=True)
        tables = np.column_stack([one, other, standing[third]])
    return [(a, b, c) for a, b, c in np.sort(tables, axis=1).tolist()]


def bound_by_prices(matrix: Floats, price: Floats, *, twos: int) -> float:
    """Return an upper bound on seatings in threes with ``twos`` tables of two.

    In threes everybody has two different partners, so a pair counts once only: whatever a
    weight exceeds its two prices by is added at most once each way. The prices are lowered
    towards the point at which everybody has two such pairs, keeping the best bound on the way
    (Lagrangian relaxation of the simple 2-matching).
    """
    weight = matrix.copy()
    np.fill_diagonal(weight, -np.inf)
    best = float(price.sum())
    for _ in range(PRICE_STEPS):
        left = np.partition(weight - price[None, :], [-3, -2], axis=1)
        price = 0.5 * (price + 0.5 * (left[:, -3] + left[:, -2]))
        excess = np.maximum(weight - price[:, None] - price[None, :], 0.0)
        once = float(price.sum()) + 0.25 * float(excess.sum())
        best = min(best, once + 0.5 * twos * float(excess.max()))
    return best
