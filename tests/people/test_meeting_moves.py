"""Meetings: both may do everything, a third nothing, and no sequence of taps breaks them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.ids import AttendeeId, PublicId
from matchmaker.people.meeting import (
    MOVES,
    PLACE_LIMIT,
    Meeting,
    Move,
    State,
    When,
    arrange,
    cancel,
    check_may_say,
    find_time,
    resume,
)
from matchmaker.people.refusals import InvalidField, MeetingCancelled, NotFound, Refusal

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
LOW, HIGH, THIRD = AttendeeId(1), AttendeeId(2), AttendeeId(3)
AGREED = Meeting(public_id=PublicId("m"), low=LOW, high=HIGH, made_at=NOW)

taps = st.tuples(
    st.sampled_from((LOW, HIGH, THIRD)),
    st.sampled_from(Move),
    st.integers(0, 30),
    st.sampled_from(("the bar", "table 4", "")),
)


def tap(meeting: Meeting, who: AttendeeId, made: Move, place: str, now: datetime) -> Meeting:
    match made:
        case Move.ARRANGE:
            return arrange(meeting, who, place=place, at=now, now=now)
        case Move.CANCEL:
            return cancel(meeting, who, now)
        case Move.RESUME:
            return resume(meeting, who, now)
        case Move.SAY:
            check_may_say(meeting, who, now, met=False)
    return meeting


@given(st.lists(taps, max_size=25))
def test_no_sequence_of_taps_breaks_a_meeting(
    sequence: list[tuple[AttendeeId, Move, int, str]],
) -> None:
    meeting, now = AGREED, NOW
    for who, made, minutes, place in sequence:
        now += timedelta(minutes=minutes)
        before = meeting
        try:
            meeting = tap(before, who, made, place, now)
        except NotFound:
            assert who is THIRD or (made is Move.SAY and not before.may_have_begun(now))
            continue
        except MeetingCancelled:
            assert before.state is State.CANCELLED
            assert made in {Move.ARRANGE, Move.SAY} or before.changed_by != who
            continue
        except InvalidField:
            assert (made, place) == (Move.ARRANGE, "")
            continue
        assert who is not THIRD
        assert tap(meeting, who, made, place, now) == meeting
        assert (meeting.low, meeting.high, meeting.made_at) == (LOW, HIGH, NOW)
        assert (meeting.at is None) == (meeting.place == "")
        if before.state is not State.CANCELLED and meeting.state is State.CANCELLED:
            assert (meeting.place, meeting.at) == (before.place, before.at)
            assert meeting.changed_by == who


def test_only_who_called_it_off_can_take_that_back() -> None:
    arranged = arrange(AGREED, LOW, place="the bar", at=NOW, now=NOW)
    off = cancel(arranged, HIGH, NOW)
    with pytest.raises(MeetingCancelled):
        resume(off, LOW, NOW)
    assert resume(off, HIGH, NOW).state is State.ARRANGED
    assert resume(off, HIGH, NOW).place == "the bar"


@pytest.mark.parametrize("made", Move)
def test_a_third_may_do_nothing(made: Move) -> None:
    for meeting in (AGREED, cancel(AGREED, LOW, NOW)):
        with pytest.raises(NotFound):
            tap(meeting, THIRD, made, "the bar", NOW)


def test_nothing_is_said_of_a_meeting_before_its_time_unless_they_have_met() -> None:
    later = replace(AGREED, place="the bar", at=NOW + timedelta(minutes=10))
    with pytest.raises(NotFound):
        check_may_say(later, LOW, NOW, met=False)
    check_may_say(later, LOW, NOW, met=True)
    check_may_say(later, LOW, NOW + timedelta(minutes=10), met=False)
    check_may_say(AGREED, HIGH, NOW, met=False)


def test_a_place_has_its_limits() -> None:
    for place in ("", "x" * (PLACE_LIMIT + 1)):
        with pytest.raises(Refusal):
            arrange(AGREED, LOW, place=place, at=NOW, now=NOW)


def test_a_tap_on_a_time_is_a_moment_to_the_minute() -> None:
    now = NOW + timedelta(seconds=42)
    breaks = (NOW + timedelta(hours=2), NOW + timedelta(hours=1), NOW - timedelta(hours=1))
    assert find_time(When.NOW, breaks, now) == NOW
    assert find_time(When.SOON, breaks, now) == NOW + timedelta(minutes=10)
    assert find_time(When.BREAK, breaks, now) == NOW + timedelta(hours=1)
    assert find_time(When.BREAK, (), now) is None


def test_every_state_is_spoken_of() -> None:
    assert MOVES.keys() == set(State)
