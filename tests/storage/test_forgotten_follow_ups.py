"""Who is forgotten leaves no promise, no note, no calendar and no mail behind."""

from datetime import datetime

from fixtures.attendees import Cast
from sqlalchemy import select

from matchmaker import card_exchange, privacy
from matchmaker.follow_ups import mailing, promising, signed_links
from matchmaker.people.mail_times import MailKind
from matchmaker.storage import contacts, follow_ups, mail_stops
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import Base, MailStopRow, SentMailRow

CANARY = "Quetzalcoatl"


def everything_stored(database: Database) -> str:
    with database.reading() as session:
        tables = Base.metadata.sorted_tables
        return str([session.execute(select(table)).all() for table in tables])


def test_nothing_is_left(database: Database, cast: Cast, now: datetime) -> None:
    ada, bo = cast.ada.person, cast.bo.person
    with database.writing() as session:
        contact = card_exchange.exchange(session, ada, bo, cast.event, now=now)
        contacts.save_note(session, contact.id, f"{CANARY} note")
        promising.promise(
            session, contact, f"{CANARY} promise", due_on=None, client_key="k", now=now
        )
        mailing.ask_for_reminders(session, ada, now=now)
        mailing.stop_mail(session, ada, MailKind.DIGEST, now=now)
        signed_links.turn_feed_on(session, ada)
    assert everything_stored(database).count(CANARY) == 2
    with database.writing() as session:
        privacy.forget(session, ada, take_cards_back=False, now=now)
    assert CANARY not in everything_stored(database)
    with database.reading() as session:
        assert session.scalars(select(SentMailRow)).all() == []
        assert session.scalars(select(MailStopRow)).all() == []
        assert follow_ups.get_feed_version(session, ada.id) == 0
        assert not mailing.wants_reminders(session, ada)
        # Others keep what was given, and their own words on it.
        assert len(contacts.list_contacts(session, bo.id)) == 1


def test_a_mail_is_left_once_for_its_occasion(
    database: Database, cast: Cast, now: datetime
) -> None:
    ada = cast.ada.person.id
    for occasion, is_new in (("1", True), ("1", False), ("2", True)):
        with database.writing() as session:
            left = mail_stops.note_queued(session, ada, MailKind.DIGEST, occasion=occasion, now=now)
        assert left is is_new


def test_stopping_is_stronger_than_having_asked_until_asked_again(
    database: Database, cast: Cast, now: datetime
) -> None:
    ada = cast.ada.person
    steps = (
        (lambda s: mailing.ask_for_reminders(s, ada, now=now), True),
        (lambda s: mailing.stop_mail(s, ada, MailKind.REMINDER, now=now), False),
        (lambda s: mailing.stop_mail(s, ada, MailKind.REMINDER, now=now), False),
        (lambda s: mailing.ask_for_reminders(s, ada, now=now), True),
    )
    for step, wants in steps:
        with database.writing() as session:
            step(session)
        with database.reading() as session:
            assert mailing.wants_reminders(session, ada) is wants
