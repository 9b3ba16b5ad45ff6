"""Circles: for those whom pairs serve badly, three of whom each gives to the next."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy.orm import Session

from matchmaker.affinity.circles import propose_circles
from matchmaker.affinity.reasons import make_way
from matchmaker.people.attendee import Attendee
from matchmaker.people.bands import GOOD_FROM, SOME_FROM
from matchmaker.people.circle import Circle, CircleAnswer, CircleSeat, may_answer
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import AttendeeId, make_public_id
from matchmaker.people.reasons import texts_digest
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, circles, events, jobs, programme
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.situation import Situation

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher

SOONEST: Final = timedelta(minutes=10)
"""How long after it is proposed a circle meets at the earliest."""

_ROUNDED_TO: Final = 300
_LOG = logging.getLogger(__name__)
_GIVERS_AT_ONCE: Final = 512


@dataclass(frozen=True, kw_only=True)
class MyCircle:
    """A circle and its three people; it is open while all of them can be met."""

    circle: Circle
    people: Mapping[AttendeeId, Attendee]
    is_open: bool


def draft_circles(
    room: FollowedRoom,
    event: Event,
    situation: Situation,
    known: Sequence[Circle],
    breaks: Iterable[datetime],
    *,
    now: datetime,
) -> list[Circle]:
    """Return new circles among those who are here; nothing is written.

    Asked are only people whose best pair is less than a good match, who are in no open circle
    and did not just say that they are not free. The same three are never asked twice.
    """
    if event.phase(now) is not Phase.DURING:
        return []
    starts_at = find_next_meeting(event, breaks, now=now)
    if starts_at is None:
        return []
    served = _served(situation)
    busy = _busy(known, now)
    seekers = [
        who for who in sorted(room.available(event, now) - busy) if served.get(who, 0.0) < GOOD_FROM
    ]
    edges = _edges(room.matcher, seekers, situation.apart)
    asked = {frozenset(circle.members) for circle in known}
    table = 1 + max((c.table for c in known if c.is_open(now)), default=0)
    choice = propose_circles(edges, served=served)
    if choice.found:
        _LOG.info(
            "circles of event %s: %s of %s chosen, at most %.1f %% below the best choice",
            event.id, len(choice.circles), choice.found, 100 * choice.gap,
        )  # fmt: skip
    chosen = [
        one
        for one in choice.circles
        if one.strength >= GOOD_FROM and frozenset(one.members) not in asked
    ]
    return [
        _circle(room, event, one.members, starts_at=starts_at, table=table + n, now=now)
        for n, one in enumerate(chosen)
    ]


def store_circles(
    session: Session, event: Event, drafted: Sequence[Circle], *, now: datetime
) -> list[Circle]:
    """Store drafted circles of people who are in no open one by now, and return them."""
    if not drafted:
        return []
    events.raise_revision(session, event.id)
    busy = _busy(circles.list_circles(session, event.id), now)
    there = {a.id for a in attendees.list_attendees(session, event.id) if a.can_be_met(event, now)}
    return [
        circles.add_circle(session, circle)
        for circle in drafted
        if not busy & set(circle.members) and there.issuperset(circle.members)
    ]


def answer_circle(
    session: Session,
    event: Event,
    me: Attendee,
    public_id: str,
    answer: CircleAnswer,
    *,
    now: datetime,
) -> Circle:
    """Store what ``me`` says of a circle; if they are not free it is closed and another sought.

    Raises
    ------
    NotFound
        If there is no such circle, it is not theirs, it is over, or that can't be said any more.
    """
    events.raise_revision(session, event.id)
    circle = circles.find_circle(session, event.id, public_id)
    if circle is None or not may_answer(circle, me.id, answer, now):
        raise NotFound
    circles.save_answer(session, circle, me.id, answer, now=now)
    if answer is CircleAnswer.NOT_FREE:
        circles.close_circle(session, circle, now=now)
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return circle


def find_my_circle(
    session: Session, event: Event, me: Attendee, *, now: datetime
) -> MyCircle | None:
    """Return the circle of ``me`` that counts now: the open one, else the last one, or None."""
    mine = circles.list_circles_of(session, me.id)
    chosen = [circle for circle in mine if circle.is_open(now)] or mine
    if not chosen:
        return None
    circle = chosen[-1]
    found = attendees.list_attendees(session, event.id, among=circle.members)
    people = {one.id: one for one in found}
    if people.keys() != set(circle.members):
        return None
    complete = all(one.can_be_met(event, now) for one in found)
    return MyCircle(circle=circle, people=people, is_open=circle.is_open(now) and complete)


def find_next_meeting(
    event: Event, breaks: Iterable[datetime], *, now: datetime
) -> datetime | None:
    """Return when circles can meet: the next break, else soon, on a round minute; None if never."""
    soonest = now + SOONEST
    coming = [start for start in sorted(breaks) if start >= soonest]
    if coming:
        return coming[0]
    seconds = -soonest.timestamp() % _ROUNDED_TO
    start = soonest + timedelta(seconds=seconds)
    return start if start < event.ends_at else None


def list_breaks(session: Session, event: Event) -> tuple[datetime, ...]:
    """Return when the breaks of an event begin."""
    return programme.list_breaks(session, event.id)


def _served(situation: Situation) -> dict[AttendeeId, float]:
    served: dict[AttendeeId, float] = {}
    for place in situation.places:
        if place.is_open:
            pairing = place.pairing
            mutual = sqrt(max(pairing.give, 0.0) * max(pairing.get, 0.0))
            served[pairing.to] = max(served.get(pairing.to, 0.0), mutual)
    return served


def _busy(known: Iterable[Circle], now: datetime) -> set[AttendeeId]:
    busy: set[AttendeeId] = set()
    for circle in known:
        if circle.is_open(now):
            busy.update(circle.members)
        elif now < circle.starts_at:
            # Who is not free for this break is asked again for the next one.
            busy.update(s.attendee for s in circle.seats if s.answer is CircleAnswer.NOT_FREE)
    return busy


def _edges(
    matcher: MutualMatcher,
    people: Sequence[AttendeeId],
    apart: Mapping[AttendeeId, Collection[AttendeeId]],
) -> dict[AttendeeId, dict[AttendeeId, float]]:
    if len(people) < 3:
        return {}
    edges: dict[AttendeeId, dict[AttendeeId, float]] = {}
    for start in range(0, len(people), _GIVERS_AT_ONCE):
        givers = people[start : start + _GIVERS_AT_ONCE]
        found = matcher.affinities(givers, people)
        for row, column in np.argwhere(found >= SOME_FROM):
            giver, taker = givers[row], people[column]
            if taker != giver and taker not in apart.get(giver, ()):
                edges.setdefault(giver, {})[taker] = float(found[row, column])
    return edges


def _circle(
    room: FollowedRoom,
    event: Event,
    members: tuple[AttendeeId, AttendeeId, AttendeeId],
    *,
    starts_at: datetime,
    table: int,
    now: datetime,
) -> Circle:
    first, second, third = (room.people[who] for who in members)
    return Circle(
        id=0,
        public_id=make_public_id(),
        event_id=event.id,
        seats=(
            _seat(room.matcher, first, second),
            _seat(room.matcher, second, third),
            _seat(room.matcher, third, first),
        ),
        made_at=now,
        starts_at=starts_at,
        table=table,
    )


def _seat(matcher: MutualMatcher, giver: Attendee, taker: Attendee) -> CircleSeat:
    gives = {"texts": texts_digest(giver, taker), "give": make_way(matcher, giver, taker)}
    return CircleSeat(attendee=giver.id, gives=gives)
