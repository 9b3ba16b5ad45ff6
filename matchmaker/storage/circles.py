"""Circles of three, and what each said."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.circle import Circle, CircleAnswer, CircleSeat
from matchmaker.people.ids import AttendeeId, EventId, PublicId
from matchmaker.storage.tables import CircleRow, CircleSeatRow


def add_circle(session: Session, circle: Circle) -> Circle:
    """Store a new circle (its id is ignored) and return it with its id."""
    row = CircleRow(
        public_id=circle.public_id,
        event_id=circle.event_id,
        made_at=circle.made_at,
        starts_at=circle.starts_at,
        table_number=circle.table,
    )
    session.add(row)
    session.flush()
    session.add_all(
        CircleSeatRow(
            circle_id=row.id, attendee_id=seat.attendee, position=position, gives=seat.gives
        )
        for position, seat in enumerate(circle.seats)
    )
    session.flush()
    return replace(circle, id=row.id)


def list_circles(session: Session, event_id: EventId) -> list[Circle]:
    """Return all circles of an event, closed ones too, the oldest first."""
    return _read(session, _query().where(CircleRow.event_id == event_id))


def list_circles_of(session: Session, attendee: AttendeeId) -> list[Circle]:
    """Return all circles of an attendee, closed ones too, the oldest first."""
    mine = select(CircleSeatRow.circle_id).where(CircleSeatRow.attendee_id == attendee)
    return _read(session, _query().where(CircleRow.id.in_(mine)))


def find_circle(session: Session, event_id: EventId, public_id: str) -> Circle | None:
    """Return the circle of that public id at that event, or None."""
    chosen = _query().where(CircleRow.event_id == event_id, CircleRow.public_id == public_id)
    found = _read(session, chosen)
    return found[0] if found else None


def save_answer(
    session: Session, circle: Circle, attendee: AttendeeId, answer: CircleAnswer, *, now: datetime
) -> None:
    """Store what one of the three said."""
    session.execute(
        update(CircleSeatRow)
        .where(CircleSeatRow.circle_id == circle.id, CircleSeatRow.attendee_id == attendee)
        .values(answer=answer.value, answered_at=now)
    )


def close_circle(session: Session, circle: Circle, *, now: datetime) -> None:
    """Note that the three don't meet, or have met."""
    session.execute(
        update(CircleRow)
        .where(CircleRow.id == circle.id, CircleRow.closed_at.is_(None))
        .values(closed_at=now)
    )


def remove_circles_of(session: Session, attendee: AttendeeId) -> None:
    """Delete the circles somebody was in: what they say of the others quotes their texts."""
    mine = select(CircleSeatRow.circle_id).where(CircleSeatRow.attendee_id == attendee)
    session.execute(delete(CircleRow).where(CircleRow.id.in_(mine)))


def _query() -> Select[CircleRow, CircleSeatRow]:
    return (
        select(CircleRow, CircleSeatRow)
        .join(CircleSeatRow, CircleSeatRow.circle_id == CircleRow.id)
        .order_by(CircleRow.id, CircleSeatRow.position)
    )


def _read(session: Session, query: Select[CircleRow, CircleSeatRow]) -> list[Circle]:
    rows: dict[int, tuple[CircleRow, list[CircleSeatRow]]] = {}
    for circle, seat in session.execute(query):
        rows.setdefault(circle.id, (circle, []))[1].append(seat)
    return [_to_circle(circle, seats) for circle, seats in rows.values() if len(seats) == 3]


def _to_circle(row: CircleRow, seats: Iterable[CircleSeatRow]) -> Circle:
    first, second, third = (
        CircleSeat(
            attendee=AttendeeId(seat.attendee_id),
            gives=seat.gives,
            answer=CircleAnswer(seat.answer),
        )
        for seat in seats
    )
    return Circle(
        id=row.id,
        public_id=PublicId(row.public_id),
        event_id=EventId(row.event_id),
        seats=(first, second, third),
        made_at=row.made_at,
        starts_at=row.starts_at or row.made_at,
        table=row.table_number,
        closed_at=row.closed_at,
    )
