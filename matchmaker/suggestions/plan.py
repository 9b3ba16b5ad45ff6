"""A plan: who is suggested to whom, drafted from a room and stored without disturbing anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.affinity.fairness import fair_lists
from matchmaker.affinity.learning import learn_rates
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.attendee import LIST_SIZE
from matchmaker.people.bands import SOME_FROM, is_answered
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import texts_digest
from matchmaker.people.suggestion import Pairing
from matchmaker.storage import attendees, events, suggestions
from matchmaker.storage.suggestions import Place, Plan
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.reasons import make_reasons
from matchmaker.suggestions.situation import (
    Pair,
    Situation,
    find_held,
    keeps_its_place,
    pair_of,
)

CANDIDATES: Final = 50
"""How many people are weighed for each list before fairness chooses among them."""

_LEAST_USEFUL: Final = 0.5
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
    recommended = _recommended(room, situation, available)
    lists = fair_lists(
        recommended,
        free={who: LIST_SIZE - len(held[who]) for who in available},
        capacity=_capacity(room, held, available),
        held=held,
    )
    by_pair = {(to, r.about): r for to, found in recommended.items() for r in found}
    chosen = asked | {(to, about) for to, abouts in lists.items() for about in abouts}
    # Who asked, or who would be on nobody's list, may stand where they were no candidate.
    added = chosen - by_pair.keys()
    by_pair |= {(to, about): room.matcher.recommendation(to, about) for to, about in added}
    unseen = {
        pair_of(p) for p in situation.places if p.is_open and not keeps_its_place(p, situation)
    }
    return Draft(
        new=[_place(room, by_pair[pair], pair, now) for pair in sorted(chosen - unseen)],
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
    alive = _still_there(session, event, fresh)
    suggestions.add_places(
        session, event.id, [p for p in fresh if {p.pairing.to, p.pairing.about} <= alive]
    )
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
    suggestions.add_plan(session, event.id, plan)
    return number


def is_worth_showing(recommendation: Recommendation) -> bool:
    """Return whether at least one direction reaches the lowest band: else rather nobody.

    Two who offer the same and need the same are nobody to each other, however near their texts.
    """
    helps = max(recommendation.give, recommendation.get) >= SOME_FROM
    return helps and recommendation.useful >= _LEAST_USEFUL


def _asked(
    situation: Situation,
    held: defaultdict[AttendeeId, set[AttendeeId]],
    available: frozenset[AttendeeId],
) -> set[Pair]:
    """Give a place to those who asked, on lists that have one free; they are added to held."""
    asked: set[Pair] = set()
    for sender, receiver in sorted(situation.wishes):
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


def _recommended(
    room: FollowedRoom, situation: Situation, available: frozenset[AttendeeId]
) -> dict[AttendeeId, list[Recommendation]]:
    found = room.matcher.candidates(k=CANDIDATES, exclude=situation.apart, among=available)
    rates = learn_rates(situation.feedback)
    return {
        to: _in_order(
            replace(r, score=rates.adjust(r.score, one=to, other=r.about))
            for r in ranked
            if is_worth_showing(r)
        )
        for to, ranked in found.items()
    }


def _in_order(found: Iterable[Recommendation]) -> list[Recommendation]:
    return sorted(found, key=lambda r: (not r.shares_language, -r.score, r.about))


def _place(room: FollowedRoom, found: Recommendation, pair: Pair, now: datetime) -> Place:
    return Place(
        pairing=pairing_of(found, pair[0]),
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
        _told_anew(room, place)
        for place in staying
        if _is_outdated(room, place, by_pair.get(pair_of(place)))
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


def _told_anew(room: FollowedRoom, place: Place) -> Place:
    to, about = pair_of(place)
    found = room.matcher.recommendation(to, about)
    return Place(
        pairing=pairing_of(found, to),
        reasons=make_reasons(room.matcher, room.people[to], room.people[about]),
        placed_at=place.placed_at,
        seen_at=place.seen_at,
    )


def _unanswered(room: FollowedRoom, available: frozenset[AttendeeId]) -> tuple[AttendeeId, ...]:
    return tuple(
        who
        for who in sorted(available)
        if room.people[who].need
        and not is_answered(room.matcher.best_offer_for(who, among=available))
    )


def _still_there(session: Session, event: Event, places: Sequence[Place]) -> set[AttendeeId]:
    ids = {who for p in places for who in (p.pairing.to, p.pairing.about)}
    if not ids:
        return set()
    return {a.id for a in attendees.list_attendees(session, event.id) if a.id in ids}
