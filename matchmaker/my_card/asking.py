"""Who read a badge or heard a code asks; cards are exchanged when the other says yes."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker import card_exchange
from matchmaker.people.connection_request import ConnectionRequest, Via
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.ids import make_public_id
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound, OwnCard
from matchmaker.storage import attendees, contacts, events, people, safety
from matchmaker.storage import connection_requests as requests


def ask(
    session: Session, asker: Person, asked: Person, event: Event | None, *, via: Via, now: datetime
) -> Contact | None:
    """Ask somebody to exchange cards; asking again changes nothing.

    Returns None while it waits for an answer, and the asker's contact if the two have exchanged
    already or the other had asked first: then both want it. Where one of the two blocks the
    other it looks to the asker as if it waited, and never reaches anybody.

    Raises
    ------
    OwnCard
        If somebody asks themselves.
    """
    if asker.id == asked.id:
        raise OwnCard
    blocked = safety.is_blocked(session, asker.id, asked.id)
    known = contacts.find_contact_with(session, asker.id, asked.id)
    if known and not blocked:
        return known
    theirs = requests.find_request(session, asked.id, asker.id)
    if theirs and theirs.accepted_at is None and not blocked:
        return _exchange(session, asker, asked, theirs, event, now=now)
    mine = requests.find_request(session, asker.id, asked.id)
    if mine and mine.declined_at:
        requests.set_declined(session, mine, at=mine.declined_at)
        return None
    if mine and mine.waits:
        return None
    # What was accepted and undone since may be asked for anew.
    requests.remove_request(session, asker.id, asked.id)
    request = ConnectionRequest(
        public_id=make_public_id(),
        event_id=event.id if event else None,
        asker=asker.id,
        asked=asked.id,
        via=via,
        asked_at=now,
        declined_at=now if blocked else None,
    )
    requests.add_request(session, request)
    return None


def accept(session: Session, person: Person, public_id: str, *, now: datetime) -> Contact:
    """Say yes: both have each other's card; return the contact of the one who says it.

    Raises
    ------
    NotFound
        If there is no such request to this person, or it can't be answered any more.
    """
    request = _get_request(session, person, public_id)
    asker = people.get_person(session, request.asker)
    if request.accepted_at or safety.is_blocked(session, person.id, asker.id):
        # Tapped twice: what it led to stands, unless it was undone since.
        known = contacts.find_contact_with(session, person.id, asker.id)
        if known is None:
            raise NotFound
        return known
    event = events.get_event(session, request.event_id) if request.event_id else None
    return _exchange(session, person, asker, request, event, now=now)


def decline(session: Session, person: Person, public_id: str, *, now: datetime) -> None:
    """Say no; the asker is not told. Raises NotFound as ``accept`` does."""
    request = _get_request(session, person, public_id)
    if request.waits:
        requests.set_declined(session, request, at=now)


def take_back_decline(session: Session, person: Person, public_id: str) -> None:
    """Let a request wait again after all. Raises NotFound as ``accept`` does."""
    request = _get_request(session, person, public_id)
    if request.declined_at and not safety.is_blocked(session, person.id, request.asker):
        requests.set_declined(session, request, at=None)


def withdraw(session: Session, person: Person, public_id: str, *, now: datetime) -> None:
    """Take back what a person asked and nobody said yes to; anything else changes nothing."""
    mine = (request for request, _asked in requests.list_asked_by(session, person.id))
    found = next((request for request in mine if request.public_id == public_id), None)
    if found and found.waits:
        requests.remove_request(session, person.id, found.asked)
    elif found:
        # The refusal stays, unseen: asking again and again reaches nobody.
        requests.close_declined(session, found, at=now)


def list_waiting(session: Session, person: Person) -> list[tuple[ConnectionRequest, Person]]:
    """Return what waits for a person's answer, and who asks; never who is blocked."""
    blocked = safety.list_blocked_with(session, person.id)
    found = requests.list_waiting_for(session, person.id)
    return [(request, asker) for request, asker in found if asker.id not in blocked]


def _get_request(session: Session, person: Person, public_id: str) -> ConnectionRequest:
    found = requests.find_request_to(session, person.id, public_id)
    if found is None:
        raise NotFound
    return found


def _exchange(
    session: Session,
    person: Person,
    asker: Person,
    request: ConnectionRequest,
    event: Event | None,
    *,
    now: datetime,
) -> Contact:
    """Swap cards; the one who asked is told of it as if they had been scanned."""
    both_there = event and all(
        attendees.find_attendee_of(session, event.id, one.id) for one in (person, asker)
    )
    mine = card_exchange.exchange(session, person, asker, event if both_there else None, now=now)
    requests.set_accepted(session, request, at=now)
    return mine
