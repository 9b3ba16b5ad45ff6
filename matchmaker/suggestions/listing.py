"""An attendee's list as they see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.suggestion import Standing, Suggestion
from matchmaker.storage import attendees, suggestions
from matchmaker.storage.suggestions import Place


@dataclass(frozen=True, kw_only=True)
class PeopleToMeet:
    """One attendee's suggestions, and those they set aside and may take back."""

    open: tuple[Suggestion, ...]
    dismissed: tuple[Suggestion, ...]
    met: tuple[Suggestion, ...]

    @property
    def unseen(self) -> tuple[AttendeeId, ...]:
        """Those who stand on the list for the first time."""
        return tuple(s.about.id for s in self.open if s.first_seen_at is None)


def list_people_to_meet(
    session: Session, event: Event, me: Attendee, *, now: datetime
) -> PeopleToMeet:
    """Return the suggestions of ``me`` that hold at ``now``, in a stable order.

    First those where both would like to meet, then in the order in which they were first seen;
    pairs who state that they share no language come last. Hidden people see nobody.
    """
    if not me.is_listed:
        return PeopleToMeet(open=(), dismissed=(), met=())
    places = suggestions.list_places_of(session, me.id)
    others = attendees.list_attendees(session, event.id, among=[p.pairing.about for p in places])
    by_id = {other.id: other for other in others}
    wanted, wanting = suggestions.list_wishes_of(session, me.id)
    told = [
        _suggestion(place, me, by_id[place.pairing.about], wanted, wanting)
        for place in places
        if place.pairing.about in by_id
    ]
    current = [
        s
        for s in told
        if s.standing in {Standing.OPEN, Standing.WANTED} and s.about.can_be_met(event, now)
    ]
    return PeopleToMeet(
        open=tuple(sorted(current, key=lambda s: _order(s, now))),
        dismissed=tuple(s for s in told if s.standing is Standing.DISMISSED),
        met=tuple(s for s in told if s.standing is Standing.MET),
    )


def _order(suggestion: Suggestion, now: datetime) -> tuple[bool, bool, float, float]:
    seen = suggestion.first_seen_at or now
    return (
        not suggestion.both_want,
        not suggestion.pairing.shares_language,
        seen.timestamp(),
        -suggestion.pairing.score,
    )


def _suggestion(
    place: Place,
    me: Attendee,
    about: Attendee,
    wanted: set[AttendeeId],
    wanting: set[AttendeeId],
) -> Suggestion:
    reasons = fresh_reasons(place.reasons, me, about)
    return Suggestion(
        pairing=place.pairing,
        about=about,
        give=read_direction(reasons, "give", me, about, place.pairing.give),
        get=read_direction(reasons, "get", about, me, place.pairing.get),
        phrase=str(reasons.get("phrase", "")),
        phrase_of=str(reasons.get("phrase_of", "")),
        standing=_standing(place, wanted),
        wants_me=about.id in wanting,
        first_seen_at=place.seen_at,
    )


def _standing(place: Place, wanted: set[AttendeeId]) -> Standing:
    if place.dismissed_at is not None:
        return Standing.DISMISSED
    if place.met_at is not None:
        return Standing.MET
    return Standing.WANTED if place.pairing.about in wanted else Standing.OPEN
