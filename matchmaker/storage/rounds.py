"""Rounds, and who sat where."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from matchmaker.people.ids import AttendeeId, EventId
from matchmaker.people.seating import Round, Seat, TableMate
from matchmaker.storage.tables import RoundRow, SeatRow


def add_round(session: Session, planned: Round) -> Round:
    """Store a new round (its id is ignored) and return it with its id."""
    row = RoundRow(
        event_id=planned.event_id,
        number=planned.number,
        starts_at=planned.starts_at,
        minutes=planned.minutes,
        table_size=planned.table_size,
    )
    session.add(row)
    session.flush()
    return replace(planned, id=row.id)


def find_round(session: Session, event_id: EventId, number: int) -> Round | None:
    """Return the event's round of that number, or None."""
    row = session.scalar(
        select(RoundRow).where(RoundRow.event_id == event_id, RoundRow.number == number)
    )
    return _to_round(row) if row else None


def list_rounds(session: Session, event_id: EventId) -> list[Round]:
    """Return all rounds of an event in their order, cancelled ones too."""
    rows = session.scalars(
        select(RoundRow)
        .where(RoundRow.event_id == event_id)
        .order_by(RoundRow.starts_at, RoundRow.number)
    )
    return [_to_round(row) for row in rows]


def find_last_number(session: Session, event_id: EventId) -> int:
    """Return the highest number of a round so far, or 0."""
    return (
        session.scalar(select(func.max(RoundRow.number)).where(RoundRow.event_id == event_id)) or 0
    )


def cancel_round(session: Session, round_id: int, *, now: datetime) -> None:
    """Note that a round does not take place."""
    session.execute(
        update(RoundRow)
        .where(RoundRow.id == round_id, RoundRow.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )


def save_seats(session: Session, round_id: int, seats: Iterable[Seat], *, now: datetime) -> None:
    """Store who sits where in a round, in place of what was drawn up before."""
    session.execute(delete(SeatRow).where(SeatRow.round_id == round_id))
    session.add_all(
        SeatRow(
            round_id=round_id,
            attendee_id=seat.attendee,
            table_number=seat.table,
            company=[asdict(mate) for mate in seat.company],
        )
        for seat in seats
    )
    session.execute(update(RoundRow).where(RoundRow.id == round_id).values(seated_at=now))
    session.flush()


def find_seat(session: Session, round_id: int, attendee: AttendeeId) -> Seat | None:
    """Return where somebody sits in a round, or None."""
    row = session.get(SeatRow, (round_id, attendee), populate_existing=True)
    return _to_seat(row) if row else None


def list_seats(session: Session, round_id: int) -> list[Seat]:
    """Return all seats of a round by table."""
    rows = session.scalars(
        select(SeatRow)
        .where(SeatRow.round_id == round_id)
        .order_by(SeatRow.table_number, SeatRow.attendee_id)
    )
    return [_to_seat(row) for row in rows]


def list_seated_pairs(
    session: Session, event_id: EventId, *, before: datetime
) -> set[tuple[AttendeeId, AttendeeId]]:
    """Return the pairs who shared a table in a round that began before, smaller id first."""
    one, other = aliased(SeatRow), aliased(SeatRow)
    rows = session.execute(
        select(one.attendee_id, other.attendee_id)
        .join(
            other,
            and_(
                other.round_id == one.round_id,
                other.table_number == one.table_number,
                other.attendee_id > one.attendee_id,
            ),
        )
        .join(RoundRow, RoundRow.id == one.round_id)
        .where(
            RoundRow.event_id == event_id,
            RoundRow.starts_at < before,
            RoundRow.cancelled_at.is_(None),
        )
    )
    return {(AttendeeId(low), AttendeeId(high)) for low, high in rows}


def remove_seats_of(session: Session, attendee: AttendeeId) -> None:
    """Delete every seat of somebody; what others' seats say of them goes too."""
    mine = select(SeatRow.round_id, SeatRow.table_number).where(SeatRow.attendee_id == attendee)
    for round_id, table in session.execute(mine).all():
        neighbours = session.scalars(
            select(SeatRow).where(SeatRow.round_id == round_id, SeatRow.table_number == table)
        )
        for row in neighbours:
            row.company = [mate for mate in row.company if mate.get("about") != attendee]
    session.execute(delete(SeatRow).where(SeatRow.attendee_id == attendee))


def _to_round(row: RoundRow) -> Round:
    return Round(
        id=row.id,
        event_id=EventId(row.event_id),
        number=row.number,
        starts_at=row.starts_at,
        minutes=row.minutes,
        table_size=row.table_size,
        seated_at=row.seated_at,
        cancelled_at=row.cancelled_at,
    )


def _to_seat(row: SeatRow) -> Seat:
    return Seat(
        attendee=AttendeeId(row.attendee_id),
        table=row.table_number,
        company=tuple(
            TableMate(
                about=AttendeeId(mate["about"]),
                give=float(mate["give"]),
                get=float(mate["get"]),
                reasons=dict(mate["reasons"]),
            )
            for mate in row.company
        ),
    )
