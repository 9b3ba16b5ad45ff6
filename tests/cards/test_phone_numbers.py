"""Numbers as people type them at events in Vietnam, Italy, Israel and elsewhere."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.phone import messenger_links, normalize_phone


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("0901 234 567", "VN", "+84901234567"),
        ("+84 901 234 567", "IT", "+84901234567"),
        ("050-123-4567", "il", "+972501234567"),
        ("(02) 1234 567", "IT", "+39021234567"),
        ("0039 02 1234567", "US", "+39021234567"),
        ("+39 02 1234567", "", "+39021234567"),
        ("0084 901 234 567", "", "+84901234567"),
        ("٠٥٠١٢٣٤٥٦٧", "IL", "+972501234567"),
        ("+1 650-253-0000 ext. 12", "VN", "+16502530000"),
    ],
)
def test_a_number_is_completed_by_the_country_of_the_event(
    typed: str, country: str, kept: str
) -> None:
    assert normalize_phone(typed, country=country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("", "VN"),
        ("0901 234 567", ""),
        ("12", "VN"),
        ("555-1234", "US"),
        ("+84 901 234 567 890 123 456", "VN"),
        ("+999 12345678", "VN"),
        ("call me", "VN"),
        ("\x00", "XX"),
        ("\ud800", "VN"),
        ("9" * 1_000_000, "VN"),
    ],
)
def test_what_cannot_be_called_from_abroad_is_no_number(typed: str, country: str) -> None:
    assert normalize_phone(typed, country=country) is None


@given(st.text() | st.text(alphabet="+0123456789 -()/x;=٣\u202e"), st.sampled_from(["VN", "", "?"]))
def test_any_text_gives_e164_or_nothing_and_e164_stays(typed: str, country: str) -> None:
    number = normalize_phone(typed, country=country)
    if number is not None:
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", number, re.ASCII)
        assert normalize_phone(number, country="") == number


def test_messengers_open_by_number() -> None:
    assert messenger_links("+84901234567") == (
        ("WhatsApp", "https://wa.me/84901234567"),
        ("Zalo", "https://zalo.me/84901234567"),
        ("Telegram", "https://t.me/+84901234567"),
        ("Signal", "https://signal.me/#p/+84901234567"),
    )


@given(st.text() | st.from_regex(r"\+[0-9٣]{3,18}\n?"))
def test_messenger_links_lead_to_https_and_carry_digits_only(text: str) -> None:
    for _name, address in messenger_links(text):
        assert urlsplit(address).scheme == "https"
        assert address.endswith(text.removeprefix("+"))
        assert re.fullmatch(r"\+[0-9]{7,15}", text, re.ASCII)
