"""An organizer prepares an event: creates it, imports people, loads the sample."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from matchmaker.cards.codes import make_card_code
from matchmaker.cards.wifi import wifi_payload
from matchmaker.documents.identity import pair_with_known
from matchmaker.documents.imported import ImportedRow
from matchmaker.people.attendee import DEFAULT_WISH, Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.clean import fold_key
from matchmaker.people.event import LANGUAGES, Event
from matchmaker.people.ids import AttendeeId, EventId, PersonId, make_public_id
from matchmaker.people.person import Person
from matchmaker.people.refusals import InvalidField
from matchmaker.storage import attendees, card_codes, events, jobs, mail_jobs, people

SAMPLE_SLUG: Final = "sample-evening"
IMPORT_BATCH: Final = 200
"""Rows per transaction: phones never wait long for the database while a file comes in."""

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
_SAMPLE_LENGTH: Final = timedelta(hours=12)


@dataclass
class ImportCount:
    """What became of the rows of a file."""

    added: int = 0
    updated: int = 0

    def __add__(self, other: "ImportCount") -> "ImportCount":
        return ImportCount(self.added + other.added, self.updated + other.updated)


def create_event(session: Session, event: Event, *, now: datetime) -> Event:
    """Store a new event.

    Raises
    ------
    InvalidField
        If its short name, times, time zone or wifi make no sense, or the short name is taken.
    """
    if not _SLUG.match(event.slug):
        raise InvalidField("slug", "not_a_slug")
    if events.find_event(session, event.slug):
        raise InvalidField("slug", "taken")
    if event.ends_at <= event.starts_at:
        raise InvalidField("ends_at", "before_start")
    try:
        ZoneInfo(event.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidField("time_zone", "unknown") from error
    if event.wifi_name:
        # The poster draws it: better refused now than on the day.
        wifi_payload(event.wifi_name, event.wifi_password)
    return events.add_event(session, event, now=now)


def sample_event(name: str, *, now: datetime) -> Event:
    """Return the sample event, which runs from an hour ago until tonight."""
    return Event(
        id=EventId(0),
        slug=SAMPLE_SLUG,
        name=name,
        starts_at=now - timedelta(hours=1),
        ends_at=now + _SAMPLE_LENGTH,
        time_zone="UTC",
        languages=LANGUAGES,
        is_sample=True,
    )


def keep_sample_open(session: Session, event: Event, *, now: datetime) -> Event:
    """Return the sample event, its end moved so that a demo always has an evening ahead."""
    if event.ends_at - now > timedelta(hours=2):
        return event
    ends_at = now + _SAMPLE_LENGTH
    events.move_event(session, event.id, starts_at=event.starts_at, ends_at=ends_at)
    return replace(event, ends_at=ends_at)


def find_known(
    session: Session, event: Event, rows: tuple[ImportedRow, ...]
) -> list[tuple[ImportedRow, AttendeeId | None]]:
    """Return each row of a file with the attendee it is, as earlier imports know them.

    Who typed the same address at the door is not taken for them: it proves nothing.
    """
    imported = attendees.list_imported(session, event.id)
    known = [_Known.of(keys) for _, keys in imported]
    pairs = pair_with_known(rows, known)
    return [
        (row, imported[index][0] if index is not None else None)
        for row, index in zip(rows, pairs, strict=True)
    ]


def import_rows(
    session: Session,
    event: Event,
    rows: Sequence[tuple[ImportedRow, AttendeeId | None]],
    *,
    now: datetime,
) -> ImportCount:
    """Add or update one attendee per row and return how many of each.

    Who claimed their row keeps what they wrote themselves. Running an interrupted import again
    continues it.
    """
    revision = events.raise_revision(session, event.id)
    count = ImportCount()
    for row, attendee_id in rows:
        if attendee_id is None:
            _add(session, event, row, revision=revision, now=now)
            count.added += 1
        else:
            known = attendees.get_attendee(session, event.id, attendee_id)
            _update(session, known, row, revision=revision, now=now)
            count.updated += 1
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return count


def invite_unclaimed(session: Session, event: Event, *, now: datetime) -> int:
    """Leave a mail with their private link for everybody imported who has not come yet.

    Returns how many. Who was invited before is not mailed again.
    """
    waiting = [
        a
        for a in attendees.list_attendees(session, event.id)
        if a.claimed_at is None and a.person.business.email
    ]
    invited = mail_jobs.list_ordered(session, event.id, letter="invitation")
    fresh = [a for a in waiting if a.id not in invited]
    for attendee in fresh:
        order = mail_jobs.MailOrder(letter="invitation", attendee=attendee.id)
        mail_jobs.add_mail(session, order, event_id=event.id, now=now)
    return len(fresh)


@dataclass(frozen=True, kw_only=True)
class _Known:
    ticket: str
    name: str
    email: str
    phone: str
    organization: str

    @classmethod
    def of(cls, keys: attendees.Keys) -> "_Known":
        name, email, phone, organization = keys.imported_as or ("", "", "", "")
        return cls(
            ticket=keys.ticket or "",
            name=name,
            email=email,
            phone=phone,
            organization=organization,
        )


def _keys(row: ImportedRow, *, ticket: str | None) -> attendees.Keys:
    return attendees.Keys(
        ticket=ticket,
        imported_as=(row.name, row.email, row.phone, row.organization),
        email_key=fold_key(row.email) or None,
    )


def _add(session: Session, event: Event, row: ImportedRow, *, revision: int, now: datetime) -> None:
    language = row.language or (event.languages[0] if event.languages else "en")
    person = Person(
        id=PersonId(0),
        public_id=make_public_id(),
        business=_card_of(row, language),
        language=language,
        country=event.country,
    )
    person = replace(person, id=people.add_person(session, person, now=now))
    card_codes.add_code(session, person.id, make_card_code(), kind=card_codes.SCREEN_CODE, now=now)
    # Nobody waits for made-up people to open a link.
    confirmed = now if row.consented or event.is_sample else None
    attendee = Attendee(
        id=AttendeeId(0),
        public_id=make_public_id(),
        event_id=event.id,
        person=person,
        joined_at=now,
        confirmed_at=confirmed,
        here_since=now if row.here else None,
    )
    attendees.add_attendee(
        session,
        _with_texts(attendee, row),
        _keys(row, ticket=row.ticket or None),
        revision=revision,
    )


def _update(
    session: Session,
    known: Attendee,
    row: ImportedRow,
    *,
    revision: int,
    now: datetime,
) -> None:
    attendees.set_keys(session, known.id, _keys(row, ticket=row.ticket or known.ticket or None))
    arrived = now if row.here and known.here_since is None else known.here_since
    if known.claimed_at is not None:
        attendees.save_attendee(session, replace(known, here_since=arrived), revision=revision)
        return
    language = row.language or known.person.language
    people.save_person(
        session, replace(known.person, business=_card_of(row, language), language=language)
    )
    confirmed = known.confirmed_at or (now if row.consented else None)
    changed = replace(_with_texts(known, row), confirmed_at=confirmed, here_since=arrived)
    attendees.save_attendee(session, changed, revision=revision)


def _card_of(row: ImportedRow, language: str) -> CardFields:
    return CardFields(
        name=row.name,
        organization=row.organization,
        role=row.role,
        line=row.line_about,
        email=row.email,
        phone=row.phone,
        languages=(language,),
    )


def _with_texts(attendee: Attendee, row: ImportedRow) -> Attendee:
    return replace(
        attendee,
        offer=row.offer,
        need=row.need,
        can_introduce=row.can_introduce,
        spot=row.spot,
        wish=row.wish if row.wish is not None else DEFAULT_WISH,
        welcomes_newcomers=row.welcomes,
    )
