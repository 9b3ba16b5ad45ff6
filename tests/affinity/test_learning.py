"""What the evening teaches: little from little, nothing from noise, and never too much."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from matchmaker.affinity.learning import MOST, NOTHING_LEARNED, Feedback, Kind, learn_rates
from matchmaker.people.ids import AttendeeId


def make_feedback(by: int, about: int, kind: Kind) -> Feedback:
    return Feedback(by=AttendeeId(by), about=AttendeeId(about), kind=kind)


def make_answers(about: int, *, yes: int, no: int, first: int = 100) -> list[Feedback]:
    kinds = [Kind.TAKEN] * yes + [Kind.DECLINED] * no
    return [make_feedback(first + number, about, kind) for number, kind in enumerate(kinds)]


def adjusted(feedback: list[Feedback], one: int, other: int, score: float = 0.4) -> float:
    return learn_rates(feedback).adjust(score, one=AttendeeId(one), other=AttendeeId(other))


def test_without_feedback_every_score_stays_as_it_is() -> None:
    assert learn_rates([]) == NOTHING_LEARNED
    assert adjusted([], 1, 2) == 0.4


def test_one_answer_changes_nothing() -> None:
    assert adjusted([make_feedback(1, 2, Kind.DECLINED)], 2, 3) == 0.4


def test_answers_that_differ_no_more_than_chance_change_nothing() -> None:
    evenly = [answer for about in range(8) for answer in make_answers(about, yes=3, no=3)]
    assert adjusted(evenly, 0, 1) == 0.4


def test_whose_invitations_are_taken_rises_and_whose_are_declined_falls() -> None:
    feedback = [
        *make_answers(1, yes=8, no=0),
        *make_answers(2, yes=0, no=8),
        *make_answers(3, yes=4, no=4),
    ]
    assert adjusted(feedback, 1, 9) > adjusted(feedback, 3, 9) > adjusted(feedback, 2, 9)
    assert adjusted(feedback, 1, 9) > 0.4 > adjusted(feedback, 2, 9)


def test_who_takes_invitations_rises_too() -> None:
    feedback = [make_feedback(by, 50 + number, Kind.TAKEN) for by in (1, 2) for number in range(8)]
    feedback += [make_feedback(3, 50 + number, Kind.DECLINED) for number in range(8)]
    assert adjusted(feedback, 1, 9) > adjusted(feedback, 3, 9)


def test_more_answers_of_the_same_kind_count_for_more() -> None:
    feedback = [
        *make_answers(1, yes=2, no=0),
        *make_answers(2, yes=10, no=0),
        *make_answers(3, yes=0, no=10),
    ]
    welcome = learn_rates(feedback).welcome
    assert 1.0 < welcome[AttendeeId(1)] < welcome[AttendeeId(2)]


def test_an_exchange_speaks_for_both() -> None:
    feedback = [make_feedback(1, 2, Kind.EXCHANGED) for _ in range(12)]
    feedback += make_answers(3, yes=0, no=8)
    rates = learn_rates(feedback)
    assert rates.welcome[AttendeeId(1)] == rates.welcome[AttendeeId(2)]
    assert rates.welcome[AttendeeId(1)] > rates.welcome[AttendeeId(3)]


def test_feedback_on_oneself_is_not_counted() -> None:
    assert learn_rates([make_feedback(1, 1, Kind.HELPED)] * 20) == NOTHING_LEARNED


@given(
    st.lists(
        st.builds(make_feedback, st.integers(0, 5), st.integers(0, 5), st.sampled_from(Kind)),
        max_size=60,
    ),
    st.floats(0.0, 1.0),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_a_change_is_bounded_the_same_from_both_sides_and_independent_of_the_order(
    feedback: list[Feedback], score: float, one: int, other: int
) -> None:
    changed = adjusted(feedback, one, other, score)
    assert changed >= 0.0
    assert abs(changed - score) <= MOST + 1e-12
    assert changed == pytest.approx(adjusted(feedback, other, one, score))
    assert changed == pytest.approx(adjusted(feedback[::-1], one, other, score))
