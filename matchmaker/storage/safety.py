"""Who wants nothing to do with whom, and what was reported to the organizer."""

from datetime import datetime

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session, aliased

from matchmaker.people.card import CardFields
from matchmaker.people.ids import EventId, PersonId, PublicId
from matchmaker.people.safety import Block, Report
from matchmaker.storage.tables import AttendeeRow, BlockRow, PersonRow, ReportRow


def is_blocked(session: Session, one: PersonId, other: PersonId) -> bool:
    """Return whether either of the two blocks the other."""
    found = session.scalar(
        select(BlockRow.blocker_id)
        .where(BlockRow.blocker_id.in_((one, other)), BlockRow.blocked_id.in_((one, other)))
        .limit(1)
    )
    return found is not None


def list_blocked_with(session: Session, person: PersonId) -> frozenset[PersonId]:
    """Return everybody whom a person blocks or who blocks them."""
    rows = session.scalars(
        union(
            select(BlockRow.blocked_id).where(BlockRow.blocker_id == person),
            select(BlockRow.blocker_id).where(BlockRow.blocked_id == person),
        )
    )
    return frozenset(PersonId(found) for found in rows)


def list_blocked_pairs(session: Session, event_id: EventId) -> set[tuple[PersonId, PersonId]]:
    """Return the pairs at an event of whom one blocks the other, smaller id first."""
    blocker, blocked = aliased(AttendeeRow), aliased(AttendeeRow)
    rows = session.execute(
        select(BlockRow.blocker_id, BlockRow.blocked_id)
        .join(blocker, blocker.person_id == BlockRow.blocker_id)
        .join(blocked, blocked.person_id == BlockRow.blocked_id)
        .where(blocker.event_id == event_id, blocked.event_id == event_id)
    )
    return {(PersonId(min(pair)), PersonId(max(pair))) for pair in rows}


def add_block(session: Session, blocker: PersonId, blocked: PersonId, *, at: datetime) -> None:
    """Note that one person blocks another; once, however often it is said."""
    if session.get(BlockRow, (blocker, blocked)) is None:
        session.add(BlockRow(blocker_id=blocker, blocked_id=blocked, blocked_at=at))
        session.flush()


def remove_block(session: Session, blocker: PersonId, blocked: PersonId) -> None:
    """End a block; one that the other has set stays."""
    session.execute(
        delete(BlockRow).where(BlockRow.blocker_id == blocker, BlockRow.blocked_id == blocked)
    )


def list_blocks_of(session: Session, blocker: PersonId) -> list[Block]:
    """Return whom a person blocks, the latest first; never who blocks them."""
    rows = session.execute(
        select(PersonRow.id, PersonRow.public_id, PersonRow.business, BlockRow.blocked_at)
        .join(BlockRow, BlockRow.blocked_id == PersonRow.id)
        .where(BlockRow.blocker_id == blocker)
        .order_by(BlockRow.blocked_at.desc(), BlockRow.blocked_id)
    )
    return [
        Block(
            person=PersonId(person),
            public_id=PublicId(public_id),
            name=CardFields.from_dict(business).name,
            at=at,
        )
        for person, public_id, business, at in rows
    ]


def add_report(session: Session, report: Report, *, client_key: str | None) -> None:
    """Store a report; the same form is stored once."""
    known = client_key and session.scalar(
        select(ReportRow.id).where(
            ReportRow.client_key == client_key, ReportRow.reporter_id == report.reporter
        )
    )
    if known:
        return
    session.add(
        ReportRow(
            public_id=report.public_id,
            event_id=report.event_id,
            reporter_id=report.reporter,
            reported_id=report.reported,
            words=report.words,
            client_key=client_key,
            reported_at=report.at,
        )
    )
    session.flush()


def list_reports(session: Session, event_id: EventId) -> list[Report]:
    """Return the reports of an event: what waits first, then what was handled."""
    rows = session.scalars(
        select(ReportRow)
        .where(ReportRow.event_id == event_id)
        .order_by(ReportRow.handled_at.is_not(None), ReportRow.id.desc())
    )
    return [_to_report(row) for row in rows]


def find_report(session: Session, event_id: EventId, public_id: str) -> Report | None:
    """Return the report of that public id at that event, or None."""
    row = session.scalar(
        select(ReportRow).where(ReportRow.event_id == event_id, ReportRow.public_id == public_id)
    )
    return _to_report(row) if row else None


def set_handled(session: Session, report: Report, *, at: datetime | None) -> None:
    """Note that the organizer dealt with a report, or (None) that it waits again."""
    session.execute(
        update(ReportRow).where(ReportRow.public_id == report.public_id).values(handled_at=at)
    )


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Delete a person's blocks, either way, and the reports they wrote.

    What others told the organizer about them stays: those are not their words.
    """
    session.execute(
        delete(BlockRow).where((BlockRow.blocker_id == person) | (BlockRow.blocked_id == person))
    )
    session.execute(delete(ReportRow).where(ReportRow.reporter_id == person))


def _to_report(row: ReportRow) -> Report:
    return Report(
        public_id=PublicId(row.public_id),
        event_id=EventId(row.event_id),
        reporter=PersonId(row.reporter_id),
        reported=PersonId(row.reported_id),
        words=row.words,
        at=row.reported_at,
        handled_at=row.handled_at,
    )
