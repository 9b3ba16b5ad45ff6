"""The mail on the morning after: contacts, promises and cards, once, ended with one click."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from aiosmtpd.smtp import SMTP
from fixtures.attendees import MakeAttendee, MakeEvent, MakePerson
from fixtures.mailboxes import Mailbox, Office
from fixtures.phones import BASE_URL, MakePhone
from flask import Flask

from matchmaker import card_exchange, privacy
from matchmaker.follow_ups import promising
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.mail_times import morning_after
from matchmaker.settings import Settings
from matchmaker.storage import attendees, contacts
from matchmaker.storage.connect import Database
from matchmaker.worker.mail_rounds import MailRounds

Look = Callable[[datetime], None]


@pytest.fixture
def event(make_event: MakeEvent, now: datetime) -> Event:
    """An evening whose morning after has come, whatever the hour of the day."""
    return make_event(
        name="Tech & Tee",
        starts_at=now - timedelta(hours=52),
        ends_at=now - timedelta(hours=48),
        time_zone="UTC",
    )


@pytest.fixture
def morning(event: Event) -> datetime:
    """The moment from which the mail may go out."""
    return morning_after(event.ends_at, UTC)


@pytest.fixture
def look(database: Database, web_settings: Settings) -> Look:
    """Lets the worker look at who is to get a mail, as if it were that moment."""
    return lambda moment: MailRounds(database, web_settings).look(moment)


@pytest.fixture
def anh(
    database: Database, event: Event, now: datetime, make_attendee: MakeAttendee,
    make_person: MakePerson,
) -> Attendee:  # fmt: skip
    """Somebody who asked for the mail, met Bo and promised him a book."""
    person = make_person("Trần Văn Ánh", email="anh@example.org")
    anh = make_attendee(person=person, event=event, wants_mail=True)
    bo = make_attendee("Bo Ố", event=event)
    with database.writing() as session:
        contact = card_exchange.exchange(session, anh.person, bo.person, event, now=event.ends_at)
        promising.promise(session, contact, "A book", due_on=None, client_key="", now=now)
        contacts.save_note(session, contact.id, "Likes looms")
    return anh


def change(database: Database, attendee: Attendee, **facts: object) -> None:
    with database.writing() as session:
        now_stored = attendees.get_attendee(session, attendee.event_id, attendee.id)
        attendees.save_attendee(session, replace(now_stored, **facts), revision=0)  # type: ignore[arg-type]


@pytest.mark.usefixtures("anh")
def test_it_holds_contacts_promises_and_their_cards(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox
) -> None:
    look(morning)
    office.work()
    [mail] = mailbox.mails
    assert mail["To"] == "anh@example.org"
    assert mail["Subject"] == "Your contacts from Tech & Tee"
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Hello Trần Văn Ánh," in text
    assert "* Bo Ố" in text
    assert "* A book (for Bo Ố)" in text
    assert f"{BASE_URL}/me/contacts" in text
    [cards] = mail.iter_attachments()
    assert (cards.get_filename(), cards.get_content_type()) == ("contacts.vcf", "text/vcard")
    card = vobject.readOne(cards.get_payload(decode=True).decode())
    assert card.fn.value == "Bo Ố"
    assert "at Tech & Tee" in card.note.value
    assert "Likes looms" in card.note.value


@pytest.mark.usefixtures("anh")
def test_it_goes_out_by_day_and_only_once_however_often_one_looks(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox
) -> None:
    look(morning - timedelta(minutes=1))
    office.work()
    assert mailbox.mails == []
    for late in (timedelta(0), timedelta(minutes=10), timedelta(days=1), timedelta(days=2)):
        look(morning + late)
        office.work()
    assert [mail["Subject"] for mail in mailbox.mails].count("Your contacts from Tech & Tee") == 1
    assert office.open_and_failed == (0, 0)


@pytest.mark.usefixtures("anh")
def test_a_server_that_was_off_for_days_sends_no_old_news(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox
) -> None:
    look(morning + timedelta(days=3))
    office.work()
    assert all("Your contacts" not in mail["Subject"] for mail in mailbox.mails)


def test_only_who_asked_gets_it(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox, database: Database,
    anh: Attendee,
) -> None:  # fmt: skip
    change(database, anh, wants_mail=False)
    look(morning)
    office.work()
    assert mailbox.mails == []


def test_who_changes_their_mind_before_it_leaves_gets_none(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox, database: Database,
    anh: Attendee,
) -> None:  # fmt: skip
    look(morning)
    change(database, anh, wants_mail=False)
    office.work()
    assert (mailbox.mails, office.open_and_failed) == ([], (0, 0))


def test_who_was_forgotten_before_it_leaves_gets_none(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox, database: Database,
    anh: Attendee, now: datetime,
) -> None:  # fmt: skip
    look(morning)
    with database.writing() as session:
        privacy.forget(session, anh.person, take_cards_back=False, now=now)
    office.work()
    assert (mailbox.mails, office.open_and_failed) == ([], (0, 0))


def test_who_met_nobody_gets_none(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox, event: Event,
    make_attendee: MakeAttendee, make_person: MakePerson,
) -> None:  # fmt: skip
    lone = make_person("Lone", email="lone@example.org")
    make_attendee(person=lone, event=event, wants_mail=True)
    look(morning)
    office.work()
    assert mailbox.mails == []


@pytest.mark.usefixtures("anh")
def test_without_a_mail_server_nothing_is_left_to_be_sent(
    database: Database, web_settings: Settings, morning: datetime, office: Office
) -> None:
    office.work()
    MailRounds(database, replace(web_settings, smtp_url="")).look(morning)
    assert office.open_and_failed == (0, 0)


@pytest.fixture
def stop_url(look: Look, morning: datetime, office: Office, mailbox: Mailbox, anh: Attendee) -> str:
    """The address in the head of the mail that ends such mails."""
    assert anh.wants_mail
    look(morning)
    office.work()
    [mail] = mailbox.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = str(mail["List-Unsubscribe"])
    body = mail.get_body(("plain",))
    assert body is not None
    assert url[1:-1] in body.get_content().splitlines()
    return url[1:-1]


def test_the_head_of_the_mail_is_written_as_programs_read_it(
    stop_url: str, mailbox: Mailbox
) -> None:
    assert f"\r\nList-Unsubscribe: <{stop_url}>\r\n".encode() in mailbox.raw[0]
    assert stop_url.startswith(f"{BASE_URL}/unsubscribe/")
    # Whatever people are called: no server must be asked whether it takes more than this.
    assert mailbox.raw[0].isascii()
    assert max(map(len, mailbox.raw[0].split(b"\r\n"))) <= 998
    assert b"\n" not in mailbox.raw[0].replace(b"\r\n", b"")


def test_one_click_of_a_mail_program_ends_them(
    stop_url: str, app: Flask, database: Database, anh: Attendee, event: Event, office: Office,
    mailbox: Mailbox, look: Look, make_event: MakeEvent, make_attendee: MakeAttendee,
) -> None:  # fmt: skip
    program = app.test_client(use_cookies=False)
    path = stop_url.removeprefix(BASE_URL)
    answer = program.post(
        path, base_url=BASE_URL, data={"List-Unsubscribe": "One-Click"}, buffered=True
    )
    assert answer.status_code == 200
    again = make_event(
        starts_at=event.starts_at, ends_at=event.ends_at, time_zone="UTC", name="Another"
    )
    me = make_attendee(person=anh.person, event=again, wants_mail=True)
    third = make_attendee("Cy", event=again)
    with database.writing() as session:
        card_exchange.exchange(session, me.person, third.person, again, now=event.ends_at)
    look(morning_after(again.ends_at, UTC))
    office.work()
    assert len(mailbox.mails) == 1


def test_looking_ends_nothing_and_a_button_does(stop_url: str, make_phone: MakePhone) -> None:
    phone = make_phone()
    for _ in range(2):
        assert phone.open(stop_url).heading == "End these mails?"
    assert phone.tap("End them").heading == "No more of these mails"
    assert phone.open(stop_url).heading == "No more of these mails"
    assert phone.tap("I want them after all").heading == "End these mails?"


def test_no_other_address_ends_anything(stop_url: str, make_phone: MakePhone) -> None:
    phone = make_phone()
    kind, public_id, mac = stop_url.rpartition("/")[2].split(".")
    wrong = [f"reminder.{public_id}.{mac}", f"{kind}.{public_id}.{mac[:-1]}", f"{kind}.{public_id}",
             f"private_link.{public_id}.{mac}", kind, f"{kind}.x{public_id}.{mac}"]  # fmt: skip
    for key in wrong:
        assert phone.open(f"/unsubscribe/{key}").status == 404
        assert phone.send(f"/unsubscribe/{key}").status == 404
    assert phone.open(stop_url).heading == "End these mails?"


@pytest.mark.usefixtures("anh")
def test_a_mail_server_that_was_down_gets_it_later(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox
) -> None:
    mailbox.recipient_answer = "450 greylisted"
    look(morning)
    office.work()
    assert (mailbox.mails, office.open_and_failed) == ([], (1, 0))
    mailbox.recipient_answer = "250 OK"
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("anh")
def test_a_worker_killed_in_the_middle_never_sends_it_again_and_doctor_says_so(
    look: Look, morning: datetime, office: Office, mailbox: Mailbox, environment: dict[str, str]
) -> None:
    look(morning)
    worker = subprocess.Popen([sys.executable, "-m", "matchmaker.worker"], env=environment)

    def kill(_server: SMTP) -> None:
        worker.kill()

    mailbox.when_taken = kill
    try:
        assert worker.wait(timeout=120) == -9
    finally:
        worker.kill()
        worker.wait()
    mailbox.when_taken = None
    assert len(mailbox.mails) == 1
    office.wait()
    look(morning + timedelta(hours=1))
    office.work()
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1
    assert office.uncertain == 1
    told = subprocess.run(
        [sys.executable, "-m", "matchmaker.cli", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "1 mails may or may not have arrived" in told.stdout
    assert "digest" in told.stdout
