"""A scan becomes two contacts, once, however often it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import ContactId, PersonId, make_public_id
from matchmaker.people.person import Person
from matchmaker.people.refusals import OwnCard
from matchmaker.storage import attendees, contacts, events, jobs, people, suggestions


@dataclass(frozen=True, kw_only=True)
class LeftCard:
    """What a stranger without the app leaves, with their consent; already cleaned."""

    fields: CardFields
    note: str
    client_key: str


def shown_fields(person: Person) -> CardFields:
    """Return exactly what somebody gets of a person's card: its preview shows the same."""
    return person.business


def exchange(
    session: Session, scanner: Person, shower: Person, event: Event | None, *, now: datetime
) -> Contact:
    """Give two people each other's card and return the scanner's contact.

    Both get a contact; doing it again changes nothing. At a running event the two count as met
    and as here.

    Raises
    ------
    OwnCard
        If somebody scans themselves.
    """
    if scanner.id == shower.id:
        raise OwnCard
    event_id = event.id if event else None
    revision = events.raise_revision(session, event_id) if event_id is not None else 0
    # Two who scan each other at the same moment stand in line.
    people.lock_people(session, scanner.id, shower.id)
    both = _attendances(session, event, scanner, shower)
    contacts.add_exchange(session, scanner.id, shower.id, event_id=event_id, at=now)
    mine = _keep(session, scanner, shower, event, both, now=now)
    _keep(session, shower, scanner, event, both[::-1] if both else None, now=now)
    if event and both:
        _note_meeting(session, event, both, revision=revision, now=now)
    return mine


def leave_card(
    session: Session, owner: Person, card: LeftCard, event: Event | None, *, now: datetime
) -> Contact:
    """Keep a stranger's card as a contact of ``owner``; the same form is kept once."""
    people.lock_people(session, owner.id)
    if card.client_key:
        known = contacts.find_contact_by_key(session, owner.id, card.client_key)
        if known:
            return known
    contact = _contact(owner.id, None, card.fields, event, now=now, note=card.note)
    return contacts.add_contact(
        session,
        contact,
        event_id=event.id if event else None,
        client_key=card.client_key or None,
    )


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
    if known:
        contacts.save_fields(session, owner.id, other.id, shown_fields(other))
        return known
    contact = _contact(
        owner.id,
        other.id,
        shown_fields(other),
        event,
        now=now,
        could_give=both[1].need if both else "",
        could_get=both[1].offer if both else "",
    )
    return contacts.add_contact(session, contact, event_id=event.id if event else None)


def _contact(
    owner: PersonId,
    other: PersonId | None,
    fields: CardFields,
    event: Event | None,
    *,
    now: datetime,
    note: str = "",
    could_give: str = "",
    could_get: str = "",
) -> Contact:
    return Contact(
        id=ContactId(0),
        public_id=make_public_id(),
        owner=owner,
        other=other,
        fields=fields,
        met_at=now,
        event_name=event.name if event else "",
        event_slug=event.slug if event else "",
        note=note,
        could_give=could_give,
        could_get=could_get,
    )


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
