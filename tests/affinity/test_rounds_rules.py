"""Rounds of tables: who sits with whom how often, who must not, and who comes and goes."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Literal

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
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


@pytest.mark.parametrize("number", [4, 6, 8, 10, 12])
def test_everybody_meets_everybody_if_there_are_rounds_enough(number: int) -> None:
    rounds = seat_rounds(make_people(number), make_scores(number, 3), rounds=number - 1)
    assert len(set(list_pairs(rounds))) == len(list_pairs(rounds)) == number * (number - 1) // 2
    assert not any(round_.repeats for round_ in rounds)


def test_nine_people_in_threes_meet_all_others_in_four_rounds() -> None:
    rounds = seat_rounds(make_people(9), make_scores(9), rounds=4, table_size=3)
    assert len(set(list_pairs(rounds))) == 36


def test_more_rounds_than_other_people_say_who_meets_again() -> None:
    rounds = seat_rounds(make_people(4), make_scores(4), rounds=4)
    assert [len(round_.repeats) for round_ in rounds] == [0, 0, 0, 2]
    assert set(rounds[3].repeats) <= set(list_pairs(rounds[:3]))
    assert rounds[3].value > 0


def test_pairs_of_earlier_rounds_are_not_repeated() -> None:
    people, scores = make_people(6), make_scores(6)
    first = seat_rounds(people, scores, rounds=1)
    then = seat_rounds(people, scores, rounds=2, earlier=list_pairs(first))
    assert not set(list_pairs(first)) & set(list_pairs(then))


def test_who_comes_late_or_leaves_early_sits_only_while_there() -> None:
    people = make_people(6)
    present = [people[:4], people, people[2:]]
    rounds = seat_rounds(people, make_scores(6), rounds=3, present=present)
    for round_, there in zip(rounds, present, strict=True):
        assert sorted(who for table in round_.tables for who in table) == sorted(there)


def test_a_forbidden_pair_never_shares_a_table_even_if_somebody_sits_alone() -> None:
    people, scores = make_people(2), np.ones((2, 2))
    (round_,) = seat_rounds(people, scores, rounds=1, forbidden=[(people[1], people[0])])
    assert round_.tables == ()
    assert round_.alone == tuple(people)


def test_who_may_sit_with_one_person_only_gets_that_person() -> None:
    people = make_people(6)
    forbidden = [(people[0], other) for other in people[1:5]]
    (round_,) = seat_rounds(people, make_scores(6), rounds=1, forbidden=forbidden)
    assert (people[0], people[5]) in round_.tables


def test_two_who_may_only_sit_with_the_same_person_make_no_table_with_each_other() -> None:
    people = make_people(4)
    forbidden = [(people[a], people[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
    (round_,) = seat_rounds(people, make_scores(4), rounds=1, forbidden=forbidden)
    assert len(round_.tables) == 1
    assert len(round_.alone) == 2


def test_late_rounds_favour_those_who_had_little() -> None:
    people = make_people(4)
    scores = np.zeros((4, 4))
    scores[[0, 2, 0, 1, 0, 1], [1, 3, 2, 3, 3, 2]] = 0.9, 0.1, 0.5, 0.2, 0.2, 0.52
    scores += scores.T
    first, second = seat_rounds(people, scores, rounds=2)
    assert set(first.tables) == {(people[0], people[1]), (people[2], people[3])}
    assert set(second.tables) == {(people[0], people[3]), (people[1], people[2])}


def test_the_worst_served_tenth_fares_better_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve_worst_tenth() -> float:
        served: Counter[AttendeeId] = Counter()
        for seed in range(6):
            people, scores = make_people(40), make_scores(40, seed) ** 3
            for one, other in list_pairs(seat_rounds(people, scores, rounds=4)):
                for who in (one, other):
                    served[AttendeeId(who + 1000 * seed)] += scores[one - 100, other - 100]
        return float(np.mean(sorted(served.values())[: len(served) // 10]))

    favoured = serve_worst_tenth()
    monkeypatch.setattr("matchmaker.affinity.rounds.weights.CATCHING_UP", 0.0)
    assert favoured > 1.02 * serve_worst_tenth()


def test_a_function_and_an_array_give_the_same_seating() -> None:
    people, scores = make_people(7), make_scores(7)
    by_function = seat_rounds(people, lambda a, b: float(scores[a - 100, b - 100]), rounds=2)
    assert by_function == seat_rounds(people, scores, rounds=2)


def test_scores_that_are_no_numbers_count_as_nothing() -> None:
    scores = make_scores(6)
    scores[0, 1] = np.nan
    scores[2, 3] = -np.inf
    (round_,) = seat_rounds(make_people(6), scores, rounds=1)
    assert np.isfinite([round_.value, round_.bound]).all()


def test_an_empty_room_and_a_single_person_are_rounds_too() -> None:
    (empty,) = seat_rounds([], np.zeros((0, 0)), rounds=1)
    (single,) = seat_rounds(make_people(1), np.zeros((1, 1)), rounds=1, table_size=3)
    assert (empty.tables, empty.alone) == ((), ())
    assert (single.tables, single.alone, single.gap) == ((), (AttendeeId(100),), 0.0)


def test_what_does_not_fit_together_is_refused() -> None:
    people = make_people(3)
    with pytest.raises(ValueError, match="once"):
        seat_rounds([*people, people[0]], make_scores(4), rounds=1)
    with pytest.raises(ValueError, match="row"):
        seat_rounds(people, make_scores(4), rounds=1)
    with pytest.raises(ValueError, match="round"):
        seat_rounds(people, make_scores(3), rounds=2, present=[people])


@settings(max_examples=150, deadline=None)
@given(
    number=st.integers(1, 11),
    seed=st.integers(0, 9),
    table_size=st.sampled_from([2, 3]),
    data=st.data(),
)
def test_everybody_present_sits_exactly_once_and_no_gap_is_negative(
    number: int, seed: int, table_size: Literal[2, 3], data: st.DataObject
) -> None:
    people, scores = make_people(number), np.round(make_scores(number, seed), 1)
    someone = st.sampled_from(people)
    some = st.lists(someone, unique=True)
    present = data.draw(st.lists(some, min_size=1, max_size=3))
    pairs = st.lists(st.tuples(someone, someone), max_size=6)
    forbidden, earlier = data.draw(pairs), data.draw(pairs)
    rounds = seat_rounds(people, scores, rounds=len(present), table_size=table_size,
                         present=present, forbidden=forbidden, earlier=earlier)  # fmt: skip
    met = {frozenset(pair) for pair in earlier if pair[0] != pair[1]}
    never = {frozenset(pair) for pair in forbidden if pair[0] != pair[1]}
    for round_, there in zip(rounds, present, strict=True):
        seated = [who for table in round_.tables for who in table] + list(round_.alone)
        assert sorted(seated) == sorted(there)
        assert all(len(table) in (2, 3) for table in round_.tables)
        assert round_.bound >= round_.value
        assert round_.gap >= 0.0
        now = {frozenset(pair) for pair in list_pairs([round_])}
        assert not now & never
        assert {frozenset(pair) for pair in round_.repeats} == now & met
        met |= now
