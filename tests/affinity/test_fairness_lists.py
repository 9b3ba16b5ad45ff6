"""Lists under both caps: what always holds, and what gives way to what."""

from collections import Counter
from collections.abc import Mapping, Sequence

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from matchmaker.affinity.fairness import fair_lists
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

Lists = dict[AttendeeId, list[AttendeeId]]
Scores = Mapping[int, Mapping[int, float]]


def make_candidates(scores: Scores) -> dict[AttendeeId, list[Recommendation]]:
    return {
        AttendeeId(who): [
            Recommendation(about=AttendeeId(about), score=score, give=score, get=score)
            for about, score in row.items()
        ]
        for who, row in scores.items()
    }


def give_lists(
    scores: Scores,
    *,
    free: Mapping[int, int] | int = 1,
    capacity: Mapping[int, int] | int = 1,
    held: Mapping[int, Sequence[int]] | None = None,
) -> dict[int, list[int]]:
    def per_person(value: Mapping[int, int] | int) -> dict[AttendeeId, int]:
        given = value if isinstance(value, Mapping) else dict.fromkeys(scores, value)
        return {AttendeeId(who): number for who, number in given.items()}

    lists = fair_lists(
        make_candidates(scores),
        free=per_person(free),
        capacity=per_person(capacity),
        held={AttendeeId(u): [AttendeeId(v) for v in row] for u, row in (held or {}).items()},
    )
    return {int(who): [int(about) for about in row] for who, row in lists.items()}


def make_complete(people: int, score: float = 0.5) -> dict[int, dict[int, float]]:
    return {u: {v: score for v in range(people) if v != u} for u in range(people)}


def test_a_list_shows_the_best_first() -> None:
    scores = {0: {1: 0.2, 2: 0.9, 3: 0.5}, 1: {}, 2: {}, 3: {}}
    assert give_lists(scores, free=3)[0] == [2, 3, 1]


def test_somebody_everybody_wants_is_shown_as_often_as_they_wish() -> None:
    scores = make_complete(10, 0.3)
    for row in scores.values():
        row |= {0: 0.9} if 0 in row else {}
    lists = give_lists(scores, free=4, capacity=4)
    assert sum(0 in row for row in lists.values()) == 4


def test_whoever_wishes_for_everybody_is_still_held_to_three_fair_shares() -> None:
    scores = {who: row | ({0: 0.9} if who else {}) for who, row in make_complete(20, 0.3).items()}
    lists = give_lists(scores, free=2, capacity=50)
    assert sum(0 in row for row in lists.values()) == 3 * 2


def test_two_people_see_each_other_rather_than_somebody_else_equally_good() -> None:
    lists = give_lists(make_complete(8), free=1, capacity=1)
    assert all(lists[lists[who][0]] == [who] for who in lists)


def test_who_is_on_my_list_already_sees_me_in_turn() -> None:
    scores = make_complete(6)
    lists = give_lists(scores, free={0: 0, **dict.fromkeys(range(1, 6), 1)}, held={0: [3]})
    assert lists[3] == [0]


def test_who_is_held_is_never_given_again() -> None:
    lists = give_lists({0: {1: 0.9, 2: 0.1}, 1: {}, 2: {}}, free=2, held={0: [1]})
    assert lists[0] == [2]


def test_a_better_pair_is_given_up_before_somebody_is_left_with_nobody() -> None:
    scores = {0: {1: 0.9, 2: 0.2}, 1: {0: 0.9, 2: 0.2}, 3: {1: 0.1}, 2: {}}
    lists = give_lists(scores)
    assert lists[3] == [1]
    assert lists[0] == [2]


def test_a_chain_of_swaps_finds_the_one_way_in_which_everybody_has_somebody() -> None:
    scores = {0: {1: 0.1}, 2: {1: 0.8, 3: 0.1}, 4: {3: 0.9, 5: 0.1}, 1: {}, 3: {}}
    lists = give_lists(scores, capacity={1: 1, 3: 1, 5: 1})
    assert [lists[who] for who in (0, 2, 4)] == [[1], [3], [5]]


