"""Introductions: three people, each with their own moves, and no sequence of taps breaks them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.introduction import (
    ASK_AFTER,
    ASK_UNTIL,
    LASTS,
    MADE_BY,
    MOVES,
    Answer,
    Introduction,
    Move,
    Part,
    Side,
    State,
    move,
)
from matchmaker.people.introduction_request import IntroductionRequest
from matchmaker.people.refusals import IntroductionClosed, NotFound

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
MAI, ADA, BO, EVE = (PersonId(number) for number in range(1, 5))
ASKED = Introduction(
    public_id=PublicId("i"),
    introducer=MAI,
    sides=(Side(person=ADA), Side(person=BO)),
    reason="You both restore old houses",
    proposed_at=NOW,
)

taps = st.tuples(st.sampled_from((MAI, ADA, BO, EVE)), st.sampled_from(Move), st.integers(0, 4))


@given(st.lists(taps, max_size=25))
def test_no_sequence_of_taps_breaks_an_introduction(
    sequence: list[tuple[PersonId, Move, int]],
) -> None:
    one, now = ASKED, NOW
    for who, made, days in sequence:
        now += timedelta(days=days)
        before = one
        try:
            one = move(before, made, who, now, words="we build together")
        except NotFound:
            assert before.part_of(who) is not MADE_BY[made]
            continue
        except IntroductionClosed:
            assert made not in MOVES[before.state(now)]
            continue
        assert before.part_of(who) is MADE_BY[made]
        assert move(one, made, who, now, words="we build together") == one
        check(before, one, who, now)


def check(before: Introduction, after: Introduction, who: PersonId, now: datetime) -> None:
    """Hold a move to what must stay true whatever anybody does."""
    assert (after.introducer, after.reason, after.proposed_at) == (MAI, ASKED.reason, NOW)
    assert [side.person for side in after.sides] == [ADA, BO]
    both = all(side.answer is Answer.AGREED for side in after.sides)
    assert both == (after.state(now) is State.MADE)
    # Made stays made, and what was taken back stays so.
    assert before.made_at in {None, after.made_at}
    assert before.withdrawn_at in {None, after.withdrawn_at}
    assert after.made_at is None or after.withdrawn_at is None
    if after.part_of(who) is Part.INTRODUCED:
        # Nobody speaks for the other.
        assert after.other_than(who) == before.other_than(who)
    else:
        assert after.sides == before.sides
    for side in after.sides:
        assert after.made_at or not (side.outcome or side.thanked_at)


answers = st.lists(
    st.tuples(st.sampled_from((ADA, BO)), st.sampled_from((Move.AGREE, Move.DECLINE))), max_size=8
)


@given(answers, st.integers(0, 20))
def test_the_introducer_learns_nothing_before_both_agreed(
    said: list[tuple[PersonId, Move]], days: int
) -> None:
    """As long as it is not made, the state they see is that of an introduction without answers."""
    one, later = ASKED, NOW + timedelta(days=days)
    for who, made in said:
        if one.made_at is None:
            one = move(one, made, who, NOW)
    if one.made_at is None:
        assert one.state(later) is ASKED.state(later)
        assert one.news_at is None


def test_it_is_made_by_the_second_yes() -> None:
    first = move(ASKED, Move.AGREE, ADA, NOW)
    assert first.state(NOW) is State.ASKED
    assert move(first, Move.AGREE, BO, NOW).state(NOW) is State.MADE


def test_one_may_think_again() -> None:
    no = move(move(ASKED, Move.AGREE, ADA, NOW), Move.DECLINE, ADA, NOW)
    assert move(no, Move.AGREE, BO, NOW).state(NOW) is State.ASKED
    yes = move(move(no, Move.AGREE, BO, NOW), Move.AGREE, ADA, NOW)
    assert yes.state(NOW) is State.MADE


def test_it_closes_quietly_after_two_weeks() -> None:
    assert ASKED.state(NOW + LASTS - timedelta(seconds=1)) is State.ASKED
    assert ASKED.state(NOW + LASTS) is State.CLOSED
    with pytest.raises(IntroductionClosed):
        move(ASKED, Move.AGREE, ADA, NOW + LASTS)


def test_they_are_asked_what_came_of_it_once_and_not_for_ever() -> None:
    made = move(move(ASKED, Move.AGREE, ADA, NOW), Move.AGREE, BO, NOW)
    moments = (ASK_AFTER - timedelta(hours=1), ASK_AFTER, ASK_UNTIL)
    assert [made.asks_what_came(ADA, NOW + moment) for moment in moments] == [False, True, False]
    told = move(made, Move.TELL, ADA, NOW + ASK_AFTER, words="")
    assert not told.asks_what_came(ADA, NOW + ASK_AFTER)
    assert told.asks_what_came(BO, NOW + ASK_AFTER)
    assert not made.asks_what_came(MAI, NOW + ASK_AFTER)


def test_a_wish_waits_two_weeks_at_most() -> None:
    wish = IntroductionRequest(
        public_id=PublicId("w"), asker=ADA, asked=MAI, wanted="A roofer", asked_at=NOW
    )
    assert wish.waits(NOW)
    assert not wish.waits(NOW + LASTS)
    assert not wish.is_open(NOW + LASTS)
