"""Drawing up the tables of one round, from those who are here now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import numpy as np
from sqlalchemy.orm import Session

from matchmaker.affinity.calibration import combine
from matchmaker.affinity.reasons import make_reasons
from matchmaker.affinity.rounds import Round as Seating
from matchmaker.affinity.rounds import seat_rounds
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.seating import Round, RoundState, Seat, TableMate
from matchmaker.storage import rounds

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher

Pair = tuple[AttendeeId, AttendeeId]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Seats before they are stored, and how far from the best they may be."""

    seats: tuple[Seat, ...]
    gap: float
    repeats: int


def find_due_round(session: Session, event: Event, number: int, *, now: datetime) -> Round | None:
    """Return the round whose tables are to be drawn up now, or None if there is no need.

    A round that began without tables, because the worker was away, still gets them.
    """
    found = rounds.find_round(session, event.id, number)
    if found is None or found.seated_at is not None:
        return None
    late = found.state(now) in {RoundState.OVER, RoundState.CANCELLED}
    return None if late else found


def draw_up(
    matcher: MutualMatcher,
    people: Mapping[AttendeeId, Attendee],
    available: Iterable[AttendeeId],
    round_: Round,
    *,
    met: Iterable[Pair],
    apart: Mapping[AttendeeId, frozenset[AttendeeId]],
) -> Drawn:
    """Seat everybody who is here so that the tables help most; nothing is written.

    Whoever has met is seated together again only where it can't be avoided; who is kept
    ``apart`` (set aside, blocked) never is. Who came late is in, who left is not.
    """
    here = sorted(available)
    size: Literal[2, 3] = 3 if round_.table_size == 3 else 2
    affinities = matcher.affinities(here, here)
    forbidden = [(one, other) for one in here for other in apart.get(one, ())]
    [seating] = seat_rounds(
        here,
        combine(affinities, affinities.T).astype(np.float64),
        rounds=1,
        table_size=size,
        forbidden=forbidden,
        earlier=met,
    )
    return Drawn(
        seats=tuple(_seats(matcher, people, seating)),
        gap=seating.gap,
        repeats=len(seating.repeats),
    )


def store_seats(
    session: Session, event: Event, round_: Round, drawn: Drawn, *, now: datetime
) -> None:
    """Store the tables, unless the round was called off or drawn up meanwhile."""
    if find_due_round(session, event, round_.number, now=now) is not None:
        rounds.save_seats(session, round_.id, drawn.seats, now=now)


def _seats(
    matcher: MutualMatcher, people: Mapping[AttendeeId, Attendee], seating: Seating
) -> Iterable[Seat]:
    for number, table in enumerate(seating.tables, start=1):
        for one in table:
            others = [other for other in table if other != one]
            company = tuple(_mate(matcher, people[one], people[other]) for other in others)
            yield Seat(attendee=one, table=number, company=company)
    for one in seating.alone:
        yield Seat(attendee=one, table=0, company=())


def _mate(matcher: MutualMatcher, me: Attendee, other: Attendee) -> TableMate:
    reasons = make_reasons(matcher, me, other)
    return TableMate(
        about=other.id,
        give=reasons["give"]["affinity"],
        get=reasons["get"]["affinity"],
        reasons=reasons,
    )
