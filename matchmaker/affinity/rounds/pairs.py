"""Tables of two: exact matching on the few pairs that a best seating can contain."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import rustworkx

from matchmaker.affinity.rounds.nearness import (
    NEIGHBOURS,
    list_cheap_triples,
    list_near_pairs,
    list_pairs_within,
)
from matchmaker.affinity.rounds.prices import find_prices
from matchmaker.affinity.rounds.tables import Seating, without_forbidden
from matchmaker.affinity.rounds.weights import Floats, Ints, Table, Weights

EXACT_UP_TO: Final = 500
"""An even number of people up to this is seated exactly whatever it takes."""

ALL_PAIRS: Final = 125_000
"""All pairs of that many people are fewer."""

PAIRS_EACH: Final = 20
"""In larger rooms a proof that needs more pairs per person than this is left out."""

UNITS: Final = 2**30
"""The matching works in whole numbers: this many to a weight of one."""


TRIES: Final = 10_000
"""Tables of three tried for an odd number, times the number of people; at least three."""


def seat_in_pairs(weights: Weights) -> Seating:
    """Seat everybody at tables of two, and three at one table where the number is odd.

    Maximum weight matching (blossoms; Z. Galil, *Efficient algorithms for finding maximum
    matching in graphs*, ACM Computing Surveys 1986, as in rustworkx) first runs on each
    person's few pairs of lowest slack, which gives a seating of a certain cost; one that costs
    less contains no pair of more slack than that, so a second run on the pairs within it
    settles the matter: an even number is seated exactly and ``bound`` equals the value.

    For an odd number the tables of three are tried from the lowest cost on, each with the rest
    seated exactly. The cost of the next one bounds what was not tried.
    """
    people = len(weights.matrix)
    if people == 0:
        return Seating(tables=[], bound=0.0)
    prices = find_prices(weights)
    if people % 2 == 0:
        most_pairs = ALL_PAIRS if people <= EXACT_UP_TO else PAIRS_EACH * people
        matched = _pair_up(prices.slack, most_pairs=most_pairs)
    else:
        matched = _pair_up_around_three(prices.slack)
    tables = without_forbidden(matched.tables, weights)
    value = sum(weights.value(table) for table in tables)
    return Seating(tables=tables, bound=max(value, prices.bound - matched.floor))


@dataclass(frozen=True, kw_only=True)
class _Matched:
    """Tables (of one for those left over), their cost, and a floor for any tables' cost."""

    tables: list[Table]
    cost: float
    floor: float


def _pair_up_around_three(slack: Floats) -> _Matched:
    """Try the cheapest tables of three, each with the others in pairs."""
    triples, floor = list_cheap_triples(slack)
    tries = max(3, TRIES // len(slack))
    floors = [floor, *(cost for cost, _ in triples[tries : tries + 1])]
    best: _Matched | None = None
    for cost, triple in triples[:tries]:
        if best is not None and cost >= best.cost:
            floors.append(cost)
            break
        tried = _pair_up_with(triple, slack)
        floors.append(cost + tried.floor)
        if best is None or cost + tried.cost < best.cost:
            best = _Matched(tables=tried.tables, cost=cost + tried.cost, floor=0.0)
    if best is None:
        return _pair_up(slack, most_pairs=0)
    return _Matched(tables=best.tables, cost=best.cost, floor=min(*floors, best.cost))


def _pair_up_with(triple: Table, slack: Floats) -> _Matched:
    others = np.delete(np.arange(len(slack)), triple)
    rest = _pair_up(slack[np.ix_(others, others)], most_pairs=PAIRS_EACH * others.size)
    seated = [tuple(others[list(table)].tolist()) for table in rest.tables]
    return _Matched(tables=[triple, *seated], cost=rest.cost, floor=rest.floor)


def _pair_up(slack: Floats, *, most_pairs: int) -> _Matched:
    """Return the pairs of least cost in all; the floor is that cost where this is proven."""
    if len(slack) == 0:
        return _Matched(tables=[], cost=0.0, floor=0.0)
    pairs, cost = _match_as_many_as_possible(slack)
    left_over = sorted(set(range(len(slack))).difference(*pairs))
    if left_over:
        return _Matched(tables=[*pairs, *((one,) for one in left_over)], cost=np.inf, floor=0.0)
    within = list_pairs_within(slack, cost + len(slack) / UNITS)
    if len(within) > most_pairs:
        return _Matched(tables=pairs, cost=cost, floor=0.0)
    pairs, cost = _match(within, slack)
    return _Matched(tables=pairs, cost=cost, floor=cost)


def _match_as_many_as_possible(slack: Floats) -> tuple[list[Table], float]:
    pairs: list[Table] = []
    cost = np.inf
    for each in (NEIGHBOURS, 10 * NEIGHBOURS, len(slack)):
        near = list_near_pairs(slack, each=each)
        if pairs and len(near) > ALL_PAIRS:
            break
        pairs, cost = _match(near, slack)
        if 2 * len(pairs) == len(slack):
            break
    return pairs, cost


def _match(pairs: Ints, slack: Floats) -> tuple[list[Table], float]:
    """Return as many disjoint pairs as possible, of least slack in all, and that slack."""
    units = np.rint(slack[pairs[:, 0], pairs[:, 1]] * UNITS).astype(np.int64)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(slack)))
    graph.add_edges_from(list(zip(*pairs.T.tolist(), (-units).tolist(), strict=True)))
    mates = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    matched: list[Table] = sorted((min(pair), max(pair)) for pair in mates)
    return matched, float(sum(slack[pair] for pair in matched))
