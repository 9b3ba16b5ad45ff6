"""Giving circles: all of them found, a disjoint choice made, for those whom pairs serve badly."""

from collections.abc import Mapping
from itertools import combinations, permutations
from time import process_time

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from matchmaker.affinity.circles import CircleChoice, propose_circles
from matchmaker.people.ids import AttendeeId

Edges = Mapping[int, Mapping[int, float]]


def propose(edges: Edges, served: Mapping[int, float] | None = None) -> CircleChoice:
    return propose_circles(
        {AttendeeId(a): {AttendeeId(b): s for b, s in row.items()} for a, row in edges.items()},
        served={AttendeeId(who): value for who, value in (served or {}).items()},
    )


def make_edges(people: int, each: int, seed: int = 0) -> dict[int, dict[int, float]]:
    rng = np.random.default_rng(seed)
    takers = rng.integers(people, size=(people, each))
    strengths = rng.uniform(0.12, 1.0, size=(people, each))
    return {
        giver: dict(zip(takers[giver].tolist(), strengths[giver].tolist(), strict=True))
        for giver in range(people)
    }


def list_by_trying_all(edges: Edges) -> set[tuple[int, int, int]]:
    people = sorted({*edges, *(b for row in edges.values() for b in row)})
    return {
        (a, b, c)
        for three in combinations(people, 3)
        for a, b, c in permutations(three)
        if a == min(three)
        and all(edges.get(x, {}).get(y, 0.0) > 0.0 for x, y in ((a, b), (b, c), (c, a)))
    }


def test_three_who_help_each_other_in_turn_make_a_circle() -> None:
    choice = propose({1: {2: 0.5}, 2: {3: 0.4}, 3: {1: 0.8}})
    (circle,) = choice.circles
    assert circle.members == (1, 2, 3)
    assert circle.strength == pytest.approx((0.5 * 0.4 * 0.8) ** (1 / 3))
    assert circle.gain == pytest.approx(3 * circle.strength)
    assert (choice.found, choice.gap) == (1, 0.0)


def test_a_chain_that_does_not_close_is_no_circle() -> None:
    assert propose({1: {2: 0.5}, 2: {3: 0.4}, 1_000: {1: 0.8}}).circles == ()


def test_whom_pairs_serve_better_no_circle_is_proposed_to() -> None:
    edges = {1: {2: 0.5}, 2: {3: 0.5}, 3: {1: 0.5}}
    assert propose(edges, {1: 0.6, 2: 0.6, 3: 0.6}).circles == ()
    (circle,) = propose(edges, {1: 0.6, 2: 0.6, 3: 0.2}).circles
    assert circle.gain == pytest.approx(0.3)


def test_those_whom_pairs_serve_worst_get_the_circle() -> None:
    edges = {0: {1: 0.5, 3: 0.5}, 1: {2: 0.5}, 2: {0: 0.5}, 3: {4: 0.5}, 4: {0: 0.5}}
    (circle,) = propose(edges, {1: 0.4, 2: 0.4, 3: 0.1, 4: 0.1}).circles
    assert circle.members == (0, 3, 4)


def test_both_ways_round_are_considered_and_the_better_is_taken() -> None:
    edges = {1: {2: 0.9, 3: 0.2}, 2: {3: 0.9, 1: 0.2}, 3: {1: 0.9, 2: 0.2}}
    choice = propose(edges)
    assert choice.found == 2
    assert [circle.members for circle in choice.circles] == [(1, 2, 3)]


def test_two_good_circles_are_better_than_one_very_good_one_between_them() -> None:
    edges = {
        1: {2: 0.7, 4: 0.9}, 2: {3: 0.7}, 3: {1: 0.7},
        4: {5: 0.7, 7: 0.9}, 5: {6: 0.7}, 6: {4: 0.7}, 7: {1: 0.9},
    }  # fmt: skip
    assert [circle.members for circle in propose(edges).circles] == [(1, 2, 3), (4, 5, 6)]


@pytest.mark.parametrize("strength", [0.0, -1.0, float("nan"), float("inf")])
def test_an_edge_without_a_usable_strength_is_none(strength: float) -> None:
    assert propose({1: {2: 0.5}, 2: {3: 0.4}, 3: {1: strength}}).found == 0


def test_nobody_is_in_a_circle_with_themselves() -> None:
    assert propose({1: {1: 0.9, 2: 0.9}, 2: {1: 0.9, 2: 0.9}}).found == 0


def test_an_empty_room_has_no_circles() -> None:
    choice = propose({})
    assert (choice.circles, choice.value, choice.bound, choice.gap) == ((), 0.0, 0.0, 0.0)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 9),
        st.dictionaries(st.integers(0, 9), st.sampled_from([0.2, 0.5, 0.9]), max_size=6),
    ),
    st.dictionaries(st.integers(0, 9), st.sampled_from([0.0, 0.3, 0.6])),
)
def test_all_circles_are_found_and_the_choice_is_disjoint_and_within_its_bound(
    edges: dict[int, dict[int, float]], served: dict[int, float]
) -> None:
    choice = propose(edges, served)
    every = list_by_trying_all(edges)
    assert choice.found == len(every)
    assert {circle.members for circle in choice.circles} <= every
    members = [who for circle in choice.circles for who in circle.members]
    assert len(set(members)) == len(members)
    assert choice.value == pytest.approx(sum(circle.gain for circle in choice.circles))
    assert choice.bound >= choice.value
    assert all(circle.gain > 0.0 for circle in choice.circles)


@pytest.mark.parametrize("seed", range(6))
def test_in_a_small_room_the_choice_is_as_good_as_the_best_of_all_choices(seed: int) -> None:
    edges = make_edges(12, 4, seed)
    worth = {
        (a, b, c): 3 * (edges[a][b] * edges[b][c] * edges[c][a]) ** (1 / 3)
        for a, b, c in list_by_trying_all(edges)
    }
    best = best_disjoint(sorted(worth), worth)
    choice = propose(edges)
    assert choice.bound >= best - 1e-9
    assert choice.value >= 0.97 * best


def best_disjoint(
    circles: list[tuple[int, int, int]], worth: Mapping[tuple[int, int, int], float]
) -> float:
    if not circles:
        return 0.0
    first, rest = circles[0], circles[1:]
    apart = [circle for circle in rest if not set(circle) & set(first)]
    return max(best_disjoint(rest, worth), worth[first] + best_disjoint(apart, worth))


def test_the_order_of_the_arguments_is_without_influence() -> None:
    edges = make_edges(60, 8)
    backwards = {a: dict(reversed(list(edges[a].items()))) for a in reversed(list(edges))}
    assert propose(edges) == propose(backwards)


def test_five_thousand_people_get_their_circles_within_seconds_and_near_the_bound() -> None:
    edges = make_edges(5_000, 50)
    started = process_time()
    choice = propose(edges)
    assert process_time() - started < 20.0
    assert choice.found > 30_000
    assert choice.gap < 0.08
