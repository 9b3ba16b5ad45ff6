"""Invitations: no sequence of taps by anybody breaks their rules, or tells what is private."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, EventId, PublicId
from matchmaker.people.invitation import (
    ASK_LIMIT,
    GIVE_LIMIT,
    LASTS,
    MADE_BY,
    MOVES,
    Answer,
    Invitation,
    Move,
    Side,
    State,
    move,
    write_note,
)
from matchmaker.people.refusals import InvalidField, InvitationClosed, NotFound

BEGIN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
EVENT = Event(
    id=EventId(1),
    slug="evening",
    name="Evening",
    starts_at=BEGIN,
    ends_at=BEGIN + timedelta(hours=3),
    time_zone="UTC",
)
SENT = Invitation(
    public_id=PublicId("i"),
    sender=AttendeeId(1),
    receiver=AttendeeId(2),
    note="I can give this",
    sent_at=BEGIN,
)
PRIVATE = {Move.PUT_OFF, Move.DECLINE}

taps = st.tuples(st.sampled_from(Side), st.sampled_from(Move), st.integers(0, 40))
"""Who taps what, and how many minutes after the tap before."""


def play(sequence: list[tuple[Side, Move, int]], keep_private: bool = True) -> list[object]:
    """Return, after each tap, what the sender sees then and what they are answered.

    Without ``keep_private`` every private answer becomes a mere look.
    """
    invitation, now, seen = SENT, BEGIN, []
    for side, made, minutes in sequence:
        now += timedelta(minutes=minutes)
        if not keep_private and made in PRIVATE and side is Side.RECEIVER:
            made = Move.SEE
        told = ""
        try:
            invitation = move(invitation, made, side, EVENT, now)
        except (InvitationClosed, NotFound) as refused:
            told = type(refused).__name__
        said = told if side is Side.SENDER else ""
        seen.append((invitation.as_sender_sees(EVENT, now), said))
    return seen


@given(st.lists(taps, max_size=20))
def test_nothing_ever_tells_the_sender_of_a_private_answer(
    sequence: list[tuple[Side, Move, int]],
) -> None:
    """Up to the first yes a sender sees the same as if the other had only looked."""
    real, imagined = play(sequence), play(sequence, keep_private=False)
    told = len(real)
    for place, (seen, _said) in enumerate(real):
        if seen is State.ACCEPTED:
            told = place
            break
    assert real[:told] == imagined[:told]


@given(st.lists(taps, max_size=20))
def test_every_move_is_one_that_is_allowed_and_a_yes_is_final(
    sequence: list[tuple[Side, Move, int]],
) -> None:
    invitation, now = SENT, BEGIN
    for side, made, minutes in sequence:
        now += timedelta(minutes=minutes)
        state = invitation.state(EVENT, now)
        try:
            after = move(invitation, made, side, EVENT, now)
        except NotFound:
            assert MADE_BY[made] is not side
            continue
        except InvitationClosed:
            assert made not in MOVES[state]
            continue
        assert MADE_BY[made] is side
        assert made in MOVES[state]
        assert move(after, made, side, EVENT, now) == after
        if state is State.ACCEPTED:
            assert after == invitation
        assert (after.sender, after.receiver, after.note) == (1, 2, SENT.note)
        assert after.closes_at(EVENT) <= EVENT.ends_at
        invitation = after


@given(st.lists(taps, max_size=12), st.sampled_from(Move))
def test_what_ran_out_stays_closed(sequence: list[tuple[Side, Move, int]], last: Move) -> None:
    invitation, now = SENT, BEGIN
    for side, made, minutes in sequence:
        now += timedelta(minutes=minutes)
        before = invitation.state(EVENT, now)
        try:
            invitation = move(invitation, made, side, EVENT, now)
        except (InvitationClosed, NotFound):
            assert invitation.state(EVENT, now) is before
    if invitation.answer is not Answer.ACCEPTED:
        after = max(now, EVENT.ends_at)
        assert invitation.state(EVENT, after) is State.CLOSED
        with pytest.raises(InvitationClosed):
            move(invitation, last, MADE_BY[last], EVENT, after)


@given(st.sampled_from(Answer), st.booleans())
def test_taking_back_and_sending_again_leads_where_it_was(answer: Answer, seen: bool) -> None:
    invitation = move(SENT, Move.SEE, Side.RECEIVER, EVENT, BEGIN) if seen else SENT
    made = {Answer.PUT_OFF: Move.PUT_OFF, Answer.DECLINED: Move.DECLINE}.get(answer)
    if made:
        invitation = move(invitation, made, Side.RECEIVER, EVENT, BEGIN)
    back = move(invitation, Move.WITHDRAW, Side.SENDER, EVENT, BEGIN)
    assert back.state(EVENT, BEGIN) is State.WITHDRAWN
    assert not back.waits(EVENT, BEGIN)
    assert move(back, Move.SEND, Side.SENDER, EVENT, BEGIN) == invitation


def test_its_time_runs_from_being_seen_and_ends_with_the_event() -> None:
    assert SENT.closes_at(EVENT) == EVENT.ends_at
    at = BEGIN + timedelta(hours=1)
    seen = move(SENT, Move.SEE, Side.RECEIVER, EVENT, at)
    assert seen.closes_at(EVENT) == at + LASTS == at + timedelta(minutes=45)
    again = move(seen, Move.SEE, Side.RECEIVER, EVENT, at + timedelta(minutes=5))
    assert again.closes_at(EVENT) == at + LASTS
    late = move(SENT, Move.SEE, Side.RECEIVER, EVENT, EVENT.ends_at - timedelta(minutes=5))
    assert late.closes_at(EVENT) == EVENT.ends_at


def test_before_the_event_no_time_runs() -> None:
    early = move(SENT, Move.SEE, Side.RECEIVER, EVENT, BEGIN - timedelta(days=2))
    assert early.closes_at(EVENT) == BEGIN + LASTS


def test_who_answers_has_seen_it() -> None:
    at = BEGIN + timedelta(hours=1)
    declined = move(SENT, Move.DECLINE, Side.RECEIVER, EVENT, at)
    assert declined.closes_at(EVENT) == at + LASTS
    just_before = at + LASTS - timedelta(seconds=1)
    assert declined.as_sender_sees(EVENT, just_before) is State.WAITING
    assert declined.as_sender_sees(EVENT, at + LASTS) is State.CLOSED


def test_every_state_and_move_is_spoken_of() -> None:
    assert MOVES.keys() == set(State)
    assert MADE_BY.keys() == set(Move)


def test_a_note_starts_with_what_one_gives() -> None:
    assert write_note("a hive", "a watch repaired") == "a hive\n\na watch repaired"
    assert write_note("a hive", "") == "a hive"
    assert len(write_note("g" * GIVE_LIMIT, "a" * ASK_LIMIT)) <= 600


@pytest.mark.parametrize(
    ("give", "ask", "field", "problem"),
    [
        ("", "a watch repaired", "give", "missing"),
        ("", "", "give", "missing"),
        ("g" * (GIVE_LIMIT + 1), "", "give", "too_long"),
        ("g", "a" * (ASK_LIMIT + 1), "ask", "too_long"),
    ],
)
def test_an_ask_alone_is_refused(give: str, ask: str, field: str, problem: str) -> None:
    with pytest.raises(InvalidField) as refused:
        write_note(give, ask)
    assert (refused.value.field, refused.value.problem) == (field, problem)
