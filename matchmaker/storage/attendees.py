"""Attendees in the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.ids import AttendeeId, EventId, PersonId, PublicId
from matchmaker.people.refusals import NotFound
from matchmaker.storage.people import to_person
from matchmaker.storage.tables import AttendeeRow, PersonRow


@dataclass(frozen=True, kw_only=True)
class Keys:
    """By what an attendee is known again.

    ``imported_as`` holds name, e-mail, phone and organization as an import said them last.
    """

    ticket: str | None = None
    imported_as: tuple[str, str, str, str] | None = None
    email_key: str | None = None
    client_key: str | None = None


def add_attendee(session: Session, attendee: Attendee, keys: Keys, *, revision: int) -> AttendeeId:
    """Store a new attendee (their id is ignored) and return the id."""
    row = AttendeeRow(
        public_id=attendee.public_id,
        event_id=attendee.event_id,
        person_id=attendee.person.id,
        ticket=keys.ticket,
        imported_as=list(keys.imported_as) if keys.imported_as else None,
        email_key=keys.email_key,
        client_key=keys.client_key,
        revision=revision,
        **_columns(attendee),
    )
    session.add(row)
    session.flush()
    return AttendeeId(row.id)


def save_attendee(session: Session, attendee: Attendee, *, revision: int) -> None:
    """Store what changed about an attendee."""
    session.execute(
        update(AttendeeRow)
        .where(AttendeeRow.id == attendee.id)
        .values(revision=revision, **_columns(attendee))
    )


def mark_changed(session: Session, attendee_id: AttendeeId, *, revision: int) -> None:
    """Let whoever follows the event read an attendee again."""
    session.execute(
        update(AttendeeRow).where(AttendeeRow.id == attendee_id).values(revision=revision)
    )


def set_keys(session: Session, attendee_id: AttendeeId, keys: Keys) -> None:
    """Store by what an imported attendee is known again; the form's own key stays."""
    session.execute(
        update(AttendeeRow)
        .where(AttendeeRow.id == attendee_id)
        .values(
            ticket=keys.ticket,
            imported_as=list(keys.imported_as) if keys.imported_as else None,
            email_key=keys.email_key,
        )
    )


def find_attendee(session: Session, event_id: EventId, public_id: str) -> Attendee | None:
    """Return the attendee of that public id at that event, or None."""
    return _one(session, _query(event_id).where(AttendeeRow.public_id == public_id))


def find_attendee_of(session: Session, event_id: EventId, person_id: PersonId) -> Attendee | None:
    """Return the attendee that a person is at that event, or None."""
    return _one(session, _query(event_id).where(AttendeeRow.person_id == person_id))


def get_attendee(session: Session, event_id: EventId, attendee_id: AttendeeId) -> Attendee:
    """Return the attendee, or raise NotFound."""
    found = _one(session, _query(event_id).where(AttendeeRow.id == attendee_id))
    if found is None:
        raise NotFound
    return found


def get_any_attendee(session: Session, attendee_id: AttendeeId) -> Attendee:
    """Return an attendee of whatever event (for a code that names nothing else), or raise."""
    found = _one(session, _everybody().where(AttendeeRow.id == attendee_id))
    if found is None:
        raise NotFound
    return found


def find_by_client_key(session: Session, event_id: EventId, key: str) -> Attendee | None:
    """Return who joined with that key of their form, or None."""
    return _one(session, _query(event_id).where(AttendeeRow.client_key == key))


def get_keys(session: Session, attendee_id: AttendeeId) -> Keys:
    """Return by what an attendee is known again."""
    row = session.get(AttendeeRow, attendee_id)
    if row is None:
        raise NotFound
    return Keys(
        ticket=row.ticket,
        imported_as=_read_imported(row.imported_as),
        email_key=row.email_key,
        client_key=row.client_key,
    )


def list_imported(session: Session, event_id: EventId) -> list[tuple[AttendeeId, Keys]]:
    """Return everybody of an event who came by an import, with ticket and what it said of them."""
    rows = session.execute(
        select(AttendeeRow.id, AttendeeRow.ticket, AttendeeRow.imported_as)
        .where(AttendeeRow.event_id == event_id, AttendeeRow.removed_at.is_(None))
        .where(AttendeeRow.imported_as.is_not(None))
        .order_by(AttendeeRow.id)
    )
    return [
        (AttendeeId(attendee_id), Keys(ticket=ticket, imported_as=_read_imported(said)))
        for attendee_id, ticket, said in rows
    ]


def list_unclaimed_by_email(session: Session, event_id: EventId, email: str) -> list[Attendee]:
    """Return the imported attendees with that e-mail key whom nobody has claimed."""
    query = _query(event_id).where(AttendeeRow.email_key == email, AttendeeRow.claimed_at.is_(None))
    return _all(session, query)


