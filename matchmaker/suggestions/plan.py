"""A plan: who is suggested to whom, drafted from a room and stored without disturbing anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.affinity.fairness import fair_lists
from matchmaker.affinity.profile import Recommendation
from matchmaker.affinity.reasons import make_reasons
from matchmaker.people.attendee import LIST_SIZE
from matchmaker.people.bands import SOME_FROM, is_answered
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import texts_digest
from matchmaker.people.suggestion import Bridge, Pairing
from matchmaker.storage import attendees, events, plans, safety, suggestions
from matchmaker.storage.plans import Plan
from matchmaker.storage.suggestions import Place
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.situation import (
    Pair,
    Situation,
    find_held,
    keeps_its_place,
    pair_of,
)
from matchmaker.suggestions.weighing import Weighed, weigh

_SAME_SCORE: Final = 0.01


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A plan before it is stored."""

    new: Sequence[Place]
    refreshed: Sequence[Place]
    dropped: Sequence[Pair]
    unanswered: tuple[AttendeeId, ...]
    people: int
    revision: int
    encoder: str


def draft_plan(room: FollowedRoom, event: Event, situation: Situation, *, now: datetime) -> Draft:
    """Return the plan for the free places of all lists; nothing is written.

    Seen suggestions of people who can still be met keep their place. A suggestion needs at
    least one direction in the lowest band. Who would like to meet somebody comes first on that
    person's list, as soon as there is a free place.
    """
    available = room.available(event, now)
    held = find_held(situation, available)
    asked = _asked(situation, held, available)
    weighed = weigh(room, situation, available)
    lists = fair_lists(
        weighed.lists,
        free={who: max(LIST_SIZE - len(held[who]), 0) for who in available},
        capacity=_capacity(room, held, available),
        held=held,
    )
    chosen = asked | {(to, about) for to, abouts in lists.items() for about in abouts}
    looked_at = chosen | {pair_of(place) for place in situation.places}
    by_pair = {
        (to, r.about): r
        for to, found in weighed.lists.items()
        for r in found
        if (to, r.about) in looked_at
    }
    # Who asked, or who would be on nobody's list, may stand where they were no candidate.
    added = chosen - by_pair.keys()
    by_pair |= {(to, about): room.matcher.recommendation(to, about) for to, about in added}
    unseen = {
        pair_of(p) for p in situation.places if p.is_open and not keeps_its_place(p, situation)
    }
    return Draft(
        new=[_place(room, by_pair[pair], pair, weighed, now) for pair in sorted(chosen - unseen)],
        refreshed=_refreshed(room, situation, available, chosen, by_pair),
        dropped=sorted(unseen - chosen),
        unanswered=_unanswered(room, available),
        people=len(available),
        revision=room.revision,
        encoder=room.matcher.encoder,
    )


def store_plan(session: Session, event: Event, draft: Draft, *, now: datetime) -> int:
    """Store a draft and return its plan number.

    What was seen or settled since the draft was made stays; a list never grows over its size.
    """
    number = events.take_plan_number(session, event.id)
    suggestions.remove_unseen_places(session, draft.dropped)
    standing = suggestions.list_places(session, event.id)
    known = {pair_of(place) for place in standing}
    on_list = Counter(place.pairing.to for place in standing if place.is_open)
    fresh: list[Place] = []
    for place in draft.new:
        if pair_of(place) not in known and on_list[place.pairing.to] < LIST_SIZE:
            on_list[place.pairing.to] += 1
            fresh.append(place)
    suggestions.add_places(session, event.id, _still_welcome(session, event, fresh))
    seen = {pair_of(place) for place in standing if place.seen_at is not None}
    for place in draft.refreshed:
        if place.seen_at is not None or pair_of(place) not in seen:
            suggestions.save_scores(session, place)
    plan = Plan(
        number=number,
        revision=draft.revision,
        encoder=draft.encoder,
        people=draft.people,
        made_at=now,
        unanswered=draft.unanswered,
    )
    plans.add_plan(session, event.id, plan)
    return number


