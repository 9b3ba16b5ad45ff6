"""Who has something due, whom to mail about it, and the address of a calendar feed."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from matchmaker.people.ids import AttendeeId, EventId, PersonId
from matchmaker.people.mail_times import MailKind
from matchmaker.people.person import Person
from matchmaker.storage.mail_stops import ASKED
from matchmaker.storage.people import to_person
from matchmaker.storage.tables import (
    AttendeeRow,
    ContactRow,
    MailStopRow,
    PersonRow,
    PromiseRow,
    SentMailRow,
)


def get_feed_version(session: Session, person: PersonId) -> int:
    """Return the version of a person's feed: negative while it is off, 0 if it never was on."""
    found = session.scalar(select(PersonRow.feed_version).where(PersonRow.id == person))
    return found or 0


def save_feed_version(session: Session, person: PersonId, version: int) -> None:
    """Store the version of a person's feed."""
    session.execute(update(PersonRow).where(PersonRow.id == person).values(feed_version=version))


def find_feed_owner(session: Session, public_id: str) -> tuple[Person, int] | None:
    """Return the person of that public id with the version of their feed, or None."""
    row = session.scalar(select(PersonRow).where(PersonRow.public_id == public_id))
    return (to_person(row), row.feed_version) if row else None


def list_digest_readers(
    session: Session, event_id: EventId, *, most: int
) -> list[tuple[AttendeeId, PersonId]]:
    """Return attendees who asked for their contacts by mail, have some, and had no mail yet."""
    occasion = str(event_id)
    rows = session.execute(
        select(AttendeeRow.id, AttendeeRow.person_id)
        .where(
            AttendeeRow.event_id == event_id,
            AttendeeRow.wants_mail.is_(True),
            AttendeeRow.removed_at.is_(None),
            exists().where(
                ContactRow.owner_id == AttendeeRow.person_id, ContactRow.event_id == event_id
            ),
            ~exists().where(
                SentMailRow.person_id == AttendeeRow.person_id,
                SentMailRow.kind == MailKind.DIGEST,
                SentMailRow.occasion == occasion,
            ),
            ~_has_stopped(AttendeeRow.person_id, MailKind.DIGEST),
        )
        .order_by(AttendeeRow.id)
        .limit(most)
    )
    return [(AttendeeId(attendee), PersonId(person)) for attendee, person in rows]


def list_reminder_readers(
    session: Session, *, quiet_since: datetime, after: PersonId, most: int
) -> list[PersonId]:
    """Return people who agreed to be reminded, keep somebody in touch, and had no mail lately.

    Nobody who had one after ``quiet_since``; at most ``most``, by their ids, from behind ``after``.
    """
    person = PersonRow.id
    rows = session.scalars(
        select(person)
        .where(
            person > after,
            or_(
                exists().where(ContactRow.owner_id == person, ContactRow.rhythm != ""),
                exists().where(
                    ContactRow.owner_id == person,
                    PromiseRow.contact_id == ContactRow.id,
                    PromiseRow.kept_at.is_(None),
                    PromiseRow.dropped_at.is_(None),
                ),
            ),
            or_(
                exists().where(
                    AttendeeRow.person_id == person,
                    AttendeeRow.wants_mail.is_(True),
                    AttendeeRow.removed_at.is_(None),
                ),
                exists().where(
                    SentMailRow.person_id == person,
                    SentMailRow.kind == MailKind.REMINDER,
                    SentMailRow.occasion == ASKED,
                ),
            ),
            ~exists().where(
                SentMailRow.person_id == person,
                SentMailRow.occasion != ASKED,
                SentMailRow.queued_at > quiet_since,
            ),
            ~_has_stopped(person, MailKind.REMINDER),
        )
        .order_by(person)
        .limit(most)
    )
    return [PersonId(found) for found in rows]


def _has_stopped(person: InstrumentedAttribute[int], kind: MailKind) -> ColumnElement[bool]:
    return exists().where(MailStopRow.person_id == person, MailStopRow.kind == kind)
