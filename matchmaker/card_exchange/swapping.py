"""Two cards are swapped: both have a contact afterwards."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.card_exchange.entries import make_contact
from matchmaker.people.attendee import Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import Boundary, shown_side
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event, Phase
from matchmaker.people.exchange import Exchange, add_key
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked, ExchangeUndone, NotFound, OwnCard
from matchmaker.storage import (
    attendees,
    contacts,
    events,
    exchanges,
    jobs,
    meetings,
    people,
    safety,
    suggestions,
)


def shown_fields(person: Person, boundary: str = Boundary.BUSINESS) -> CardFields:
    """Return exactly what somebody gets of a person's card: its preview shows the same."""
    return shown_side(person, boundary)


def exchange(
    session: Session,
    scanner: Person,
    shower: Person,
    event: Event | None,
    *,
    now: datetime,
    client_key: str = "",
) -> Contact:
    """Give two people each other's card and return the scanner's contact.

    Both get a contact; doing it again changes nothing. At a running event the two count as met
    and as here. ``client_key`` is that of the scan: sent again it finds what it led to.

    Raises
    ------
    OwnCard
        If somebody scans themselves.
    CardRevoked
        If one of the two blocks the other: to the blocked it is like an old code.
    ExchangeUndone
        If that scan led to an exchange that was undone since.
    NotFound
        If the scanner deleted the contact that this scan had led to.
    """
    if scanner.id == shower.id:
        raise OwnCard
    event_id = event.id if event else None
    revision = events.raise_revision(session, event_id) if event_id is not None else 0
    # Two who scan each other at the same moment stand in line.
    people.lock_people(session, scanner.id, shower.id)
    if safety.is_blocked(session, scanner.id, shower.id):
        raise CardRevoked
    known = exchanges.find_exchange(session, scanner.id, shower.id)
    if known and known.knows(client_key):
        return _find_again(session, known, scanner, shower)
    both = _attendances(session, event, scanner, shower)
    _note_exchange(session, known, scanner, shower, event, now=now, client_key=client_key)
    mine = _keep(session, scanner, shower, event, both, now=now)
    _keep(session, shower, scanner, event, both[::-1] if both else None, now=now)
    if event and both:
        _note_meeting(session, event, both, revision=revision, now=now)
        # What they said of their meeting before they swapped cards.
        meetings.bring_contacts_up_to_date(session, both[0].id, both[1].id)
    return mine


def _find_again(session: Session, known: Exchange, scanner: Person, shower: Person) -> Contact:
    if known.undone_at:
        raise ExchangeUndone
    mine = contacts.find_contact_with(session, scanner.id, shower.id)
    if mine is None:
        raise NotFound
    return mine


def _note_exchange(
    session: Session,
    known: Exchange | None,
    scanner: Person,
    shower: Person,
    event: Event | None,
    *,
    now: datetime,
    client_key: str,
) -> None:
    low, high = sorted((scanner.id, shower.id))
    keys = add_key(known.keys if known else "", client_key)
    if known and known.undone_at is None and _have_each_other(session, scanner, shower):
        exchanges.save_exchange(session, replace(known, keys=keys))
        return
    fresh = Exchange(
        low=low,
        high=high,
        at=now,
        event_id=event.id if event else None,
        scanner=scanner.id,
        keys=keys,
    )
    exchanges.save_exchange(session, fresh)


def _have_each_other(session: Session, one: Person, other: Person) -> bool:
    pairs = ((one.id, other.id), (other.id, one.id))
    return all(contacts.find_contact_with(session, *pair) for pair in pairs)


def _attendances(
    session: Session, event: Event | None, one: Person, other: Person
) -> tuple[Attendee, Attendee] | None:
    if event is None:
        return None
    first = attendees.find_attendee_of(session, event.id, one.id)
    second = attendees.find_attendee_of(session, event.id, other.id)
    return (first, second) if first and second else None


def _keep(
    session: Session,
    owner: Person,
    other: Person,
    event: Event | None,
    both: tuple[Attendee, Attendee] | None,
    *,
    now: datetime,
) -> Contact:
    known = contacts.find_contact_with(session, owner.id, other.id)
    theirs = contacts.find_contact_with(session, other.id, owner.id)
    given = shown_fields(other, theirs.boundary if theirs else Boundary.BUSINESS)
    if known:
        contacts.save_fields(session, owner.id, other.id, given)
        return known
    contact = make_contact(
        owner.id,
        other.id,
        given,
        event,
        now=now,
        could_give=both[1].need if both else "",
        could_get=both[1].offer if both else "",
    )
    return contacts.add_contact(session, contact, event_id=event.id if event else None)


def _note_meeting(
    session: Session,
    event: Event,
    both: tuple[Attendee, Attendee],
    *,
    revision: int,
    now: datetime,
) -> None:
    for to, about in (both, both[::-1]):
        place = suggestions.find_place(session, to.id, about.id)
        if place and place.met_at is None:
            suggestions.set_met(session, to.id, about.id, at=now)
        if event.phase(now) is Phase.DURING and (to.here_since is None or to.left_at):
            arrived = replace(to, here_since=now, left_at=None)
            attendees.save_attendee(session, arrived, revision=revision)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
