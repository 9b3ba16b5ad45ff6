"""How the lists of an event stand before a plan: what keeps its place, and who stays apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.affinity.learning import Feedback
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, PersonId
from matchmaker.people.invitation import Answer, Invitation
from matchmaker.storage import attendees, exchanges, invitations, meetings, safety, suggestions
from matchmaker.storage.suggestions import Place
from matchmaker.suggestions.feedback import read_feedback

Pair = tuple[AttendeeId, AttendeeId]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What stands on the lists of an event, and who shall not be suggested to whom any more.

    ``wishes`` are those who would like to meet somebody, whatever was answered: nothing on their
    own list may tell them of it. ``asking`` are those of them who still may hope for an answer,
    or got a yes.
    """

    places: Sequence[Place]
    wishes: frozenset[Pair]
    asking: frozenset[Pair]
    feedback: Sequence[Feedback]
    apart: Mapping[AttendeeId, frozenset[AttendeeId]]


def read_situation(session: Session, event: Event) -> Situation:
    """Return the lists of an event as they stand."""
    places = suggestions.list_places(session, event.id)
    apart: defaultdict[AttendeeId, set[AttendeeId]] = defaultdict(set)
    settled = [pair_of(place) for place in places if not place.is_open]
    exchanged = _among_attendees(session, event, exchanges.list_exchanged_pairs(session, event.id))
    sent = [i for i in invitations.list_invitations(session, event.id) if not i.withdrawn_at]
    blocked = _among_attendees(session, event, safety.list_blocked_pairs(session, event.id))
    declined = [_pair(i) for i in sent if i.answer is Answer.DECLINED]
    for one, other in [*settled, *exchanged, *blocked, *declined]:
        apart[one].add(other)
        apart[other].add(one)
    return Situation(
        places=places,
        wishes=frozenset(_pair(i) for i in sent),
        asking=frozenset(_pair(i) for i in sent if i.answer in {Answer.NONE, Answer.ACCEPTED}),
        feedback=read_feedback(places, sent, exchanged, meetings.list_outcomes(session, event.id)),
        apart={who: frozenset(others) for who, others in apart.items()},
    )


def pair_of(place: Place) -> Pair:
    """Return whose list a place is on, and whom it holds."""
    return place.pairing.to, place.pairing.about


def keeps_its_place(place: Place, situation: Situation) -> bool:
    """Return whether a suggestion stays whatever a new plan says: seen, or wished for."""
    return place.is_open and (place.seen_at is not None or pair_of(place) in situation.wishes)


def find_held(
    situation: Situation, available: frozenset[AttendeeId]
) -> defaultdict[AttendeeId, set[AttendeeId]]:
    """Return who keeps a place on whose list."""
    held: defaultdict[AttendeeId, set[AttendeeId]] = defaultdict(set)
    for place in situation.places:
        if keeps_its_place(place, situation) and place.pairing.about in available:
            held[place.pairing.to].add(place.pairing.about)
    return held


def _pair(invitation: Invitation) -> Pair:
    return invitation.sender, invitation.receiver


def _among_attendees(
    session: Session, event: Event, pairs: Collection[tuple[PersonId, PersonId]]
) -> list[Pair]:
    if not pairs:
        return []
    by_person = {a.person.id: a.id for a in attendees.list_attendees(session, event.id)}
    return [
        (by_person[low], by_person[high])
        for low, high in pairs
        if low in by_person and high in by_person
    ]
