"""My key by mail: from the tap on the phone to the link in the mail, each mail once."""

import subprocess
import sys
from asyncio import WriteTransport
from datetime import datetime

import pytest
from aiosmtpd.smtp import SMTP
from fixtures.attendees import MakeAttendee, MakePerson
from fixtures.mailboxes import Mailbox, Office
from fixtures.phones import BASE_URL, MakePhone, Phone
from fixtures.venue import SignIn

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event


@pytest.fixture
def anh(make_attendee: MakeAttendee, make_person: MakePerson, now: datetime) -> Attendee:
    """Somebody with an address."""
    person = make_person("Trần Văn Ánh", email="anh@example.org")
    return make_attendee(person=person, claimed_at=now)


@pytest.fixture
def phone_of_anh(anh: Attendee, event: Event, sign_in: SignIn) -> Phone:
    """Their phone, a mail with their key ordered."""
    phone = sign_in(anh)
    phone.open(f"/e/{event.slug}/me/key")
    page = phone.tap("Mail it to me")
    assert "It is on its way to anh@example.org." in page.news
    return phone


def test_the_mail_holds_the_link_that_opens_my_pages(
    event: Event, phone_of_anh: Phone, office: Office, mailbox: Mailbox, make_phone: MakePhone
) -> None:
    office.work()
    [mail] = mailbox.mails
    assert mail["To"] == "anh@example.org"
    assert mail["From"] == "Matchmaker <evening@example.org>"
    assert mail["Subject"] == f"Your private link to {event.name}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert "Hello Trần Văn Ánh," in text
    [link] = [line for line in text.splitlines() if line.startswith(f"{BASE_URL}/in/")]
    other = make_phone()
    assert other.open(link).heading == "Welcome back, Trần Văn Ánh"


@pytest.mark.usefixtures("phone_of_anh")
def test_nothing_is_sent_twice(office: Office, mailbox: Mailbox) -> None:
    office.work()
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1
    assert office.open_and_failed == (0, 0)


@pytest.mark.usefixtures("phone_of_anh")
@pytest.mark.parametrize("answer", ["450 later", "550 never heard of them"])
def test_a_refused_mail_is_tried_again_and_arrives_once(
    office: Office, mailbox: Mailbox, answer: str
) -> None:
    mailbox.recipient_answer = answer
    office.work()
    assert (mailbox.mails, office.open_and_failed) == ([], (1, 0))
    mailbox.recipient_answer = "250 OK"
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1
    assert office.uncertain == 0


@pytest.mark.usefixtures("phone_of_anh")
def test_a_mail_refused_after_it_was_handed_over_is_tried_again(
    office: Office, mailbox: Mailbox
) -> None:
    mailbox.answer = "451 no room"
    office.work()
    mailbox.answer = "250 OK"
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1
    assert office.uncertain == 0


@pytest.mark.usefixtures("phone_of_anh")
def test_a_server_that_cannot_be_reached_ends_in_a_failure_that_is_told(
    silent_office: Office,
) -> None:
    for _ in range(5):
        assert silent_office.open_and_failed == (1, 0)
        silent_office.work()
        silent_office.wait()
    assert silent_office.open_and_failed == (0, 1)
    assert silent_office.uncertain == 0


@pytest.mark.usefixtures("phone_of_anh")
def test_a_connection_that_breaks_while_the_mail_is_taken_leaves_it_uncertain(
    office: Office, mailbox: Mailbox
) -> None:
    mailbox.when_taken = hang_up
    office.work()
    mailbox.when_taken = None
    office.wait()
    office.work()
    assert len(mailbox.mails) == 1
    assert office.uncertain == 1


def hang_up(server: SMTP) -> None:
    """Close the line before the mail server's answer gets through."""
    assert isinstance(server.transport, WriteTransport)
    server.transport.abort()


@pytest.mark.slow
@pytest.mark.usefixtures("phone_of_anh")
def test_a_worker_killed_between_acceptance_and_mark_is_told_and_never_sends_again(
    office: Office, mailbox: Mailbox, environment: dict[str, str]
) -> None:
    worker = subprocess.Popen([sys.executable, "-m", "matchmaker.worker"], env=environment)
    mailbox.when_taken = lambda _server: worker.kill()
    try:
        assert worker.wait(timeout=120) == -9
    finally:
        worker.kill()
    mailbox.when_taken = None
    assert len(mailbox.mails) == 1
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


def test_one_device_cannot_order_mails_without_end(
    anh: Attendee, event: Event, sign_in: SignIn
) -> None:
    phone = sign_in(anh)
    path = f"/e/{event.slug}/me/key/mail"
    assert [phone.send(path).status for _ in range(6)] == [302] * 5 + [429]


def test_who_has_no_address_is_not_offered_a_mail(
    event: Event, make_attendee: MakeAttendee, sign_in: SignIn
) -> None:
    phone = sign_in(make_attendee("Ada"))
    assert "Mail it to me" not in phone.open(f"/e/{event.slug}/me/key").buttons
    assert phone.send(f"/e/{event.slug}/me/key/mail").status == 404
