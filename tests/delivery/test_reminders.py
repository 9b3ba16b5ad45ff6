"""Reminders: by their own wish, one a week at most, and never twice about the same thing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fixtures.attendees import MakeAttendee, MakePerson
from fixtures.mailboxes import Mailbox, Office
from fixtures.venue import SignIn

from matchmaker import card_exchange
from matchmaker.follow_ups import greeting, mailing, promising
from matchmaker.people.attendee import Attendee
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.rhythm import Rhythm
from matchmaker.settings import Settings
from matchmaker.storage import contacts, people
from matchmaker.storage.connect import Database
from matchmaker.worker.mail_rounds import MailRounds

Look = Callable[[datetime], None]


@pytest.fixture
def noon(now: datetime) -> datetime:
    """Noon in Rome on a day some days ahead: mails are read by day."""
    return now.astimezone(UTC).replace(hour=11, minute=0, second=0) + timedelta(days=3)


@pytest.fixture
def look(database: Database, web_settings: Settings, office: Office) -> Look:
    """Lets the worker look at who is to get a mail, and send it, as if it were that moment."""

    def go(moment: datetime) -> None:
        MailRounds(database, web_settings).look(moment)
        office.wait()
        office.work()

    return go


@pytest.fixture
def anh(make_attendee: MakeAttendee, make_person: MakePerson, event: Event) -> Attendee:
    """Somebody with an address."""
    return make_attendee(person=make_person("Ánh", email="anh@example.org"), event=event)


@pytest.fixture
def bo(
    database: Database, anh: Attendee, make_attendee: MakeAttendee, event: Event, now: datetime
) -> Contact:
    """Ánh's contact, to whom something was promised long enough ago."""
    other = make_attendee("Bo", event=event)
    with database.writing() as session:
        then = now - timedelta(days=2)
        contact = card_exchange.exchange(session, anh.person, other.person, None, now=then)
        promising.promise(session, contact, "A book", due_on=None, client_key="", now=then)
    return contact


@pytest.fixture
def asked(database: Database, anh: Attendee, bo: Contact, now: datetime) -> Attendee:
    """Ánh, who asked to be reminded."""
    assert bo.owner == anh.person.id
    with database.writing() as session:
        mailing.ask_for_reminders(session, anh.person, now=now)
    return anh


@pytest.mark.usefixtures("asked")
def test_it_says_what_is_due_and_where_to_tick_it_off(
    look: Look, noon: datetime, mailbox: Mailbox
) -> None:
    look(noon)
    [mail] = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("anh@example.org", "What you said you would do")
    text = mail.get_content()
    assert "* A book (for Bo)" in text
    assert "/me/keep-in-touch" in text
    assert "List-Unsubscribe=One-Click" in str(mail["List-Unsubscribe-Post"])
    assert "/unsubscribe/reminder." in str(mail["List-Unsubscribe"])


@pytest.mark.usefixtures("asked")
def test_nobody_is_told_twice_of_what_they_let_lie(
    look: Look, noon: datetime, mailbox: Mailbox
) -> None:
    for days in range(0, 40, 2):
        look(noon + timedelta(days=days))
    assert len(mailbox.mails) == 1


@pytest.mark.usefixtures("asked")
def test_however_much_is_due_one_mail_a_week(
    look: Look, noon: datetime, mailbox: Mailbox, database: Database, bo: Contact, now: datetime
) -> None:
    with database.writing() as session:
        for days in range(30):
            day = (noon + timedelta(days=days)).date()
            promising.promise(session, bo, f"Thing {days}", due_on=day, client_key="", now=now)
    sent = []
    for hours in range(0, 30 * 24, 6):
        moment = noon + timedelta(hours=hours)
        look(moment)
        if len(mailbox.mails) > len(sent):
            sent.append(moment)
    assert len(sent) == len(mailbox.mails) == 5
    pauses = [later - earlier for earlier, later in zip(sent, sent[1:], strict=False)]
    assert min(pauses) >= timedelta(days=7)


@pytest.mark.usefixtures("asked")
def test_greetings_are_a_reason_and_ask_for_nothing(
    look: Look, noon: datetime, mailbox: Mailbox, database: Database, bo: Contact, now: datetime
) -> None:
    with database.writing() as session:
        promising.drop(session, contacts.list_contacts(session, bo.owner)[0].promises[0], now=now)
        greeting.set_rhythm(session, bo, Rhythm.CLOSE)
    look(noon)
    assert mailbox.mails == []
    with database.writing() as session:
        contacts.save_greeted(session, bo.id, at=now - timedelta(days=40))
    look(noon)
    [mail] = mailbox.mails
    assert mail["Subject"] == "Some people to say hello to"
    assert "* Bo" in mail.get_content()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("hour", [0, 7, 8, 19, 20])
def test_nobody_is_reminded_at_night(
    look: Look, noon: datetime, mailbox: Mailbox, event: Event, hour: int
) -> None:
    moment = event.local(noon).replace(hour=hour)
    look(moment.astimezone(UTC))
    assert len(mailbox.mails) == (1 if 8 <= hour < 20 else 0)


@pytest.mark.usefixtures("bo")
def test_who_did_not_ask_is_never_reminded(look: Look, noon: datetime, mailbox: Mailbox) -> None:
    look(noon)
    assert mailbox.mails == []


def test_asking_and_ending_it_on_the_page(
    look: Look, noon: datetime, mailbox: Mailbox, anh: Attendee, bo: Contact, sign_in: SignIn,
    make_attendee: MakeAttendee,
) -> None:  # fmt: skip
    phone = sign_in(anh)
    phone.open("/me/keep-in-touch")
    assert "one a week at most" in phone.page.text
    phone.tap("Mail me when something is due")
    page = phone.tap("No more of these mails")
    assert "No more reminders by mail." in page.news
    look(noon)
    assert mailbox.mails == []
    phone.tap("Mail me when something is due")
    look(noon)
    assert len(mailbox.mails) == 1
    without_address = sign_in(make_attendee("Cy"))
    assert "Mail me when something is due" not in without_address.open("/me/keep-in-touch").text


def test_two_workers_leave_one_mail(
    database: Database, web_settings: Settings, office: Office, noon: datetime, mailbox: Mailbox,
    asked: Attendee,
) -> None:  # fmt: skip
    with database.reading() as session:
        wishes, _ = mailing.list_reminder_orders(session, after=asked.person.id - 1, now=noon)  # type: ignore[arg-type]
    assert len(wishes) == 1
    # Both looked before either wrote.
    for _worker in range(2):
        with database.writing() as session:
            mailing.queue(session, wishes, now=noon)
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1


@pytest.mark.usefixtures("asked")
def test_each_reader_gets_it_in_their_language_as_far_as_there_is_one(
    look: Look, noon: datetime, mailbox: Mailbox, database: Database, anh: Attendee
) -> None:
    with database.writing() as session:
        people.save_person(session, replace(anh.person, language="he"))
    look(noon)
    assert len(mailbox.mails) == 1
