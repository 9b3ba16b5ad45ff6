"""A room that is followed: its people and their matcher, brought up to date row by row."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from matchmaker.affinity.profile import Profile
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, EventId
from matchmaker.storage import attendees

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher
    from matchmaker.affinity.records import Vectors
    from matchmaker.suggestions.bridges import IntroductionMatcher
    from matchmaker.suggestions.vectors import VectorShelf

_REFIT_SHARE: Final = 0.2
_REFIT_FROM: Final = 20


@dataclass
class FollowedRoom:
    """The people of one event as of one revision, and the matcher that knows them."""

    matcher: MutualMatcher
    revision: int = 0
    people: dict[AttendeeId, Attendee] = field(default_factory=dict)
    introductions: IntroductionMatcher | None = None
    is_fitted: bool = False
    changed_since_fit: int = 0
    fitted_people: int = 0

    def available(self, event: Event, now: datetime) -> frozenset[AttendeeId]:
        """Return who may be suggested at ``now``."""
        return frozenset(a.id for a in self.people.values() if a.can_be_met(event, now))


class Follower:
    """Keeps one matcher per event and reads only the rows that changed since the last look."""

    def __init__(
        self, make_matcher: Callable[[], MutualMatcher], shelf: VectorShelf | None = None
    ) -> None:
        self._make_matcher = make_matcher
        self._shelf = shelf
        self._rooms: dict[EventId, FollowedRoom] = {}
        self._lock = threading.Lock()

    @contextmanager
    def room(self, session: Session, event: Event) -> Iterator[FollowedRoom]:
        """Yield the event's room, caught up, for this thread alone.

        A matcher that is asked while another thread teaches it would answer nonsense.
        """
        with self._lock:
            yield self._catch_up(session, event)

    def catch_up(self, session: Session, event: Event) -> FollowedRoom:
        """Return the event's room as the transaction of ``session`` sees it.

        For a process in which only one thread uses rooms; others take ``room``.
        """
        with self._lock:
            return self._catch_up(session, event)

    def _catch_up(self, session: Session, event: Event) -> FollowedRoom:
        # Taken out while it changes: a room half brought up to date is never used again.
        room = self._rooms.pop(event.id, None) or FollowedRoom(matcher=self._make_matcher())
        if event.revision > room.revision or not room.is_fitted:
            changed, removed = attendees.list_changed(session, event.id, since=room.revision)
            if self._shelf:
                self._shelf.read(session, changed)
            _apply(room, changed, removed, self._vectors())
            room.revision = max(room.revision, event.revision)
        self._rooms[event.id] = room
        return room

    def take_vectors(self, room: FollowedRoom, texts: Collection[str]) -> None:
        """Let the matcher of a room know the vectors that have come for these texts."""
        if self._shelf is None:
            return
        with self._lock:
            touched = [a for a in room.people.values() if self._shelf.concerns(a, texts)]
            room.matcher.partial_fit([profile_of(a) for a in touched], vectors=self._vectors())

    def _vectors(self) -> Vectors:
        return self._shelf.known if self._shelf else {}

    def forget(self, event_id: EventId) -> None:
        """Drop what is known of an event; the next look reads it whole."""
        with self._lock:
            self._rooms.pop(event_id, None)


def profile_of(attendee: Attendee) -> Profile:
    """Return what the matching may read of an attendee."""
    return Profile(
        id=attendee.id,
        offer=attendee.offer,
        need=attendee.need,
        language=attendee.person.language,
        can_introduce=attendee.can_introduce,
        organization=attendee.person.business.organization,
        speaks=frozenset(attendee.speaks),
        meets_own_organization=attendee.meets_own_organization,
        welcomes_newcomers=attendee.welcomes_newcomers,
        wish=attendee.wish,
    )


def _apply(
    room: FollowedRoom,
    changed: list[Attendee],
    removed: list[AttendeeId],
    vectors: Vectors,
) -> None:
    gone = {*removed, *(a.id for a in changed if not a.is_listed)} & room.people.keys()
    listed = [a for a in changed if a.is_listed]
    # Only what the matching reads makes work; somebody who merely arrived does not.
    new = [a for a in listed if a.id not in room.people or _differs(room.people[a.id], a)]
    for attendee_id in gone:
        del room.people[attendee_id]
    room.people.update((a.id, a) for a in listed)
    room.changed_since_fit += len(new) + len(gone)
    grown = room.changed_since_fit >= max(_REFIT_FROM, _REFIT_SHARE * room.fitted_people)
    if grown or not room.is_fitted:
        everybody = [profile_of(a) for a in room.people.values()]
        room.matcher.fit(everybody, vectors=vectors)
        room.fitted_people, room.changed_since_fit = len(room.people), 0
        room.is_fitted = True
    else:
        room.matcher.remove(gone)
        room.matcher.partial_fit([profile_of(a) for a in new], vectors=vectors)


def _differs(old: Attendee, new: Attendee) -> bool:
    return profile_of(old) != profile_of(new)
