"""Work left for the background worker: rows written in the transaction that causes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import EventId
from matchmaker.storage.tables import JobRow

PLAN: Final = "plan"
"""Work of making an event's plan anew."""

LEASE: Final = timedelta(seconds=60)
MOST_ATTEMPTS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work; running it twice must do no harm."""

    id: int
    kind: str
    event_id: EventId | None
    payload: dict[str, Any]
    attempts: int


def add_job(
    session: Session,
    kind: str,
    *,
    now: datetime,
    event_id: EventId | None = None,
    payload: dict[str, Any] | None = None,
    run_after: datetime | None = None,
) -> None:
    """Leave work to be done after this transaction is committed, or later."""
    session.add(
        JobRow(
            kind=kind,
            event_id=event_id,
            payload=payload or {},
            created_at=now,
            run_after=run_after or now,
        )
    )


def add_job_once(session: Session, kind: str, *, now: datetime, event_id: EventId) -> None:
    """Leave work for an event unless the same work already waits, untouched by any worker."""
    waiting = session.scalar(
        select(JobRow.id)
        .where(
            JobRow.event_id == event_id,
            JobRow.kind == kind,
            JobRow.done_at.is_(None),
            JobRow.failed_at.is_(None),
            JobRow.leased_until.is_(None),
        )
        .limit(1)
        # One that a worker is taking just now does not count: it may not see what we write.
        .with_for_update(skip_locked=True)
    )
    if waiting is None:
        add_job(session, kind, now=now, event_id=event_id)


def is_job_due(session: Session, *, now: datetime) -> bool:
    """Return whether there is work for somebody: a look that disturbs no writer."""
    return session.scalar(select(JobRow.id).where(*_due(now)).limit(1)) is not None


def lease_job(session: Session, *, now: datetime) -> Job | None:
    """Take the oldest work that is due and nobody holds; None if there is none."""
    query = (
        select(JobRow)
        .where(*_due(now))
        .order_by(JobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalar(query)
    if row is None:
        return None
    row.leased_until = now + LEASE
    row.attempts += 1
    session.flush()
    return Job(
        id=row.id,
        kind=row.kind,
        event_id=EventId(row.event_id) if row.event_id is not None else None,
        payload=row.payload,
        attempts=row.attempts,
    )


def finish_job(session: Session, job: Job, *, now: datetime) -> None:
    """Mark work done, unless it ended otherwise or somebody else took it over."""
    session.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts, JobRow.failed_at.is_(None))
        .values(done_at=now)
    )


def postpone_job(
    session: Session, job: Job, *, now: datetime, problem: str, pause: timedelta | None = None
) -> None:
    """Give failed work back with a growing pause; after the last attempt it stays as failed."""
    pause = pause or timedelta(seconds=2**job.attempts)
    failed = now if job.attempts >= MOST_ATTEMPTS else None
    session.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts)
        .values(leased_until=None, run_after=now + pause, failed_at=failed, problem=problem[:200])
    )


def forget_done_jobs(session: Session, *, before: datetime) -> None:
    """Delete plan work that was done before a moment (mails stay: they say who was written to)."""
    rows = session.scalars(
        select(JobRow).where(JobRow.kind == PLAN, JobRow.done_at < before).limit(1000)
    )
    for row in rows:
        session.delete(row)


def count_jobs(session: Session) -> tuple[int, int]:
    """Return how many jobs wait, and how many failed for good."""
    waiting = session.scalar(
        select(func.count())
        .select_from(JobRow)
        .where(JobRow.done_at.is_(None), JobRow.failed_at.is_(None))
    )
    failed = session.scalar(
        select(func.count()).select_from(JobRow).where(JobRow.failed_at.is_not(None))
    )
    return waiting or 0, failed or 0


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        JobRow.done_at.is_(None),
        JobRow.failed_at.is_(None),
        JobRow.run_after <= now,
        or_(JobRow.leased_until.is_(None), JobRow.leased_until < now),
    )
