"""Which mails a person no longer wants, which they asked for, and which they had."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from matchmaker.people.ids import PersonId
from matchmaker.people.mail_times import MailKind
from matchmaker.storage.tables import Base, MailStopRow, SentMailRow

ASKED: Final = "asked"
"""Stands in place of an occasion where a person asked for a kind of mail themselves."""


def stop_mail(session: Session, person: PersonId, kind: MailKind, *, now: datetime) -> None:
    """Note that a person does not want a kind of mail; again changes nothing."""
    _add(session, MailStopRow, person_id=person, kind=kind, stopped_at=now)
    session.execute(delete(SentMailRow).where(*_asked(person, kind)))


def resume_mail(session: Session, person: PersonId, kind: MailKind) -> None:
    """Take back that a person does not want a kind of mail."""
    session.execute(
        delete(MailStopRow).where(MailStopRow.person_id == person, MailStopRow.kind == kind)
    )


def is_stopped(session: Session, person: PersonId, kind: MailKind) -> bool:
    """Return whether a person stopped a kind of mail."""
    return session.get(MailStopRow, (person, kind), populate_existing=True) is not None


def ask_for_mail(session: Session, person: PersonId, kind: MailKind, *, now: datetime) -> None:
    """Note that a person asked for a kind of mail."""
    resume_mail(session, person, kind)
    note_queued(session, person, kind, occasion=ASKED, now=now)


def has_asked(session: Session, person: PersonId, kind: MailKind) -> bool:
    """Return whether a person asked for a kind of mail."""
    return session.scalar(select(SentMailRow.kind).where(*_asked(person, kind))) is not None


def note_queued(
    session: Session, person: PersonId, kind: MailKind, *, occasion: str, now: datetime
) -> bool:
    """Note that a mail waits to be sent; False if there was one for this occasion already."""
    return _add(session, SentMailRow, person_id=person, kind=kind, occasion=occasion, queued_at=now)


def find_last_queued(
    session: Session, person: PersonId, kinds: Collection[MailKind]
) -> datetime | None:
    """Return when a mail of one of these kinds was last left for a person, or None."""
    return session.scalar(
        select(func.max(SentMailRow.queued_at)).where(
            SentMailRow.person_id == person,
            SentMailRow.kind.in_(list(kinds)),
            SentMailRow.occasion != ASKED,
        )
    )


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Forget which mails a person had, asked for and stopped."""
    session.execute(delete(SentMailRow).where(SentMailRow.person_id == person))
    session.execute(delete(MailStopRow).where(MailStopRow.person_id == person))


def _asked(person: PersonId, kind: MailKind) -> tuple[ColumnElement[bool], ...]:
    return (
        SentMailRow.person_id == person,
        SentMailRow.kind == kind,
        SentMailRow.occasion == ASKED,
    )


def _add(session: Session, table: type[Base], **values: object) -> bool:
    """Add a row unless it is there; of two at the same moment one does it."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    key = list(table.__table__.primary_key)[0]
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return session.execute(statement).first() is not None
