"""Mails as text: whatever people are called, headers stay headers."""

import pytest

from matchmaker.delivery.letters import render_letter
from matchmaker.delivery.mail import MailServer, write_mail
from matchmaker.people.event import LANGUAGES

SERVER = MailServer(url="smtp://127.0.0.1", sender="evening@example.org")
VALUES = {"event_name": "Tech & Tee <1>", "link": "https://meet.example.org/in/x"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", ["private_link", "invitation"])
def test_letters_say_event_name_and_link_as_they_are(letter: str, language: str) -> None:
    subject, text = render_letter(letter, language=language, name="Đỗ <b>", **VALUES)
    assert "Tech & Tee <1>" in subject
    assert "\n" not in subject
    assert "Đỗ <b>" in text
    assert VALUES["link"] in text.splitlines()


def test_a_letter_to_somebody_without_a_name_greets_them_all_the_same() -> None:
    _subject, text = render_letter("private_link", language="en", name="", **VALUES)
    assert text.startswith("Hello,\n")


def test_no_name_of_an_event_makes_a_header() -> None:
    mail = write_mail(SERVER, to="a@example.org", subject="Hi\r\nBcc: b@example.org", text="x")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hi Bcc: b@example.org"
    assert b"\nBcc" not in mail.as_bytes()


def test_a_line_with_a_dot_stays_a_line() -> None:
    mail = write_mail(SERVER, to="a@example.org", subject="x", text="one\n.\ntwo\n")
    assert mail.get_content() == "one\n.\ntwo\n"
