"""Who asks whom to exchange cards."""

from datetime import datetime

from sqlalchemy import ColumnElement, Update, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from matchmaker.people.connection_request import ConnectionRequest, Via
from matchmaker.people.ids import EventId, PersonId, PublicId
from matchmaker.people.person import Person
from matchmaker.storage.people import to_person
from matchmaker.storage.tables import ConnectionRequestRow, PersonRow


def add_request(session: Session, request: ConnectionRequest) -> None:
    """Store a new request; one that the same person sent the other before stays as it is."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    session.execute(
        insert(ConnectionRequestRow)
        .values(
            public_id=request.public_id,
            event_id=request.event_id,
            from_id=request.asker,
            to_id=request.asked,
            via=request.via,
            asked_at=request.asked_at,
            accepted_at=request.accepted_at,
            declined_at=request.declined_at,
        )
        .on_conflict_do_nothing(index_elements=["from_id", "to_id"])
    )


def find_request(session: Session, asker: PersonId, asked: PersonId) -> ConnectionRequest | None:
    """Return what one person asked another, or None."""
    row = session.scalar(
        select(ConnectionRequestRow).where(
            ConnectionRequestRow.from_id == asker, ConnectionRequestRow.to_id == asked
        )
    )
    return _to_request(row) if row else None


def find_request_to(session: Session, asked: PersonId, public_id: str) -> ConnectionRequest | None:
    """Return a request to that person, or None."""
    row = session.scalar(
        select(ConnectionRequestRow).where(
            ConnectionRequestRow.public_id == public_id, ConnectionRequestRow.to_id == asked
        )
    )
    return _to_request(row) if row else None


def count_waiting_for(session: Session, asked: PersonId) -> int:
    """Return how many requests wait for an answer of that person."""
    return session.scalar(select(func.count()).where(*_waits_for(asked))) or 0


def list_waiting_for(session: Session, asked: PersonId) -> list[tuple[ConnectionRequest, Person]]:
    """Return the requests that wait for that person's answer and who asks, the oldest first."""
    rows = session.execute(
        select(ConnectionRequestRow, PersonRow)
        .join(PersonRow, PersonRow.id == ConnectionRequestRow.from_id)
        .where(*_waits_for(asked))
        .order_by(ConnectionRequestRow.asked_at, ConnectionRequestRow.id)
    )
    return [(_to_request(row), to_person(person)) for row, person in rows]


def list_asked_by(session: Session, asker: PersonId) -> list[tuple[ConnectionRequest, Person]]:
    """Return what a person asked and whom, as far as nobody accepted it, the latest first."""
    rows = session.execute(
        select(ConnectionRequestRow, PersonRow)
        .join(PersonRow, PersonRow.id == ConnectionRequestRow.to_id)
        .where(ConnectionRequestRow.from_id == asker, ConnectionRequestRow.accepted_at.is_(None))
        .order_by(ConnectionRequestRow.asked_at.desc(), ConnectionRequestRow.id.desc())
    )
    return [(_to_request(row), to_person(person)) for row, person in rows]


def set_accepted(session: Session, request: ConnectionRequest, *, at: datetime) -> None:
    """Note that cards were exchanged; a refusal before is forgotten."""
    session.execute(_of(request).values(accepted_at=at, declined_at=None))


def set_declined(session: Session, request: ConnectionRequest, *, at: datetime | None) -> None:
    """Note that the one who was asked said no, or (None) took that back."""
    session.execute(_of(request).values(accepted_at=None, declined_at=at))


def close_declined(session: Session, request: ConnectionRequest, *, at: datetime) -> None:
    """Note that the asker gave up after a refusal: both moments stand then, and nobody sees it."""
    session.execute(_of(request).values(accepted_at=at))


def remove_request(session: Session, asker: PersonId, asked: PersonId) -> None:
    """Delete what one person asked another."""
    session.execute(
        delete(ConnectionRequestRow).where(
            ConnectionRequestRow.from_id == asker, ConnectionRequestRow.to_id == asked
        )
    )


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Delete what a person asked, and what they were asked."""
    session.execute(
        delete(ConnectionRequestRow).where(
            (ConnectionRequestRow.from_id == person) | (ConnectionRequestRow.to_id == person)
        )
    )


def _of(request: ConnectionRequest) -> Update:
    return update(ConnectionRequestRow).where(ConnectionRequestRow.public_id == request.public_id)


def _waits_for(asked: PersonId) -> tuple[ColumnElement[bool], ...]:
    row = ConnectionRequestRow
    return row.to_id == asked, row.accepted_at.is_(None), row.declined_at.is_(None)


def _to_request(row: ConnectionRequestRow) -> ConnectionRequest:
    return ConnectionRequest(
        public_id=PublicId(row.public_id),
        event_id=EventId(row.event_id) if row.event_id is not None else None,
        asker=PersonId(row.from_id),
        asked=PersonId(row.to_id),
        via=Via(row.via),
        asked_at=row.asked_at,
        accepted_at=row.accepted_at,
        declined_at=row.declined_at,
    )
