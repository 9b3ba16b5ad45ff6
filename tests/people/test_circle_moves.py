"""A circle of three: whatever the three tap, in whatever order, it stays sound."""

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.circle import (
    CIRCLE_LASTS,
    CIRCLE_MOVES,
    Circle,
    CircleAnswer,
    CircleSeat,
    may_answer,
)
from matchmaker.people.ids import AttendeeId, EventId, PublicId

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADA, BO, CY, DEE = (AttendeeId(n) for n in (1, 2, 3, 4))


def circle(*answers: CircleAnswer, closed_at: datetime | None = None) -> Circle:
    first, second, third = (
        CircleSeat(attendee=who, gives={}, answer=answer)
        for who, answer in zip((ADA, BO, CY), answers, strict=True)
    )
    return Circle(
        id=1,
        public_id=PublicId("c"),
        event_id=EventId(1),
        seats=(first, second, third),
        made_at=NOON,
        starts_at=NOON,
        table=1,
        closed_at=closed_at,
    )


def test_every_answer_says_what_may_follow() -> None:
    assert CIRCLE_MOVES.keys() == set(CircleAnswer)
    assert CIRCLE_MOVES[CircleAnswer.NOT_FREE] == frozenset()


def test_a_stranger_to_the_circle_answers_nothing() -> None:
    asked = circle(*[CircleAnswer.NONE] * 3)
    assert not any(may_answer(asked, DEE, answer, NOON) for answer in CircleAnswer)


def test_a_closed_circle_and_one_that_is_over_take_no_answers() -> None:
    closed = circle(*[CircleAnswer.NONE] * 3, closed_at=NOON)
    old = circle(*[CircleAnswer.NONE] * 3)
    for answer in CircleAnswer:
        assert not may_answer(closed, ADA, answer, NOON)
        assert not may_answer(old, ADA, answer, NOON + CIRCLE_LASTS)


@given(st.lists(st.tuples(st.sampled_from([ADA, BO, CY, DEE]), st.sampled_from(CircleAnswer))))
def test_no_sequence_of_taps_breaks_a_circle(
    taps: list[tuple[AttendeeId, CircleAnswer]],
) -> None:
    answers = dict.fromkeys((ADA, BO, CY), CircleAnswer.NONE)
    closed_at: datetime | None = None
    for minute, (who, answer) in enumerate(taps):
        now = NOON + timedelta(seconds=minute)
        before = circle(*answers.values(), closed_at=closed_at)
        if not may_answer(before, who, answer, now):
            continue
        answers[who] = answer
        closed_at = now if answer is CircleAnswer.NOT_FREE else closed_at
        after = circle(*answers.values(), closed_at=closed_at)
        assert set(after.members) == {ADA, BO, CY}
        # Who is not free closes it, nothing else does, and it never opens again.
        assert after.is_open(now) == (CircleAnswer.NOT_FREE not in answers.values())


def test_what_was_said_may_be_said_again() -> None:
    for said, answer in product(CircleAnswer, CircleAnswer):
        asked = circle(said, CircleAnswer.NONE, CircleAnswer.NONE)
        expected = answer is said or answer in CIRCLE_MOVES[said]
        assert may_answer(asked, ADA, answer, NOON) == expected
