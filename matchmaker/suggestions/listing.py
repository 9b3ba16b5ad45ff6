"""An attendee's list as they see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, PublicId
from matchmaker.people.invitation import State as Invited
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.suggestion import Standing, Suggestion
from matchmaker.storage import attendees, invitations, meetings, safety, suggestions
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


@dataclass(frozen=True, kw_only=True)
class _Wishes:
    """Between one attendee and the others: what they sent, were sent and agreed on."""

    sent: dict[AttendeeId, Invited]
    waiting: dict[AttendeeId, PublicId]
    meetings: dict[AttendeeId, PublicId]


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
    blocked = safety.list_blocked_with(session, me.person.id)
    by_id = {other.id: other for other in others if other.person.id not in blocked}
    wishes = _read_wishes(session, event, me, now)
    told = [
        _suggestion(place, me, by_id[place.pairing.about], wishes)
        for place in places
        if place.pairing.about in by_id
    ]
    current = [
        s
        for s in told
        if s.standing not in {Standing.MET, Standing.DISMISSED} and s.about.can_be_met(event, now)
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
    wishes: _Wishes,
) -> Suggestion:
    reasons = fresh_reasons(place.reasons, me, about)
    return Suggestion(
        pairing=place.pairing,
        about=about,
        give=read_direction(reasons, "give", me, about, place.pairing.give),
        get=read_direction(reasons, "get", about, me, place.pairing.get),
        phrase=str(reasons.get("phrase", "")),
        phrase_of=str(reasons.get("phrase_of", "")),
        standing=_standing(place, wishes),
        invitation=wishes.waiting.get(about.id),
        meeting=wishes.meetings.get(about.id),
        first_seen_at=place.seen_at,
    )


def _standing(place: Place, wishes: _Wishes) -> Standing:
    if place.dismissed_at is not None:
        return Standing.DISMISSED
    if place.met_at is not None:
        return Standing.MET
    about = place.pairing.about
    if about in wishes.meetings:
        return Standing.WANTED
    match wishes.sent.get(about):
        case Invited.WAITING:
            return Standing.WANTED
        case Invited.CLOSED | Invited.ACCEPTED:
            # Accepted, and the meeting called off since.
            return Standing.CLOSED
    return Standing.OPEN


def _read_wishes(session: Session, event: Event, me: Attendee, now: datetime) -> _Wishes:
    sent = invitations.list_sent(session, me.id)
    received = invitations.list_received(session, me.id)
    agreed = meetings.list_meetings_of(session, me.id)
    return _Wishes(
        sent={i.receiver: i.as_sender_sees(event, now) for i in sent},
        waiting={i.sender: i.public_id for i in received if i.waits(event, now)},
        meetings={m.other(me.id): m.public_id for m in agreed if m.cancelled_at is None},
    )
