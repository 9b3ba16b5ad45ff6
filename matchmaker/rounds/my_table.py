"""What one attendee sees of the rounds: their table now, and the next one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.seating import Round, RoundState, TableMate
from matchmaker.people.suggestion import Pairing, Suggestion
from matchmaker.storage import attendees, rounds


@dataclass(frozen=True, kw_only=True)
class MyTable:
    """One round as an attendee sees it.

    ``table`` is None while the tables are not drawn up, and for somebody without a seat; 0 is
    a seat without anybody to sit with. ``company`` tells of each other as a suggestion does.
    """

    round: Round
    state: RoundState
    table: int | None
    company: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MyRounds:
    """The round that matters now, the one after it, and how many are still to come."""

    present: MyTable | None
    following: MyTable | None
    to_come: int


def find_my_rounds(session: Session, event: Event, me: Attendee, *, now: datetime) -> MyRounds:
    """Return the running or next round of ``me``, and the one that follows it."""
    open_rounds = [
        r
        for r in rounds.list_rounds(session, event.id)
        if r.state(now) not in {RoundState.OVER, RoundState.CANCELLED}
    ]
    tables = [_my_table(session, event, me, r, now) for r in open_rounds[:2]]
    return MyRounds(
        present=tables[0] if tables else None,
        following=tables[1] if len(tables) > 1 else None,
        to_come=len(open_rounds),
    )


def _my_table(
    session: Session, event: Event, me: Attendee, round_: Round, now: datetime
) -> MyTable:
    state = round_.state(now)
    seat = rounds.find_seat(session, round_.id, me.id)
    if seat is None:
        return MyTable(round=round_, state=state, table=None)
    mates = {mate.about: mate for mate in seat.company}
    others = attendees.list_attendees(session, event.id, among=list(mates)) if mates else []
    # Who left or hid after the tables were drawn up is not waited for.
    company = [
        _tell(me, other, mates[other.id]) for other in others if other.can_be_met(event, now)
    ]
    return MyTable(round=round_, state=state, table=seat.table, company=tuple(company))


def _tell(me: Attendee, other: Attendee, mate: TableMate) -> Suggestion:
    reasons = fresh_reasons(mate.reasons, me, other)
    return Suggestion(
        pairing=Pairing(to=me.id, about=other.id, score=0.0, give=mate.give, get=mate.get),
        about=other,
        give=read_direction(reasons, "give", me, other, mate.give),
        get=read_direction(reasons, "get", other, me, mate.get),
        phrase=str(reasons.get("phrase", "")),
        phrase_of=str(reasons.get("phrase_of", "")),
    )
