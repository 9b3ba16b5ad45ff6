"""Who gets which mail, and what stands in it. Each goes out once for its occasion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from matchmaker.follow_ups.agenda import Agenda, find_zone, read_agenda
from matchmaker.people.attendee import Attendee
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.ids import EventId, PersonId
from matchmaker.people.mail_times import QUIET_DAYS, MailKind, is_daytime, morning_after, week_of
from matchmaker.people.person import Person
from matchmaker.storage import attendees, contacts, mail_stops, people
from matchmaker.storage import follow_ups as stored
from matchmaker.storage.mail_jobs import MailOrder, add_mail

DIGEST_LATEST: Final = timedelta(days=3)
"""A digest that could not be left for so long after its morning is not sent any more."""

AT_A_TIME: Final = 200
_MAILS: Final = (MailKind.DIGEST, MailKind.REMINDER)


@dataclass(frozen=True, kw_only=True)
class MailWish:
    """A mail that is to go out by itself, once for its occasion: an event, or a week."""

    person: PersonId
    kind: MailKind
    occasion: str
    order: MailOrder
    event: EventId | None = None


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What stands in the mail on the morning after an event."""

    person: Person
    event: Event
    contacts: tuple[Contact, ...]


def is_digest_due(event: Event, now: datetime) -> bool:
    """Return whether it is the morning after an event, or at most three days later."""
    due = morning_after(event.ends_at, ZoneInfo(event.time_zone))
    return due <= now < due + DIGEST_LATEST


def list_digest_orders(session: Session, event: Event) -> list[MailWish]:
    """Return up to 200 digests that nobody left yet, each once for this event."""
    found = stored.list_digest_readers(session, event.id, most=AT_A_TIME)
    return [
        MailWish(
            person=person,
            kind=MailKind.DIGEST,
            occasion=str(event.id),
            order=MailOrder(letter=MailKind.DIGEST, attendee=attendee),
            event=event.id,
        )
        for attendee, person in found
    ]


def list_reminder_orders(
    session: Session, *, after: PersonId, now: datetime
) -> tuple[list[MailWish], PersonId | None]:
    """Return the reminders of the next people: by day, at most one in seven days for each.

    Only something that has become due since the last one is a reason: who lets a thing lie is
    not asked about it again. Comes with the person behind whom to go on, None after the last.
    """
    found = stored.list_reminder_readers(
        session, quiet_since=now - QUIET_DAYS, after=after, most=AT_A_TIME
    )
    wishes = []
    for person in found:
        agenda = _find_news(session, people.get_person(session, person), now=now)
        if agenda:
            wishes.append(
                MailWish(
                    person=person,
                    kind=MailKind.REMINDER,
                    occasion=week_of(agenda.today),
                    order=MailOrder(letter=MailKind.REMINDER, person=person),
                )
            )
    return wishes, found[-1] if len(found) == AT_A_TIME else None


def queue(session: Session, wishes: Iterable[MailWish], *, now: datetime) -> None:
    """Leave mails to be sent, each once for its occasion, whoever else leaves them too."""
    for one in wishes:
        if mail_stops.note_queued(session, one.person, one.kind, occasion=one.occasion, now=now):
            add_mail(session, one.order, event_id=one.event, now=now)


def find_digest(session: Session, event: Event, attendee: Attendee) -> Digest | None:
    """Return what a digest says now; None if it is not wanted any more or would be empty."""
    person = attendee.person
    found = contacts.list_contacts(session, person.id, event_id=event.id)
    is_wanted = attendee.wants_mail and not mail_stops.is_stopped(
        session, person.id, MailKind.DIGEST
    )
    if not (is_wanted and found):
        return None
    return Digest(person=person, event=event, contacts=tuple(found))


def find_reminder(session: Session, person: Person, *, now: datetime) -> Agenda | None:
    """Return what a reminder says now; None if it is not wanted any more or would be empty."""
    if not wants_reminders(session, person):
        return None
    agenda = read_agenda(session, person, zone=find_zone(session, person), now=now)
    return agenda if agenda.due else None


def wants_reminders(session: Session, person: Person) -> bool:
    """Return whether a person agreed to be reminded by mail."""
    if mail_stops.is_stopped(session, person.id, MailKind.REMINDER):
        return False
    if mail_stops.has_asked(session, person.id, MailKind.REMINDER):
        return True
    return any(one.wants_mail for one in attendees.list_attendances(session, person.id))


def ask_for_reminders(session: Session, person: Person, *, now: datetime) -> None:
    """Note that a person wants to be reminded by mail."""
    mail_stops.ask_for_mail(session, person.id, MailKind.REMINDER, now=now)


def stop_mail(session: Session, person: Person, kind: MailKind, *, now: datetime) -> None:
    """End a kind of mail to a person, until they ask for it."""
    mail_stops.stop_mail(session, person.id, kind, now=now)


def resume_mail(session: Session, person: Person, kind: MailKind) -> None:
    """Take back that a kind of mail was ended."""
    mail_stops.resume_mail(session, person.id, kind)


def _find_news(session: Session, person: Person, *, now: datetime) -> Agenda | None:
    zone = find_zone(session, person)
    if not person.business.email or not is_daytime(now, zone):
        return None
    agenda = read_agenda(session, person, zone=zone, now=now)
    last = mail_stops.find_last_queued(session, person.id, _MAILS)
    told_until = last.astimezone(zone).date() if last else None
    is_news = any(told_until is None or one.day > told_until for one in agenda.due)
    return agenda if is_news else None
