"""An introduction: a third person brings two together, each of whom agrees first.

Each of the two answers alone, and may think again until it is made or closed::

               agree                      agree (the other one did)
    asked ────────────────▶ asked ─────────────────────────────▶ made ── tell, thank ─▶ made
      │ ▲  decline │ agree    │
      │ └──────────┘          │
      ├── withdraw ───────────┴─▶ withdrawn   (the introducer alone; final)
      └── fourteen days ────────▶ closed      (final)

What each one sees of it:

- the introducer: *asked, waiting* until it is made or closed; who agreed, declined or said
  nothing is never told, neither by words nor by time;
- each of the two: the other's name, line and the reason, and their own answer; of the other's
  answer nothing before both agreed.

Once it is made, each of the two may say what came of it, and thank; both words go to the
introducer alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from matchmaker.people.ids import EventId, PersonId, PublicId
from matchmaker.people.refusals import IntroductionClosed, NotFound

LASTS: Final = timedelta(days=14)
"""How long an introduction, or the wish for one, waits before it closes quietly."""

ASK_AFTER: Final = timedelta(days=7)
ASK_UNTIL: Final = timedelta(days=28)
"""When the two are asked what came of it: not at once, and not for ever."""

REASON_LIMIT: Final = 600
OUTCOME_LIMIT: Final = 300


class Answer(StrEnum):
    """What one of the two said."""

    OPEN = ""
    AGREED = "agreed"
    DECLINED = "declined"


class State(StrEnum):
    """Where an introduction stands at a moment."""

    ASKED = "asked"
    MADE = "made"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Move(StrEnum):
    """What somebody can do."""

    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TELL = "tell"
    THANK = "thank"


class Part(StrEnum):
    """Who somebody is in an introduction."""

    INTRODUCER = "introducer"
    INTRODUCED = "introduced"


MADE_BY: Final[Mapping[Move, Part]] = {
    Move.AGREE: Part.INTRODUCED,
    Move.DECLINE: Part.INTRODUCED,
    Move.WITHDRAW: Part.INTRODUCER,
    Move.TELL: Part.INTRODUCED,
    Move.THANK: Part.INTRODUCED,
}

MOVES: Final[Mapping[State, frozenset[Move]]] = {
    # A repeated tap changes nothing: what led to a state is allowed in it.
    State.ASKED: frozenset({Move.AGREE, Move.DECLINE, Move.WITHDRAW}),
    State.MADE: frozenset({Move.AGREE, Move.TELL, Move.THANK}),
    State.WITHDRAWN: frozenset({Move.WITHDRAW}),
    State.CLOSED: frozenset(),
}
"""Which moves each state allows; all others are refused."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two: what they answered, and later what came of it."""

    person: PersonId
    answer: Answer = Answer.OPEN
    answered_at: datetime | None = None
    outcome: str = ""
    outcome_at: datetime | None = None
    thanked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """Who brings which two together, and why."""

    public_id: PublicId
    introducer: PersonId
    sides: tuple[Side, Side]
    reason: str
    proposed_at: datetime
    event_id: EventId | None = None
    made_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def state(self, now: datetime) -> State:
        """Return where it stands at ``now``."""
        if self.made_at is not None:
            return State.MADE
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.CLOSED if now - self.proposed_at >= LASTS else State.ASKED

    def part_of(self, person: PersonId) -> Part | None:
        """Return who somebody is in it, or None for anybody else."""
        if person == self.introducer:
            return Part.INTRODUCER
        return Part.INTRODUCED if any(side.person == person for side in self.sides) else None

    def side_of(self, person: PersonId) -> Side:
        """Return the side of one of the two; raises NotFound for anybody else."""
        for side in self.sides:
            if side.person == person:
                return side
        raise NotFound

    def other_than(self, person: PersonId) -> Side:
        """Return the other one's side; raises NotFound for who is none of the two."""
        first, second = self.sides
        return second if self.side_of(person) is first else first

    def waits_for(self, person: PersonId, now: datetime) -> bool:
        """Return whether somebody is asked for an answer."""
        if self.part_of(person) is not Part.INTRODUCED or self.state(now) is not State.ASKED:
            return False
        return self.side_of(person).answer is Answer.OPEN

    def asks_what_came(self, person: PersonId, now: datetime) -> bool:
        """Return whether it is time to ask one of the two what came of it."""
        if self.made_at is None or self.part_of(person) is not Part.INTRODUCED:
            return False
        is_due = ASK_AFTER <= now - self.made_at < ASK_UNTIL
        return is_due and self.side_of(person).outcome_at is None

    @property
    def news_at(self) -> datetime | None:
        """When something last happened that the introducer is told of, or None."""
        moments = [self.made_at, *(side.thanked_at for side in self.sides)]
        moments += [side.outcome_at for side in self.sides if side.outcome]
        return max((moment for moment in moments if moment), default=None)


def move(
    introduction: Introduction, made: Move, by: PersonId, now: datetime, *, words: str = ""
) -> Introduction:
    """Return the introduction after somebody did something; repeated, it changes nothing.

    It is made by the second *agree*. ``words`` is what came of it.

    Raises
    ------
    NotFound
        If that is not theirs to do.
    IntroductionClosed
        If it can no longer be done.
    """
    if introduction.part_of(by) is not MADE_BY[made]:
        raise NotFound
    if made not in MOVES[introduction.state(now)]:
        raise IntroductionClosed
    match made:
        case Move.WITHDRAW:
            return replace(introduction, withdrawn_at=introduction.withdrawn_at or now)
        case Move.TELL:
            return _with_side(introduction, by, outcome=words, outcome_at=now)
        case Move.THANK:
            mine = introduction.side_of(by)
            return _with_side(introduction, by, thanked_at=mine.thanked_at or now)
    return _answered(introduction, by, _ANSWERS[made], now)


_ANSWERS: Final = {Move.AGREE: Answer.AGREED, Move.DECLINE: Answer.DECLINED}


def _answered(
    introduction: Introduction, by: PersonId, answer: Answer, now: datetime
) -> Introduction:
    if introduction.side_of(by).answer is answer:
        return introduction
    changed = _with_side(introduction, by, answer=answer, answered_at=now)
    both = all(side.answer is Answer.AGREED for side in changed.sides)
    return replace(changed, made_at=now) if both else changed


def _with_side(introduction: Introduction, person: PersonId, **facts: object) -> Introduction:
    first, second = (
        replace(side, **facts) if side.person == person else side  # type: ignore[arg-type]
        for side in introduction.sides
    )
    return replace(introduction, sides=(first, second))
