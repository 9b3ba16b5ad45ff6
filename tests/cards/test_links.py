"""Links that strangers type onto their cards."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.card import clean_link


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/mai?x=1,2;3#top", "https://example.org/mai?x=1,2;3#top"),
        (" HTTP://Example.org ", "http://Example.org"),
        ("example.org/me", "https://example.org/me"),
        ("example.org:8080/me", "https://example.org:8080/me"),
        ("http://localhost:5000/", "http://localhost:5000/"),
        ("http://[::1]:5000/", "http://[::1]:5000/"),
        ("https://việt.example/Minh-Khai", "https://việt.example/Minh-Khai"),
        ("mailto:mai@example.org?subject=Hi", "mailto:mai@example.org?subject=Hi"),
        ("tel:+84-90-123-45-67", "tel:+84-90-123-45-67"),
        ("tel:112", "tel:112"),
    ],
)
def test_an_honest_link_is_kept(typed: str, kept: str) -> None:
    assert clean_link(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "javascript://example.org/%0aalert(1)",
        "intent://scan/#Intent;end",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "//evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://",
        "https://exa mple.org",
        "https://example.org/\r\nEND:VCARD",
        "https://example.org/\u2028x",
        "https://example.org/\u202egro",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        "https://[::1",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://℀.example",
        "https://-.example",
        "mailto:mai",
        "mailto:@example.org",
        "tel:javascript",
        "just words",
        "word",
        "https://example.org/" + "a" * 2048,
        "https://example.org/\ud800",
    ],
)
def test_a_dangerous_or_broken_link_is_refused(typed: str) -> None:
    assert clean_link(typed) is None


@given(st.text() | st.text(alphabet="htps:/.@?#[]a1-\\ \n\t\u202e%", max_size=20))
def test_a_kept_link_has_an_allowed_scheme_and_no_way_out(typed: str) -> None:
    link = clean_link(typed)
    if link is not None:
        assert urlsplit(link).scheme in {"http", "https", "mailto", "tel"}
        assert not re.search(r"[\s\x00-\x1f\"<>\\\ud800-\udfff]", link)
        assert clean_link(link) == link
