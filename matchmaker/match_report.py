"""What came of it: the pairings, who is here, who was left out, which needs nobody answers.

Counts only of exchanges: who exchanged with whom, notes and refusals are nobody's business
but the two people's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from matchmaker.documents.csv_out import write_csv
from matchmaker.people.attendee import Attendee, Presence
from matchmaker.people.bands import Band
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.suggestion import Direction, Pairing
from matchmaker.storage import attendees, exchanges, plans, suggestions
from matchmaker.storage.plans import Plan
from matchmaker.storage.suggestions import Place

_QUARTER: Final = timedelta(minutes=15)
_MOST_QUARTERS: Final = 48
_SHOWN: Final = 5


@dataclass(frozen=True, kw_only=True)
class ReportedPair:
    """Two people the plan puts together; ``both_lists`` if each stands on the other's list.

    ``reasons`` are there after ``tell_reasons``; without them no words are marked.
    """

    one: Attendee
    other: Attendee
    pairing: Pairing
    both_lists: bool
    reasons: dict[str, Any] = field(default_factory=dict)

    @property
    def one_gives(self) -> Direction:
        """What the first may give the other."""
        return read_direction(self.reasons, "give", self.one, self.other, self.pairing.give)

    @property
    def other_gives(self) -> Direction:
        """What the other may give the first."""
        return read_direction(self.reasons, "get", self.other, self.one, self.pairing.get)

    @property
    def both_here(self) -> bool:
        """Whether an organizer can walk the two together now."""
        return self.one.presence is Presence.HERE and self.other.presence is Presence.HERE


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """How many people of one language (``""``: all) are here, coming, or have left."""

    here: int = 0
    coming: int = 0
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How many lists hold somebody now, out of how many people they wish to meet."""

    attendee: Attendee
    lists: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything the organizer's page tells."""

    event: Event
    plan: Plan | None
    pairs: Sequence[ReportedPair]
    total: Headcount
    by_language: Mapping[str, Headcount]
    unconfirmed: int
    hidden: int
    nobody_to_meet: Sequence[Attendee]
    most_shown: Sequence[Shown]
    least_shown: Sequence[Shown]
    exchanges: Sequence[tuple[datetime, int]]
    unanswered: Sequence[Attendee]

    @property
    def exchange_count(self) -> int:
        """How many pairs swapped cards."""
        return sum(count for _, count in self.exchanges)

    @property
    def bands(self) -> Mapping[Band, int]:
        """How many pairs stand in each band."""
        return Counter(pair.pairing.band for pair in self.pairs)

    @property
    def mutual_count(self) -> int:
        """How many pairs help both."""
        return sum(pair.pairing.is_mutual for pair in self.pairs)


def make_report(session: Session, event: Event, *, now: datetime) -> Report:
    """Return the report of an event as its stored plan and lists stand."""
    everybody = attendees.list_attendees(session, event.id)
    by_id = {a.id: a for a in everybody}
    listed = [a for a in everybody if a.is_listed]
    current = _current(suggestions.list_places(session, event.id), by_id, event, now)
    holding = Counter(place.pairing.about for place in current)
    available = [a for a in listed if a.can_be_met(event, now)]
    with_list = {place.pairing.to for place in current}
    plan = plans.find_plan(session, event.id)
    ranked = sorted(available, key=lambda a: (-holding[a.id], a.id))
    shown = [Shown(attendee=a, lists=holding[a.id]) for a in ranked]
    return Report(
        event=event,
        plan=plan,
        pairs=_pairs(current, by_id),
        total=_headcount(listed),
        by_language={
            language: _headcount([a for a in listed if a.person.language == language])
            for language in sorted({a.person.language for a in listed})
        },
        unconfirmed=sum(a.confirmed_at is None and not a.shadowed for a in everybody),
        hidden=sum(a.hidden_at is not None for a in everybody),
        nobody_to_meet=[a for a in available if a.id not in with_list],
        most_shown=shown[:_SHOWN],
        least_shown=shown[::-1][:_SHOWN],
        exchanges=count_by_quarter(exchanges.list_exchange_moments(session, event.id)),
        unanswered=[by_id[i] for i in (plan.unanswered if plan else ()) if i in by_id],
    )


def tell_reasons(session: Session, pairs: Sequence[ReportedPair]) -> list[ReportedPair]:
    """Return some of a report's pairs with the reasons that are stored for them."""
    stored = suggestions.list_reasons(session, [(p.pairing.to, p.pairing.about) for p in pairs])
    nothing: dict[str, Any] = {}
    return [
        replace(
            pair,
            reasons=fresh_reasons(
                stored.get((pair.pairing.to, pair.pairing.about), nothing), pair.one, pair.other
            ),
        )
        for pair in pairs
    ]


def count_by_quarter(moments: Sequence[datetime]) -> list[tuple[datetime, int]]:
    """Return how many moments fall into each quarter of an hour, empty ones between included.

    At most the last twelve hours.
    """
    if not moments:
        return []
    counts = Counter(_quarter(moment) for moment in moments)
    last = max(counts)
    first = max(min(counts), last - _QUARTER * (_MOST_QUARTERS - 1))
    steps = int((last - first) / _QUARTER) + 1
    return [(first + _QUARTER * i, counts[first + _QUARTER * i]) for i in range(steps)]


def pairings_csv(report: Report, header: Sequence[str], band_words: Mapping[Band, str]) -> bytes:
    """Return the pairings as CSV; header and band words come in the reader's language."""
    return write_csv(
        header,
        [
            [
                pair.one.name,
                pair.other.name,
                band_words[pair.pairing.band],
                pair.one_gives.offer.text if pair.one_gives.band is not Band.NONE else "",
                pair.one_gives.need.text if pair.one_gives.band is not Band.NONE else "",
                pair.other_gives.offer.text if pair.other_gives.band is not Band.NONE else "",
                pair.other_gives.need.text if pair.other_gives.band is not Band.NONE else "",
                pair.one.spot,
                pair.other.spot,
            ]
            for pair in report.pairs
        ],
    )


def _quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def _headcount(people: Sequence[Attendee]) -> Headcount:
    counts = Counter(a.presence for a in people)
    return Headcount(
        here=counts[Presence.HERE], coming=counts[Presence.COMING], left=counts[Presence.LEFT]
    )


def _current(
    places: Sequence[Place],
    by_id: Mapping[AttendeeId, Attendee],
    event: Event,
    now: datetime,
) -> list[Place]:
    free = {i for i, a in by_id.items() if a.can_be_met(event, now)}
    return [p for p in places if p.is_open and {p.pairing.to, p.pairing.about} <= free]


def _pairs(places: Sequence[Place], by_id: Mapping[AttendeeId, Attendee]) -> list[ReportedPair]:
    known = {(p.pairing.to, p.pairing.about) for p in places}
    pairs = []
    for place in places:
        to, about = place.pairing.to, place.pairing.about
        twice = (about, to) in known
        if twice and about < to:
            continue
        pairs.append(
            ReportedPair(one=by_id[to], other=by_id[about], pairing=place.pairing, both_lists=twice)
        )
    return sorted(pairs, key=lambda pair: (-pair.pairing.score, pair.one.id, pair.other.id))
