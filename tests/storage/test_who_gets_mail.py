"""Who is to get which mail, as both databases say."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent, MakePerson

from matchmaker import card_exchange
from matchmaker.follow_ups import mailing, promising
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import PersonId
from matchmaker.people.mail_times import MailKind
from matchmaker.people.rhythm import Rhythm
from matchmaker.storage import contacts, follow_ups, jobs, mail_jobs
from matchmaker.storage.connect import Database, Session

Change = Callable[[Session], None]


@pytest.fixture
def ada(
    database: Database, cast: Cast, now: datetime, make_attendee: MakeAttendee,
    make_person: MakePerson,
) -> Attendee:  # fmt: skip
    """Somebody who asked for mail at the event and has a contact there."""
    ada = make_attendee(person=make_person("Ada", email="ada@example.org"), wants_mail=True)
    with database.writing() as session:
        card_exchange.exchange(session, ada.person, cast.bo.person, cast.event, now=now)
    return ada


def digests(database: Database, event: Event) -> list[PersonId]:
    with database.reading() as session:
        return [one.person for one in mailing.list_digest_orders(session, event)]


def reminded(database: Database, now: datetime) -> list[PersonId]:
    with database.reading() as session:
        return follow_ups.list_reminder_readers(
            session, quiet_since=now - timedelta(days=7), after=PersonId(0), most=10
        )


def test_digests_are_for_those_who_asked_at_that_event_and_met_somebody(
    database: Database, cast: Cast, ada: Attendee, make_event: MakeEvent, now: datetime
) -> None:
    assert digests(database, cast.event) == [ada.person.id]
    assert digests(database, make_event()) == []
    with database.reading() as session:
        wishes = mailing.list_digest_orders(session, cast.event)
    for _twice in range(2):
        with database.writing() as session:
            mailing.queue(session, wishes, now=now)
    assert digests(database, cast.event) == []
    with database.writing() as session:
        found = [job for job in iter(lambda: jobs.lease_job(session, now=now), None) if job]
    mails = [mail_jobs.read_order(job) for job in found if job.kind == mail_jobs.MAIL]
    assert [(one.letter, one.attendee) for one in mails] == [("digest", ada.id)]


def test_who_stopped_digests_gets_none(
    database: Database, cast: Cast, ada: Attendee, now: datetime
) -> None:
    with database.writing() as session:
        mailing.stop_mail(session, ada.person, MailKind.DIGEST, now=now)
    assert digests(database, cast.event) == []


def test_reminders_are_for_those_who_keep_somebody_in_touch(
    database: Database, ada: Attendee, now: datetime
) -> None:
    assert reminded(database, now) == []
    with database.writing() as session:
        [contact] = contacts.list_contacts(session, ada.person.id)
        made = promising.promise(session, contact, "A", due_on=None, client_key="", now=now)
    assert reminded(database, now) == [ada.person.id]
    with database.writing() as session:
        promising.keep(session, made, now=now)
    assert reminded(database, now) == []
    with database.writing() as session:
        contacts.save_rhythm(session, contact.id, Rhythm.NOW_AND_THEN)
    assert reminded(database, now) == [ada.person.id]
    with database.writing() as session:
        mailing.stop_mail(session, ada.person, MailKind.REMINDER, now=now)
    assert reminded(database, now) == []


def test_after_any_such_mail_it_is_quiet_for_a_week(
    database: Database, cast: Cast, ada: Attendee, now: datetime
) -> None:
    with database.writing() as session:
        [contact] = contacts.list_contacts(session, ada.person.id)
        contacts.save_rhythm(session, contact.id, Rhythm.CLOSE)
    with database.reading() as session:
        wishes = mailing.list_digest_orders(session, cast.event)
    with database.writing() as session:
        mailing.queue(session, wishes, now=now)
    assert reminded(database, now + timedelta(days=6)) == []
    assert reminded(database, now + timedelta(days=7)) == [ada.person.id]