def test_a_newcomer_to_a_full_room_sees_and_is_seen_by_one_place_beyond_the_caps() -> None:
    scores = make_complete(6)
    held = {u: [(u + step) % 5 for step in (1, 2)] for u in range(5)}
    numbers = {**dict.fromkeys(range(5), 0), 5: 2}
    lists = give_lists(scores, free=numbers, capacity=numbers, held=held)
    assert 1 <= len(lists[5]) <= 2
    assert sum(5 in row for row in lists.values()) >= 1
    assert all(len(lists[who]) <= 1 for who in range(5))


def test_the_place_beyond_a_wish_is_given_once_and_then_never_again() -> None:
    scores = {u: {0: 0.9} for u in range(1, 9)} | {0: {1: 0.9}}
    first = give_lists(scores, free=1, capacity=2)
    held = {who: row for who, row in first.items() if row}
    shown = sum(0 in row for row in held.values())
    assert shown == 3
    again = give_lists(
        scores,
        free={who: 1 - len(held.get(who, [])) for who in scores},
        capacity={who: 2 - sum(who in row for row in held.values()) for who in scores},
        held=held,
    )
    assert not any(0 in row for row in again.values())


def test_who_is_nobodys_candidate_is_shown_to_their_own() -> None:
    scores = {0: {1: 0.5}, 1: {0: 0.5}, 2: {0: 0.4, 1: 0.3}}
    lists = give_lists(scores, free=2, capacity=2)
    assert any(2 in row for row in lists.values())


def test_who_wishes_to_meet_nobody_is_shown_to_nobody() -> None:
    lists = give_lists(make_complete(5), free={0: 0, 1: 2, 2: 2, 3: 2, 4: 2},
                       capacity={0: 0, 1: 2, 2: 2, 3: 2, 4: 2})  # fmt: skip
    assert lists[0] == []
    assert not any(0 in row for row in lists.values())


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_a_score_that_is_no_number_is_no_candidate(score: float) -> None:
    assert give_lists({0: {1: score, 2: 0.1}, 1: {}, 2: {}}, free=2)[0] == [2]


def test_an_empty_room_has_no_lists() -> None:
    assert fair_lists({}, free={}, capacity={}) == {}


@st.composite
def small_rooms(
    draw: st.DrawFn,
) -> tuple[Scores, dict[int, int], dict[int, int], dict[int, list[int]]]:
    people = draw(st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True))
    someone = st.sampled_from(people)
    levels = st.sampled_from([0.0, 0.1, 0.5, 0.5, 0.9])
    scores = {u: draw(st.dictionaries(someone, levels, max_size=5)) for u in people}
    numbers = st.fixed_dictionaries({u: st.integers(-1, 4) for u in people})
    held = {u: draw(st.lists(someone, max_size=2, unique=True)) for u in people}
    held = {u: [v for v in row if v != u] for u, row in held.items()}
    return scores, draw(numbers), draw(numbers), held


@settings(max_examples=400, deadline=None)
@given(small_rooms())
def test_caps_hold_up_to_the_one_place_and_the_order_of_arguments_is_without_influence(
    room: tuple[Scores, dict[int, int], dict[int, int], dict[int, list[int]]],
) -> None:
    scores, free, capacity, held = room
    lists = give_lists(scores, free=free, capacity=capacity, held=held)
    shown = Counter(about for row in lists.values() for about in row)
    for who, row in lists.items():
        assert len(set(row)) == len(row)
        assert not {who, *held.get(who, [])} & set(row)
        assert all(about in scores[who] or who in scores[about] for about in row)
        assert len(row) <= max(free[who] + 1, 0)
        assert shown[who] <= max(capacity[who] + 1, 0)
    backwards = {
        who: dict(reversed(list(row.items()))) for who, row in reversed(list(scores.items()))
    }
    assert give_lists(backwards, free=free, capacity=capacity, held=held) == lists


@settings(max_examples=300, deadline=None)
@given(small_rooms())
def test_whoever_stays_empty_handed_has_only_candidates_at_their_bound(
    room: tuple[Scores, dict[int, int], dict[int, int], dict[int, list[int]]],
) -> None:
    scores, _, _, _ = room
    lists = give_lists(scores, free=2, capacity=2)
    shown = Counter(about for row in lists.values() for about in row)
    for who, row in scores.items():
        others = set(row) - {who}
        if not lists[who] and others:
            assert all(shown[about] >= 2 for about in others)
        if others and not shown[who]:
            seen_by = {u for u in scores if who in scores[u] and u != who} or others
            assert all(len(lists[u]) >= 2 for u in seen_by)
