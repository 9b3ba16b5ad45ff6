"""Rounds of tables: how near they come to the best there could be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import networkx
import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.affinity.rounds import Round, seat_rounds
from matchmaker.people.ids import AttendeeId

Scores = NDArray[np.float64]


def make_people(number: int) -> list[AttendeeId]:
    return [AttendeeId(100 + row) for row in range(number)]


def make_scores(number: int, seed: int = 0) -> Scores:
    scores = np.random.default_rng(seed).random((number, number)) ** 2
    return np.asarray((scores + scores.T) / 2)


def list_pairs(rounds: Iterable[Round]) -> list[tuple[AttendeeId, AttendeeId]]:
    return [
        (min(pair), max(pair))
        for round_ in rounds
        for table in round_.tables
        for pair in combinations(table, 2)
    ]


def sizes(round_: Round) -> dict[int, int]:
    return dict(Counter(len(table) for table in round_.tables))


def best_value_by_trying_all(people: Sequence[int], scores: Scores, size: int) -> float:
    """What the best division into pairs (and one three) or threes is worth; for tiny rooms."""
    if not people:
        return 0.0
    first, rest = people[0], people[1:]
    two = len(people) % 2 == 0 if size == 2 else len(people) % 3 != 0
    three = size == 3 or len(people) % 2 == 1
    best = -np.inf
    for others in [*combinations(rest, 1), *combinations(rest, 2)]:
        if (len(others) == 1 and not (two or three)) or (len(others) == 2 and not three):
            continue
        table = (first, *others)
        left = [one for one in rest if one not in others]
        if len(left) == 1 or (size == 3 and len(others) == 1 and not two):
            continue
        worth = sum(scores[pair] for pair in combinations(table, 2)) / len(others)
        best = max(best, worth + best_value_by_trying_all(left, scores, size))
    return best


@pytest.mark.parametrize("number", [2, 4, 6, 8])
@pytest.mark.parametrize("seed", range(5))
def test_a_round_of_pairs_is_the_best_there_is(number: int, seed: int) -> None:
    scores = make_scores(number, seed)
    (round_,) = seat_rounds(make_people(number), scores, rounds=1)
    assert round_.value == pytest.approx(best_value_by_trying_all(range(number), scores, 2))
    assert round_.gap == pytest.approx(0.0, abs=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_groups_of_odd_size_are_paired_across_as_well_as_another_solver_does(seed: int) -> None:
    number = 54
    group = np.arange(number) // 9
    scores = make_scores(number, seed) * np.where(group[:, None] == group[None, :], 0.01, 0.4)
    scores += np.where(group[:, None] == group[None, :], 0.9, 0.0)
    (round_,) = seat_rounds(make_people(number), scores, rounds=1)
    graph = networkx.Graph()
    graph.add_weighted_edges_from((a, b, scores[a, b]) for a, b in combinations(range(number), 2))
    best = sum(scores[pair] for pair in networkx.max_weight_matching(graph, maxcardinality=True))
    assert round_.value == pytest.approx(best, abs=1e-6)
    assert round_.gap == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("number", [3, 5, 7])
@pytest.mark.parametrize("seed", range(5))
def test_an_odd_number_makes_one_table_of_three(number: int, seed: int) -> None:
    scores = make_scores(number, seed)
    (round_,) = seat_rounds(make_people(number), scores, rounds=1)
    assert sizes(round_).get(3) == 1
    best = best_value_by_trying_all(range(number), scores, 2)
    assert round_.value == pytest.approx(best)
    assert round_.bound >= best - 1e-9


@pytest.mark.parametrize("number", [3, 6, 9])
@pytest.mark.parametrize("seed", range(3))
def test_a_small_round_of_threes_is_the_best_there_is(number: int, seed: int) -> None:
    scores = make_scores(number, seed)
    (round_,) = seat_rounds(make_people(number), scores, rounds=1, table_size=3)
    assert round_.value == pytest.approx(best_value_by_trying_all(range(number), scores, 3))
    assert round_.gap == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(4, {2: 2}), (5, {2: 1, 3: 1}), (6, {3: 2}), (7, {2: 2, 3: 1}), (31, {2: 2, 3: 9})],
)
def test_threes_leave_as_few_tables_of_two_as_the_number_demands(
    number: int, expected: dict[int, int]
) -> None:
    (round_,) = seat_rounds(make_people(number), make_scores(number), rounds=1, table_size=3)
    assert sizes(round_) == expected


@pytest.mark.parametrize(("number", "most"), [(40, 0.03), (100, 0.03), (150, 0.12)])
def test_larger_rounds_of_threes_come_near_their_bound(number: int, most: float) -> None:
    (round_,) = seat_rounds(make_people(number), make_scores(number), rounds=1, table_size=3)
    assert 0.0 <= round_.gap <= most


@pytest.mark.parametrize("number", [100, 500])
def test_up_to_five_hundred_people_are_paired_with_proof(number: int) -> None:
    for round_ in seat_rounds(make_people(number), make_scores(number), rounds=2):
        assert sizes(round_) == {2: number // 2}
        assert round_.gap <= 1e-7


@pytest.mark.slow
def test_two_thousand_people_are_paired_within_a_thousandth_of_the_best() -> None:
    for number in (2_000, 1_999):
        (round_,) = seat_rounds(make_people(number), make_scores(number), rounds=1)
        assert round_.gap <= 0.001


@pytest.mark.parametrize("kind", ["equal", "zero", "two camps"])
def test_rooms_full_of_equal_scores_are_seated_whole(kind: str) -> None:
    number = 101 if kind == "equal" else 102
    camps = np.arange(number) % 34 == 0
    scores = np.full((number, number), {"equal": 0.5}.get(kind, 0.0))
    if kind == "two camps":
        scores[camps[:, None] == camps[None, :]] = 0.5
    (round_,) = seat_rounds(make_people(number), scores, rounds=1)
    assert sum(map(len, round_.tables)) == number
    assert sizes(round_).get(3, 0) == number % 2
