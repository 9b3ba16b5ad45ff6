"""A newcomer's first list: at once, from the light matcher, until the next plan fills the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.affinity.profile import Recommendation
from matchmaker.affinity.reasons import make_reasons
from matchmaker.people.attendee import LIST_SIZE, Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.suggestion import Pairing
from matchmaker.storage import safety, suggestions
from matchmaker.storage.suggestions import Place
from matchmaker.suggestions.follower import FollowedRoom
from matchmaker.suggestions.plan import pairing_of
from matchmaker.suggestions.weighing import is_worth_showing

FIRST_PLACES: Final = 3
"""Places a first list may fill: the others wait for the plan, which knows everybody better."""

_WEIGHED: Final = 20


@dataclass(frozen=True, kw_only=True)
class FirstList:
    """A first list before it is stored.

    ``displaced`` are places of others that make room for it, as (list, person): somebody whom
    enough lists hold is let go by one that its reader has not seen and where they fit less well.
    """

    places: tuple[Place, ...] = ()
    displaced: tuple[tuple[AttendeeId, AttendeeId], ...] = ()


def draft_first_list(
    session: Session, room: FollowedRoom, event: Event, me: Attendee, *, now: datetime
) -> FirstList:
    """Return the first few places for somebody who has just joined; nothing is written.

    People whom as many lists hold as they wish to meet are passed over, unless one of those
    lists may let them go. Nobody is found for somebody who is not available, or whose list
    already has places.
    """
    if me.id not in room.people or suggestions.list_places_of(session, me.id):
        return FirstList()
    available = room.available(event, now)
    if me.id not in available:
        return FirstList()
    blocked = safety.list_blocked_with(session, me.person.id)
    met = frozenset(a for a in available if room.people[a].person.id not in blocked)
    ranked = room.matcher.recommend(me.id, k=_WEIGHED, among=met)
    good = [found for found in ranked if is_worth_showing(found)]
    full = _find_full(session, room, good)
    weakest = suggestions.find_weakest_unseen(session, full)
    chosen = [r for r in good if r.about not in full or _fits_better(r, weakest)][:FIRST_PLACES]
    return FirstList(
        places=tuple(_place(room, me, found, now) for found in chosen),
        displaced=tuple((weakest[r.about].to, r.about) for r in chosen if r.about in full),
    )


def store_first_list(session: Session, event: Event, first: FirstList) -> None:
    """Store a first list, unless a plan was quicker."""
    places = first.places
    if places and not suggestions.list_places_of(session, places[0].pairing.to):
        suggestions.remove_unseen_places(session, first.displaced)
        suggestions.add_places(session, event.id, places[:LIST_SIZE])


def _find_full(
    session: Session, room: FollowedRoom, found: list[Recommendation]
) -> frozenset[AttendeeId]:
    holding = suggestions.count_holding(session, [r.about for r in found])
    return frozenset(about for about, n in holding.items() if n >= room.people[about].wish)


def _fits_better(found: Recommendation, weakest: dict[AttendeeId, Pairing]) -> bool:
    held = weakest.get(found.about)
    return held is not None and held.score < found.score


def _place(room: FollowedRoom, me: Attendee, found: Recommendation, now: datetime) -> Place:
    return Place(
        pairing=pairing_of(found, me.id, provisional=True),
        reasons=make_reasons(room.matcher, me, room.people[found.about]),
        placed_at=now,
    )
