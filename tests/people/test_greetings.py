"""Words to begin with: made of what is known, quoted only where it fits, opening anywhere."""

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.greeting import Memory, choose_greeting, short_words
from matchmaker.people.ids import ContactId, PersonId, PublicId
from matchmaker.people.messages import mail_link, message_links

MET = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
BO = Contact(
    id=ContactId(1),
    public_id=PublicId("bo"),
    owner=PersonId(1),
    other=None,
    fields=CardFields(name="Bo Carpenter", call_name="Bo"),
    met_at=MET,
)


def test_their_project_is_remembered_in_their_own_words() -> None:
    bo = replace(BO, could_give="Violin lessons for my children.", event_name="Evening")
    greeting = choose_greeting(bo)
    assert greeting.memory is Memory.PROJECT
    assert (greeting.name, greeting.words) == ("Bo", "Violin lessons for my children")


def test_words_that_are_too_long_to_quote_leave_the_place() -> None:
    bo = replace(BO, could_give="A carpenter " * 20, could_get="One\ntwo", event_name="Evening")
    assert choose_greeting(bo).memory is Memory.PLACE
    assert choose_greeting(BO).memory is Memory.PERSON
    assert short_words("Bread… ") == "Bread"


def test_the_greeting_stays_until_it_is_said_and_then_changes() -> None:
    bo = replace(BO, could_give="Violin lessons", could_get="Old windows")
    assert choose_greeting(bo) == choose_greeting(bo)
    said = {
        (one.memory, one.turn)
        for day in range(30)
        for one in [choose_greeting(replace(bo, greeted_at=MET + timedelta(days=day)))]
    }
    assert len(said) > 20


HARD = "50 % off? a&b=c #1 +2 “Đỗ” נועה\n\n\\ % &body=x"


@given(st.text(min_size=1, max_size=60))
@example(HARD)
def test_whatever_is_said_arrives_as_it_was_written(text: str) -> None:
    text = text.encode(errors="replace").decode().replace("\r", " ")
    fields = CardFields(email="bo+b@example.org", phone="+84901234567")
    ways = dict(message_links(fields, subject="Hello & = ?", text=text))
    mail = urlsplit(ways["mail"])
    assert (mail.scheme, unquote(mail.path)) == ("mailto", "bo+b@example.org")
    said = {name: unquote(value) for name, _, value in
            (part.partition("=") for part in mail.query.split("&"))}  # fmt: skip
    assert said == {"subject": "Hello & = ?", "body": text.replace("\n", "\r\n")}
    for name in ("WhatsApp", "Telegram"):
        assert parse_qs(urlsplit(ways[name]).query, keep_blank_values=True) == {"text": [text]}
        assert urlsplit(ways[name]).hostname in {"wa.me", "t.me"}
    assert unquote(ways["text"]) == f"sms:+84901234567?&body={text}"
    assert all(way.isascii() and way.isprintable() for way in ways.values())


def test_an_address_cannot_add_headers_or_readers() -> None:
    link = mail_link("a@example.org?bcc=b@example.org", subject="s", text="t")
    parts = urlsplit(link)
    assert unquote(parts.path) == "a@example.org?bcc=b@example.org"
    assert [part.partition("=")[0] for part in parts.query.split("&")] == ["subject", "body"]
    assert email.message_from_string(f"To: {parts.path}\n\n")["Bcc"] is None


def test_who_gave_no_way_is_written_to_in_none() -> None:
    assert message_links(CardFields(name="Bo"), subject="s", text="t") == ()
    assert message_links(CardFields(phone="call me"), subject="s", text="t") == ()
