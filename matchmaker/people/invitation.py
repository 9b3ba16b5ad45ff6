"""An invitation: *I would like to meet you, and this is what I can give*.

What may happen to it, by whom, and what each of the two sees of it::

                    accept
    sent/waiting ───────────────▶ accepted      (a meeting; final)
      │   │  │                       ▲  ▲
      │   │  └─ put off ─▶ put off ──┘  │ accept: the receiver thought again,
      │   └──── decline ─▶ declined ────┘         or invited the sender
      │                     │
      └──── withdraw ───────┴─▶ withdrawn ── send ─▶ as before it was withdrawn

    every state but accepted ── time ─▶ closed  (final)

The sender sees *sent* until it would have closed, whether or not the other tapped anything but
*Let's meet*: of *put off* and *declined* nothing is ever told, neither by words nor by time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, PublicId
from matchmaker.people.refusals import InvalidField, InvitationClosed, NotFound

LASTS: Final = timedelta(minutes=45)
"""How long an invitation waits for an answer once its receiver has seen it."""

GIVE_LIMIT: Final = 400
ASK_LIMIT: Final = 190
"""Characters of the two parts of a note; together with what stands between they fit 600."""


class Answer(StrEnum):
    """What the receiver tapped; only acceptance is ever shown to the sender."""

    NONE = ""
    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    DECLINED = "declined"


class State(StrEnum):
    """Where an invitation stands at a moment."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Move(StrEnum):
    """What one of the two can do."""

    SEND = "send"
    WITHDRAW = "withdraw"
    SEE = "see"
    ACCEPT = "accept"
    PUT_OFF = "put_off"
    DECLINE = "decline"


class Side(StrEnum):
    """Who makes a move."""

    SENDER = "sender"
    RECEIVER = "receiver"


MADE_BY: Final[Mapping[Move, Side]] = {
    Move.SEND: Side.SENDER,
    Move.WITHDRAW: Side.SENDER,
    Move.SEE: Side.RECEIVER,
    Move.ACCEPT: Side.RECEIVER,
    Move.PUT_OFF: Side.RECEIVER,
    Move.DECLINE: Side.RECEIVER,
}

MOVES: Final[Mapping[State, frozenset[Move]]] = {
    # A repeated tap changes nothing: what led to a state is allowed in it.
    State.WAITING: frozenset(Move),
    State.PUT_OFF: frozenset(Move),
    State.DECLINED: frozenset(Move),
    State.ACCEPTED: frozenset({Move.SEND, Move.SEE, Move.ACCEPT}),
    State.WITHDRAWN: frozenset({Move.SEND, Move.WITHDRAW}),
    State.CLOSED: frozenset(),
}
"""Which moves each state allows; all others are refused."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One attendee would like to meet another; ``note`` begins with what they can give."""

    public_id: PublicId
    sender: AttendeeId
    receiver: AttendeeId
    note: str
    sent_at: datetime
    seen_at: datetime | None = None
    answer: Answer = Answer.NONE
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def closes_at(self, event: Event) -> datetime:
        """Return when it is no longer open unless accepted.

        Its time runs from being seen, not before the event begins, and ends with the event.
        """
        if self.seen_at is None:
            return event.ends_at
        return min(max(self.seen_at, event.starts_at) + LASTS, event.ends_at)

    def state(self, event: Event, now: datetime) -> State:
        """Return where it stands at ``now``."""
        if self.answer is Answer.ACCEPTED:
            return State.ACCEPTED
        if now >= self.closes_at(event):
            return State.CLOSED
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State(self.answer or State.WAITING)

    def waits(self, event: Event, now: datetime) -> bool:
        """Return whether its receiver is asked for an answer."""
        return self.state(event, now) is State.WAITING

    def as_sender_sees(self, event: Event, now: datetime) -> State:
        """Return the state as its sender may know it."""
        state = self.state(event, now)
        return State.WAITING if state in {State.PUT_OFF, State.DECLINED} else state


def move(invitation: Invitation, made: Move, by: Side, event: Event, now: datetime) -> Invitation:
    """Return the invitation after one of the two did something; repeated, it changes nothing.

    Raises
    ------
    NotFound
        If that is not theirs to do.
    InvitationClosed
        If it can no longer be done.
    """
    if MADE_BY[made] is not by:
        raise NotFound
    if made not in MOVES[invitation.state(event, now)]:
        raise InvitationClosed
    match made:
        case Move.SEND:
            return replace(invitation, withdrawn_at=None)
        case Move.WITHDRAW:
            return replace(invitation, withdrawn_at=invitation.withdrawn_at or now)
        case Move.SEE:
            return replace(invitation, seen_at=invitation.seen_at or now)
    answer = Answer(_ANSWERS[made])
    if invitation.answer is answer:
        return invitation
    # Who answers has seen it, whether or not the look has been written down yet.
    return replace(invitation, seen_at=invitation.seen_at or now, answer=answer, answered_at=now)


_ANSWERS: Final = {
    Move.ACCEPT: Answer.ACCEPTED,
    Move.PUT_OFF: Answer.PUT_OFF,
    Move.DECLINE: Answer.DECLINED,
}


def write_note(give: str, ask: str) -> str:
    """Return the text of an invitation: what I can give, and only then what I ask.

    Raises
    ------
    InvalidField
        If nothing is given, or one of the two is too long.
    """
    if not give:
        raise InvalidField("give", "missing")
    if len(give) > GIVE_LIMIT:
        raise InvalidField("give", "too_long")
    if len(ask) > ASK_LIMIT:
        raise InvalidField("ask", "too_long")
    return f"{give}\n\n{ask}" if ask else give