def _asked(
    situation: Situation,
    held: defaultdict[AttendeeId, set[AttendeeId]],
    available: frozenset[AttendeeId],
) -> set[Pair]:
    """Give a place to those who asked, on lists that have one free; they are added to held."""
    asked: set[Pair] = set()
    for sender, receiver in sorted(situation.asking):
        may = {sender, receiver} <= available and sender not in situation.apart.get(receiver, ())
        if may and sender not in held[receiver] and len(held[receiver]) < LIST_SIZE:
            held[receiver].add(sender)
            asked.add((receiver, sender))
    return asked


def _capacity(
    room: FollowedRoom,
    held: Mapping[AttendeeId, set[AttendeeId]],
    available: frozenset[AttendeeId],
) -> dict[AttendeeId, int]:
    holding = Counter(about for abouts in held.values() for about in abouts)
    return {who: room.people[who].wish - holding[who] for who in available}


def _place(
    room: FollowedRoom, found: Recommendation, pair: Pair, weighed: Weighed, now: datetime
) -> Place:
    bridge = weighed.bridges.get(pair, Bridge.NONE)
    return Place(
        pairing=replace(pairing_of(found, pair[0]), bridge=bridge),
        reasons=make_reasons(room.matcher, room.people[pair[0]], room.people[pair[1]]),
        placed_at=now,
    )


def pairing_of(found: Recommendation, to: AttendeeId, *, provisional: bool = False) -> Pairing:
    """Return a recommendation as a place on the list of ``to``."""
    return Pairing(
        to=to,
        about=found.about,
        score=found.score,
        give=found.give,
        get=found.get,
        shares_language=found.shares_language,
        provisional=provisional,
    )


def _refreshed(
    room: FollowedRoom,
    situation: Situation,
    available: frozenset[AttendeeId],
    chosen: set[Pair],
    by_pair: Mapping[Pair, Recommendation],
) -> list[Place]:
    """Places that stay, told anew where a text changed or the matching sees better now."""
    staying = (
        place
        for place in situation.places
        if place.is_open
        and set(pair_of(place)) <= available
        and (keeps_its_place(place, situation) or pair_of(place) in chosen)
    )
    return [
        _told_anew(room, place, found)
        for place in staying
        for found in [by_pair.get(pair_of(place))]
        if _is_outdated(room, place, found)
    ]


def _is_outdated(room: FollowedRoom, place: Place, found: Recommendation | None) -> bool:
    to, about = pair_of(place)
    if place.pairing.provisional:
        return True
    if place.reasons.get("texts") != texts_digest(room.people[to], room.people[about]):
        return True
    if place.seen_at is not None:
        # Scores move a little with everybody who comes; what was seen stays as it was seen.
        return False
    return found is not None and abs(found.score - place.pairing.score) > _SAME_SCORE


def _told_anew(room: FollowedRoom, place: Place, found: Recommendation | None) -> Place:
    to, about = pair_of(place)
    found = found or room.matcher.recommendation(to, about)
    bridge = place.pairing.bridge if found.get < SOME_FROM else Bridge.NONE
    return Place(
        pairing=replace(pairing_of(found, to), bridge=bridge),
        reasons=make_reasons(room.matcher, room.people[to], room.people[about]),
        placed_at=place.placed_at,
        seen_at=place.seen_at,
    )


def _unanswered(room: FollowedRoom, available: frozenset[AttendeeId]) -> tuple[AttendeeId, ...]:
    asking = [who for who in sorted(available) if room.people[who].need]
    best = room.matcher.best_offers(asking, among=available)
    return tuple(who for who in asking if not is_answered(best[who]))


def _still_welcome(session: Session, event: Event, places: Sequence[Place]) -> list[Place]:
    """Leave out who was removed, or blocked by the other, since the draft was made."""
    if not places:
        return []
    people = {a.id: a.person.id for a in attendees.list_attendees(session, event.id)}
    blocked = safety.list_blocked_pairs(session, event.id)
    return [
        place
        for place in places
        if set(pair_of(place)) <= people.keys()
        and tuple(sorted(people[who] for who in pair_of(place))) not in blocked
    ]
