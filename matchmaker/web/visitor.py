"""Who is there: the signed cookie of a person's phone, or of an organizer's laptop."""

import secrets
from typing import Final

from flask import g
from flask import session as cookie

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import EventId, OrganizerId
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, events, people
from matchmaker.storage import sign_in as stored
from matchmaker.storage.connect import Session
from matchmaker.storage.sign_in import OrganizerRole

_PERSON: Final = "person"
_VERSION: Final = "version"
_EVENT: Final = "event"
_ORGANIZER: Final = "organizer"
_DEVICE: Final = "device"
_LEFT: Final = "left"
_MOST_LEFT: Final = 5


def find_me(session: Session) -> Person | None:
    """Return who is signed in on this phone, or None; a renewed key signs all phones out."""
    person = people.find_person(session, str(cookie.get(_PERSON, "")))
    if person is None or person.key_version != cookie.get(_VERSION):
        g.shown_to = None
        return None
    g.shown_to = person.public_id
    return person


def get_me(session: Session) -> Person:
    """Return who is signed in on this phone.

    Raises
    ------
    NotFound
        If nobody is.
    """
    person = find_me(session)
    if person is None:
        raise NotFound
    return person


def get_event(session: Session, slug: str) -> Event:
    """Return the event of that short name, or raise NotFound."""
    event = events.find_event(session, slug)
    if event is None:
        raise NotFound
    return event


def find_my_attendance(session: Session, event: Event) -> Attendee | None:
    """Return who is signed in on this phone as an attendee of ``event``, or None."""
    me = find_me(session)
    return attendees.find_attendee_of(session, event.id, me.id) if me else None


def get_my_attendance(session: Session, slug: str) -> tuple[Event, Attendee]:
    """Return the event and who is signed in there; anybody else finds nothing."""
    event = get_event(session, slug)
    attendee = find_my_attendance(session, event)
    if attendee is None:
        raise NotFound
    return event, attendee


def find_present_event(session: Session, person: Person) -> Event | None:
    """Return the event this phone was last at, else the latest one the person joined."""
    slug = str(cookie.get(_EVENT, ""))
    event = events.find_event(session, slug) if slug else None
    if event and attendees.find_attendee_of(session, event.id, person.id):
        return event
    attended = attendees.list_attendances(session, person.id)
    return events.get_event(session, attended[0].event_id) if attended else None


def sign_in_person(person: Person, event: Event | None) -> None:
    """Keep a person signed in on this phone; whatever the cookie held before is gone."""
    kept = {key: cookie[key] for key in (_DEVICE, _ORGANIZER) if key in cookie}
    cookie.clear()
    cookie.update(kept)
    cookie.permanent = True
    cookie[_PERSON] = person.public_id
    cookie[_VERSION] = person.key_version
    if event:
        cookie[_EVENT] = event.slug


def note_left_card(contact: str) -> None:
    """Remember on this phone that its owner left a card, as a contact of that public id."""
    left = [known for known in list_left_cards() if known != contact]
    cookie[_LEFT] = [*left, contact][-_MOST_LEFT:]


def list_left_cards() -> list[str]:
    """Return the cards left from this phone since anybody signed in on it, the latest last."""
    left = cookie.get(_LEFT, [])
    return [str(contact) for contact in left] if isinstance(left, list) else []


def sign_out() -> None:
    """Forget everything on this phone."""
    cookie.clear()


def sign_in_organizer(organizer: OrganizerId) -> None:
    """Keep an organizer signed in on this device."""
    kept = {key: cookie[key] for key in (_DEVICE, _PERSON, _VERSION, _EVENT) if key in cookie}
    cookie.clear()
    cookie.update(kept)
    cookie.permanent = True
    cookie[_ORGANIZER] = organizer


def list_my_parts(session: Session) -> dict[EventId, OrganizerRole]:
    """Return the events and roles of the organizer signed in here; raise NotFound if nobody is."""
    organizer = cookie.get(_ORGANIZER)
    if not isinstance(organizer, int):
        raise NotFound
    return stored.list_parts(session, OrganizerId(organizer))


def get_my_event(session: Session, slug: str, *, owner: bool) -> Event:
    """Return an event that the organizer signed in here runs (as owner) or helps at.

    Raises
    ------
    NotFound
        If there is none, or it is not theirs: the two look alike.
    """
    event = get_event(session, slug)
    role = list_my_parts(session).get(event.id)
    if role is None or (owner and role is not OrganizerRole.OWNER):
        raise NotFound
    return event


def device_id() -> str:
    """Return a random name for this device, kept in its signed cookie: limits count by it."""
    if _DEVICE not in cookie:
        cookie[_DEVICE] = secrets.token_urlsafe(9)
    return str(cookie[_DEVICE])
