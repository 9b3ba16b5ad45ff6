"""Typed text made safe to keep, and typed addresses read into one form."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.clean import clean_line, clean_text, fold_key
from matchmaker.people.reach import read_email, read_phone, read_site
from matchmaker.people.refusals import InvalidField

ANY = st.text(st.characters(), max_size=300)


@given(ANY)
def test_cleaned_text_is_nfc_without_control_or_override_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0\r")
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in cleaned if c != "\n")
    cleaned.encode()


@given(ANY)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert fold_key(fold_key(text)) == fold_key(text)


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   blanks \t here ", "two blanks here"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("e\u0301", "\u00e9"),
        ("\u05d0\u200f \u05d1\u200e", "\u05d0\u200f \u05d1\u200e"),
        ("Nguy\u1ec5n", "Nguy\u1ec5n"),
    ],
)
def test_what_writers_mean_stays(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_keys_compare_as_people_do() -> None:
    assert fold_key(" ANNA@Example.org ") == fold_key("anna@example.org")
    assert fold_key("Ａｎｎａ") == fold_key("anna")
    assert fold_key("Straße") == fold_key("STRASSE")
    # Tones carry meaning: they are no matter of case.
    assert fold_key("Ánh") != fold_key("Anh")


@given(ANY)
def test_any_text_is_read_or_refused_as_a_field(text: str) -> None:
    for read in (read_email, read_site, lambda typed: read_phone(typed, country="IT")):
        with suppress(InvalidField):
            assert isinstance(read(text), str)


def test_addresses_get_one_form() -> None:
    assert read_email(" anna@EXAMPLE.org ") == "anna@example.org"
    assert read_phone("06 6988 4857", country="IT") == "+390669884857"
    assert read_site("example.org/me") == "https://example.org/me"
    for read in (read_email, read_site):
        assert read("  ") == ""


@pytest.mark.parametrize("typed", ["mailto:a@example.org", "tel:+39", "javascript:x", "ftp://a.b"])
def test_only_web_addresses_are_sites(typed: str) -> None:
    with pytest.raises(InvalidField):
        read_site(typed)
