"""The pairs and threes that cost least: the small part of a room that a seating needs."""

from collections.abc import Iterator
from heapq import nsmallest
from typing import Final

import numpy as np

from matchmaker.affinity.rounds.weights import Floats, Ints, Table

ROWS_AT_ONCE: Final = 256
NEIGHBOURS: Final = 6
"""Pairs listed per person unless said otherwise."""

MOST_TRIPLES: Final = 64


def list_near_pairs(slack: Floats, *, each: int = NEIGHBOURS) -> Ints:
    """Return each person's pairs of lowest slack, shape (pairs, 2), one < other.

    Equal slacks are taken in an arbitrary but fixed order, so that a room in which everybody
    suits everybody alike doesn't yield the pairs of the first few people only. A ring through
    all is added, so that no group too small or too odd to be paired stands apart.
    """
    people = len(slack)
    count = min(each, people)
    random = np.random.default_rng(0)
    finite = slack[np.isfinite(slack)]
    tie_breaker = 1e-9 * float(np.abs(finite).mean()) + 1e-15 if finite.size else 0.0
    nearest = []
    for start in range(0, people, ROWS_AT_ONCE):
        rows = slack[start : start + ROWS_AT_ONCE]
        rows = rows + tie_breaker * random.random(rows.shape)
        nearest.append(np.argpartition(rows, count - 1, axis=1)[:, :count])
    ring = random.permutation(people)
    one = np.concatenate([np.repeat(np.arange(people), count), ring])
    other = np.concatenate([*(rows.ravel() for rows in nearest), np.roll(ring, 1)])
    return _as_pairs(one, other, slack)


def list_pairs_within(slack: Floats, limit: float) -> Ints:
    """Return all pairs of at most that slack, shape (pairs, 2), one < other."""
    one, other = np.nonzero(np.triu(slack <= limit, 1))
    return np.column_stack([one, other])


def list_cheap_triples(slack: Floats) -> tuple[list[tuple[float, Table]], float]:
    """Return tables of three with their costs, lowest first, and a floor for all others' costs.

    Listed are those whose three pairs are all near (see ``list_near_pairs``); in any other one
    a pair is at least as far as its people's farthest listed pairs.
    """
    pairs = list_near_pairs(slack)
    near: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        near.setdefault(one, set()).add(other)
    found: Iterator[tuple[float, Table]] = (
        (0.5 * float(slack[a, b] + slack[a, c] + slack[b, c]), (a, b, c))
        for a, after in sorted(near.items())
        for b in sorted(after)
        for c in sorted(after & near.get(b, set()))
    )
    triples = nsmallest(MOST_TRIPLES + 1, found)
    floor = 0.5 * _farthest_listed(slack)
    if len(triples) > MOST_TRIPLES:
        floor = min(floor, triples.pop()[0])
    return triples, floor


def _farthest_listed(slack: Floats) -> float:
    """Return the lowest slack that a pair missing from the near ones can have."""
    if len(slack) <= NEIGHBOURS:
        return np.inf
    return float(np.partition(slack, NEIGHBOURS - 1, axis=1)[:, NEIGHBOURS - 1].min())


def _as_pairs(one: Ints, other: Ints, slack: Floats) -> Ints:
    usable = np.isfinite(slack[one, other])
    pairs = np.column_stack([np.minimum(one, other), np.maximum(one, other)])[usable]
    return np.unique(pairs, axis=0)
