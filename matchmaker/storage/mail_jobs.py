"""Mails that wait to be sent, and the mark that keeps one from being sent twice."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId, PersonId
from matchmaker.storage.jobs import LEASE, Job, add_job
from matchmaker.storage.tables import JobRow

MAIL: Final = "mail"
UNCERTAIN: Final = "uncertain"

PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
)
"""How long a refused mail waits before each further attempt: a greylisting takes minutes."""


class MailTaken(Exception):  # noqa: N818 - not a fault: somebody else does it
    """Another worker took the mail over in the meantime."""


@dataclass(frozen=True, kw_only=True)
class MailOrder:
    """Which letter goes to whom, an attendee or a person; the text is made when it is sent."""

    letter: str
    attendee: AttendeeId | None = None
    person: PersonId | None = None


def add_mail(
    session: Session, order: MailOrder, *, event_id: EventId | None, now: datetime
) -> None:
    """Leave a mail to be sent after this transaction is committed."""
    whom = {"attendee": order.attendee, "person": order.person}
    payload = {"letter": order.letter} | {k: v for k, v in whom.items() if v is not None}
    add_job(session, MAIL, now=now, event_id=event_id, payload=payload)


def read_order(job: Job) -> MailOrder:
    """Return which letter a job is about."""
    return _read_order(job.payload)


def find_pause(job: Job) -> timedelta | None:
    """Return how long a mail that was refused waits; None for any other work."""
    if job.kind != MAIL:
        return None
    return PAUSES[min(job.attempts, len(PAUSES)) - 1]


def was_being_sent(job: Job) -> bool:
    """Return whether an earlier run of the job ended while the server was taking the mail."""
    return bool(job.payload.get("sending"))


def mark_sending(session: Session, job: Job, *, sending: bool, now: datetime) -> None:
    """Note that the server is about to get the mail, or that it refused it after all.

    Raises
    ------
    MailTaken
        If the lease of the job ran out and somebody else has it now.
    """
    mine = session.scalar(
        update(JobRow)
        .where(
            JobRow.id == job.id,
            JobRow.attempts == job.attempts,
            JobRow.done_at.is_(None),
            JobRow.failed_at.is_(None),
        )
        .values(payload={**job.payload, "sending": sending}, leased_until=now + LEASE)
        .returning(JobRow.id)
    )
    if mine is None:
        raise MailTaken


def end_uncertain(session: Session, job: Job, *, now: datetime) -> None:
    """End a job whose mail may or may not have been taken: it is never sent again by itself."""
    session.execute(
        update(JobRow).where(JobRow.id == job.id).values(failed_at=now, problem=UNCERTAIN)
    )


def list_ordered(session: Session, event_id: EventId, *, letter: str) -> set[AttendeeId]:
    """Return for whom a letter was ordered at an event, sent or not."""
    payloads = session.scalars(
        select(JobRow.payload).where(JobRow.event_id == event_id, JobRow.kind == MAIL)
    )
    orders = [_read_order(payload) for payload in payloads]
    return {order.attendee for order in orders if order.letter == letter and order.attendee}


def list_uncertain(session: Session) -> list[int]:
    """Return the jobs whose mail may or may not have arrived."""
    return list(session.scalars(select(JobRow.id).where(*_is_uncertain())))


def count_uncertain(session: Session) -> dict[str, int]:
    """Return how many mails of each letter may or may not have arrived."""
    payloads = session.scalars(select(JobRow.payload).where(*_is_uncertain()))
    return dict(Counter(_read_order(payload).letter for payload in payloads))


def _is_uncertain() -> tuple[Any, ...]:
    return (JobRow.problem == UNCERTAIN, JobRow.failed_at.is_not(None))


def _read_order(payload: dict[str, Any]) -> MailOrder:
    attendee, person = payload.get("attendee"), payload.get("person")
    return MailOrder(
        letter=str(payload["letter"]),
        attendee=AttendeeId(int(attendee)) if attendee is not None else None,
        person=PersonId(int(person)) if person is not None else None,
    )
