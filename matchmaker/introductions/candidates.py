"""Whom somebody may bring together: their contacts, and people suggested to them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import stranger_fields
from matchmaker.people.event import Event
from matchmaker.people.ids import PersonId
from matchmaker.people.person import Person
from matchmaker.storage import (
    attendees,
    contacts,
    introduction_requests,
    people,
    safety,
    suggestions,
)

_CONTACT, _ATTENDEE, _ASKER = "contact:", "attendee:", "asker:"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be introduced; ``key`` names them in forms."""

    key: str
    person: PersonId
    fields: CardFields


def contact_key(public_id: str) -> str:
    """Return the key of one of my contacts."""
    return _CONTACT + public_id


def find_asker(session: Session, me: Person, public_id: str) -> Candidate | None:
    """Return who sent ``me`` the wish of that public id, as a contact if they are one; or None."""
    request = introduction_requests.find_request(session, public_id)
    if request is None or request.asked != me.id:
        return None
    contact = contacts.find_contact_with(session, me.id, request.asker)
    key = _CONTACT + contact.public_id if contact else _ASKER + public_id
    return find_candidate(session, me, None, key)


def list_candidates(session: Session, me: Person, event: Event | None) -> list[Candidate]:
    """Return whom ``me`` may introduce: contacts by name, then those on their list of ``event``."""
    apart = safety.list_blocked_with(session, me.id)
    known = [
        Candidate(key=_CONTACT + c.public_id, person=c.other, fields=c.fields)
        for c in contacts.list_contacts(session, me.id)
        if c.other is not None and c.other not in apart
    ]
    taken = {one.person for one in known} | apart
    known.sort(key=lambda one: one.fields.name.casefold())
    return known + [one for one in _suggested(session, me, event) if one.person not in taken]


def find_candidate(session: Session, me: Person, event: Event | None, key: str) -> Candidate | None:
    """Return whom a key names, or None if ``me`` may not introduce them."""
    kind, _, public_id = key.partition(":")
    match kind + ":":
        case "contact:":
            contact = contacts.find_contact(session, me.id, public_id)
            if contact and contact.other is not None:
                return Candidate(key=key, person=contact.other, fields=contact.fields)
        case "attendee:":
            return _find_suggested(session, me, event, key, public_id)
        case "asker:":
            request = introduction_requests.find_request(session, public_id)
            if request and request.asked == me.id:
                asker = people.get_person(session, request.asker)
                return Candidate(key=key, person=asker.id, fields=stranger_fields(asker))
    return None


def _find_suggested(
    session: Session, me: Person, event: Event | None, key: str, public_id: str
) -> Candidate | None:
    mine = attendees.find_attendee_of(session, event.id, me.id) if event else None
    other = attendees.find_attendee(session, event.id, public_id) if event else None
    if mine is None or other is None or not other.is_listed:
        return None
    if suggestions.find_place(session, mine.id, other.id) is None:
        return None
    return Candidate(key=key, person=other.person.id, fields=stranger_fields(other.person))


def _suggested(session: Session, me: Person, event: Event | None) -> list[Candidate]:
    mine = attendees.find_attendee_of(session, event.id, me.id) if event else None
    if event is None or mine is None:
        return []
    places = suggestions.list_places_of(session, mine.id)
    on_list = {place.pairing.about for place in places if place.dismissed_at is None}
    return [
        Candidate(
            key=_ATTENDEE + other.public_id,
            person=other.person.id,
            fields=stranger_fields(other.person),
        )
        for other in attendees.list_attendees(session, event.id, among=on_list)
        if other.is_listed
    ]
