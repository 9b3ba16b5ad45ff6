"""Who has met, and who shall not sit together, before the tables of a round are drawn up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, PersonId
from matchmaker.people.seating import Round
from matchmaker.storage import attendees, exchanges, rounds, safety, suggestions

Pair = tuple[AttendeeId, AttendeeId]


@dataclass(frozen=True, kw_only=True)
class History:
    """Pairs that have met, and for each person whom they are kept apart from."""

    met: frozenset[Pair]
    apart: Mapping[AttendeeId, frozenset[AttendeeId]]


def read_history(session: Session, event: Event, round_: Round) -> History:
    """Return what the evening knows: tables so far, exchanges, ticks, dismissals and blocks."""
    by_person = {a.person.id: a.id for a in attendees.list_attendees(session, event.id)}
    met = rounds.list_seated_pairs(session, event.id, before=round_.starts_at)
    met |= _at_event(exchanges.list_exchanged_pairs(session, event.id), by_person)
    apart: defaultdict[AttendeeId, set[AttendeeId]] = defaultdict(set)
    kept = _at_event(safety.list_blocked_pairs(session, event.id), by_person)
    for place in suggestions.list_places(session, event.id):
        pair = (place.pairing.to, place.pairing.about)
        if place.met_at is not None:
            met.add(pair)
        elif place.dismissed_at is not None:
            kept.add(pair)
    for one, other in kept:
        apart[one].add(other)
        apart[other].add(one)
    return History(
        met=frozenset(met), apart={who: frozenset(others) for who, others in apart.items()}
    )


def _at_event(
    pairs: set[tuple[PersonId, PersonId]], by_person: Mapping[PersonId, AttendeeId]
) -> set[Pair]:
    return {
        (by_person[one], by_person[other])
        for one, other in pairs
        if one in by_person and other in by_person
    }
