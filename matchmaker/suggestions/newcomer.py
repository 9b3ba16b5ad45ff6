"""A newcomer's first list: at once, from the light matcher, until the next plan fills the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.affinity.profile import Recommendation
from matchmaker.people.attendee import LIST_SIZE, Attendee
from matchmaker.people.event import Event
from matchmaker.storage import suggestions
from matchmaker.storage.suggestions import Place
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.plan import is_worth_showing, pairing_of
from matchmaker.suggestions.reasons import make_reasons

FIRST_PLACES: Final = 3
"""Places a first list may fill: the others wait for the plan, which knows everybody better."""

_WEIGHED: Final = 20


def draft_first_list(
    session: Session, room: FollowedRoom, event: Event, me: Attendee, *, now: datetime
) -> list[Place]:
    """Return the first few places for somebody who has just joined; nothing is written.

    People whom as many lists hold as they wish to meet are passed over. Nobody is found for
    somebody who is not available, or whose list already has places.
    """
    if me.id not in room.people or suggestions.list_places_of(session, me.id):
        return []
    available = room.available(event, now)
    if me.id not in available:
        return []
    ranked = room.matcher.recommend(me.id, k=_WEIGHED, among=available)
    good = [found for found in ranked if is_worth_showing(found)]
    holding = suggestions.count_holding(session, [found.about for found in good])
    open_to_meet = [r for r in good if holding.get(r.about, 0) < room.people[r.about].wish]
    return [_place(room, me, found, now) for found in open_to_meet[:FIRST_PLACES]]


def store_first_list(session: Session, event: Event, places: list[Place]) -> None:
    """Store a first list, unless a plan was quicker."""
    if places and not suggestions.list_places_of(session, places[0].pairing.to):
        suggestions.add_places(session, event.id, places[:LIST_SIZE])


def _place(room: FollowedRoom, me: Attendee, found: Recommendation, now: datetime) -> Place:
    return Place(
        pairing=pairing_of(found, me.id, provisional=True),
        reasons=make_reasons(room.matcher, me, room.people[found.about]),
        placed_at=now,
    )