def list_attendees(
    session: Session, event_id: EventId, *, among: Collection[AttendeeId] | None = None
) -> list[Attendee]:
    """Return all attendees of an event in the order of joining, or those ``among`` given ids."""
    query = _query(event_id).order_by(AttendeeRow.id)
    if among is not None:
        query = query.where(AttendeeRow.id.in_(among))
    return _all(session, query)


def list_hosts(session: Session, event_id: EventId) -> list[Attendee]:
    """Return who offered to welcome newcomers, in the order of joining."""
    query = _query(event_id).where(AttendeeRow.welcomes_newcomers.is_(True))
    return _all(session, query.order_by(AttendeeRow.id))


def list_attendances(session: Session, person_id: PersonId) -> list[Attendee]:
    """Return a person's attendances of all events, the latest first."""
    query = _everybody().where(AttendeeRow.person_id == person_id).order_by(AttendeeRow.id.desc())
    return _all(session, query)


def list_changed(
    session: Session, event_id: EventId, *, since: int
) -> tuple[list[Attendee], list[AttendeeId]]:
    """Return who changed after revision ``since``, and who was removed after it."""
    changed = _all(session, _query(event_id).where(AttendeeRow.revision > since))
    removed = session.scalars(
        select(AttendeeRow.id).where(
            AttendeeRow.event_id == event_id,
            AttendeeRow.revision > since,
            AttendeeRow.removed_at.is_not(None),
        )
    )
    return changed, [AttendeeId(attendee_id) for attendee_id in removed]


def remove_attendee(
    session: Session, attendee_id: AttendeeId, *, now: datetime, revision: int
) -> None:
    """Wipe an attendee's texts and keep a tombstone, so that matchers learn of the removal."""
    session.execute(
        update(AttendeeRow)
        .where(AttendeeRow.id == attendee_id)
        .values(
            removed_at=now,
            revision=revision,
            offer="",
            need="",
            can_introduce="",
            spot="",
            speaks="",
            ticket=None,
            imported_as=None,
            email_key=None,
            client_key=None,
        )
    )


def _everybody() -> Select[AttendeeRow, PersonRow]:
    return (
        select(AttendeeRow, PersonRow)
        .join(PersonRow, PersonRow.id == AttendeeRow.person_id)
        .where(AttendeeRow.removed_at.is_(None))
    )


def _query(event_id: EventId) -> Select[AttendeeRow, PersonRow]:
    return _everybody().where(AttendeeRow.event_id == event_id)


def _one(session: Session, query: Select[AttendeeRow, PersonRow]) -> Attendee | None:
    row = session.execute(query.limit(1)).first()
    return _to_attendee(row[0], row[1]) if row else None


def _all(session: Session, query: Select[AttendeeRow, PersonRow]) -> list[Attendee]:
    return [_to_attendee(row, person) for row, person in session.execute(query)]


def _columns(attendee: Attendee) -> dict[str, object]:
    return {
        "offer": attendee.offer,
        "need": attendee.need,
        "can_introduce": attendee.can_introduce,
        "spot": attendee.spot,
        "speaks": ",".join(attendee.speaks),
        "wish": attendee.wish,
        "welcomes_newcomers": attendee.welcomes_newcomers,
        "hosts_table": attendee.hosts_table,
        "meets_own_organization": attendee.meets_own_organization,
        "wants_mail": attendee.wants_mail,
        "joined_at": attendee.joined_at,
        "confirmed_at": attendee.confirmed_at,
        "claimed_at": attendee.claimed_at,
        "here_since": attendee.here_since,
        "left_at": attendee.left_at,
        "hidden_at": attendee.hidden_at,
        "shadowed": attendee.shadowed,
    }


def _to_attendee(row: AttendeeRow, person: PersonRow) -> Attendee:
    return Attendee(
        id=AttendeeId(row.id),
        public_id=PublicId(row.public_id),
        event_id=EventId(row.event_id),
        person=to_person(person),
        offer=row.offer,
        need=row.need,
        can_introduce=row.can_introduce,
        spot=row.spot,
        speaks=tuple(row.speaks.split(",")) if row.speaks else (),
        wish=row.wish,
        welcomes_newcomers=row.welcomes_newcomers,
        hosts_table=row.hosts_table,
        meets_own_organization=row.meets_own_organization,
        wants_mail=row.wants_mail,
        ticket=row.ticket or "",
        joined_at=row.joined_at,
        confirmed_at=row.confirmed_at,
        claimed_at=row.claimed_at,
        here_since=row.here_since,
        left_at=row.left_at,
        hidden_at=row.hidden_at,
        shadowed=row.shadowed,
    )


def _read_imported(said: list[str] | None) -> tuple[str, str, str, str] | None:
    if said is None:
        return None
    name, email, phone, organization = said
    return name, email, phone, organization
