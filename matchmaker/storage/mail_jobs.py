"""Mails that wait to be sent, and the mark that keeps one from being sent twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId
from matchmaker.storage.jobs import Job, add_job
from matchmaker.storage.tables import JobRow

MAIL: Final = "mail"
UNCERTAIN: Final = "uncertain"


@dataclass(frozen=True, kw_only=True)
class MailOrder:
    """Which letter goes to whom; the text is made when it is sent."""

    letter: str
    attendee: AttendeeId


def add_mail(session: Session, order: MailOrder, *, event_id: EventId, now: datetime) -> None:
    """Leave a mail to be sent after this transaction is committed."""
    payload = {"letter": order.letter, "attendee": order.attendee}
    add_job(session, MAIL, now=now, event_id=event_id, payload=payload)


def read_order(job: Job) -> MailOrder:
    """Return which letter a job is about."""
    return MailOrder(
        letter=str(job.payload["letter"]), attendee=AttendeeId(int(job.payload["attendee"]))
    )


def was_being_sent(job: Job) -> bool:
    """Return whether an earlier run of the job ended while the server was taking the mail."""
    return bool(job.payload.get("sending"))


def mark_sending(session: Session, job: Job, *, sending: bool) -> None:
    """Note that the server is about to get the mail, or that it refused it after all."""
    session.execute(
        update(JobRow)
        .where(JobRow.id == job.id)
        .values(payload={**job.payload, "sending": sending})
    )


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
    return {AttendeeId(int(p["attendee"])) for p in payloads if p["letter"] == letter}


def list_uncertain(session: Session) -> list[int]:
    """Return the jobs whose mail may or may not have arrived."""
    return list(
        session.scalars(
            select(JobRow.id).where(JobRow.problem == UNCERTAIN, JobRow.failed_at.is_not(None))
        )
    )
