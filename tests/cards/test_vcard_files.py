"""vCard files, judged by a strict reader of RFC 2426 and by vobject."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.cards.plain_text import as_block, as_line
from matchmaker.cards.vcard import VCardEntry, write_vcard, write_vcards
from matchmaker.people.card import CardFields, clean_link

Reader = Callable[..., list[Any]]

BREAKING = "\r\n\t\x00\x0b\x0c\x1c\x1d\x1e\x1f\x7f\x85\u2028\u2029\ufeff\ud800\udfff\u202e\uffff"
texts = (
    st.text(max_size=200)
    | st.text(alphabet=BREAKING + "\\;,:nN= \"'BEGINVCARD", max_size=200)
    | st.sampled_from(["\r\nEND:VCARD\r\nBEGIN:VCARD", "a\nTEL:+1", "\\", "\\n", "a\\;b", ";;;;"])
)
links = st.lists(
    texts.map("https://example.org/".__add__)
    | st.text("a,;:%=&/?#", max_size=20).map("https://example.org/".__add__)
    | texts,
    max_size=3,
).map(tuple)
cards = st.builds(
    CardFields,
    **dict.fromkeys(
        ["name", "given_name", "family_name", "call_name", "organization", "role", "line"], texts
    ),
    **dict.fromkeys(["email", "phone", "site"], texts),
    links=links,
    languages=links,
)
FULL = CardFields(
    name="Nguyễn Thị Minh Khai",
    call_name="Khai",
    organization="Sao Mai; Phở, Bún \\ Co.",
    role="Giám đốc",
    line="Ask me about noodles: hot, cold; both",
    email="khai@example.org",
    phone="+84901234567",
    site="https://example.org/?a=1,2;b=3:4",
    links=("https://social.example/khai", "https://example.org/?a=1,2;b=3:4"),
)


def expected_names(card: CardFields, note: str) -> list[str]:
    stand_in = next(
        filter(None, map(as_line, (card.name, card.call_name))),
        "",
    )
    nickname = as_line(card.call_name)
    kept_links = {clean_link(link) for link in (card.site, *card.links)} - {None}
    return [
        "N",
        "FN",
        *(["NICKNAME"] if nickname and nickname != stand_in else []),
        *(["ORG"] if as_line(card.organization) else []),
        *(["TITLE"] if as_line(card.role) else []),
        *(["TEL"] if as_line(card.phone) else []),
        *(["EMAIL"] if as_line(card.email) else []),
        *["URL"] * len(kept_links),
        *(["NOTE"] if as_block(note) or as_block(card.line) else []),
    ]


@given(cards, texts)
def test_any_text_stays_inside_its_field(read_vcards: Reader, card: CardFields, note: str) -> None:
    (read,) = read_vcards(write_vcard(card, note=note))
    assert read.names == expected_names(card, note)
    for name, text in (("TITLE", card.role), ("TEL", card.phone), ("EMAIL", card.email)):
        if name in read.names:
            assert read.one(name).value == as_line(text)
    if as_line(card.organization):
        assert read.one("ORG").parts == (as_line(card.organization),)
    if as_line(card.name):
        assert read.one("FN").value == as_line(card.name)


@given(cards, texts)
def test_two_readers_find_the_same_values(read_vcards: Reader, card: CardFields, note: str) -> None:
    data = write_vcard(card, note=note)
    (strict,) = read_vcards(data)
    (other,) = vobject.readComponents(data.decode())
    for name in set(strict.names) - {"N", "ORG", "NICKNAME", "URL"}:
        assert [line.value for line in strict.all(name)] == [
            line.value for line in other.contents[name.lower()]
        ]
    assert [list(line.parts) for line in strict.all("ORG")] == [
        line.value for line in other.contents.get("org", [])
    ]
    name = other.n.value
    assert strict.one("N").parts == (
        name.family,
        name.given,
        name.additional,
        name.prefix,
        name.suffix,
    )
    assert [line.value for line in strict.all("URL")] == [
        line.value for line in other.contents.get("url", [])
    ]


@given(cards)
def test_no_program_sees_other_lines_than_we_wrote(card: CardFields) -> None:
    data = write_vcard(card)
    assert data.decode().splitlines() == data.decode().removesuffix("\r\n").split("\r\n")


def test_a_full_card_reads_as_written(read_vcards: Reader) -> None:
    revised = datetime(2026, 11, 21, 20, 5, 9, tzinfo=timezone(timedelta(hours=7)))
    photo = bytes(range(256)) * 40
    (card,) = read_vcards(
        write_vcard(FULL, note="Met at Demo,\nHanoi", photo_jpeg=photo, uid="u-1", revision=revised)
    )
    assert [(line.name, line.params, line.value) for line in card if line.name != "PHOTO"] == [
        ("N", (), ";Nguyễn Thị Minh Khai;;;"),
        ("FN", (), "Nguyễn Thị Minh Khai"),
        ("NICKNAME", (), "Khai"),
        ("ORG", (), "Sao Mai\\; Phở\\, Bún \\\\ Co."),
        ("TITLE", (), "Giám đốc"),
        ("TEL", ("TYPE=CELL",), "+84901234567"),
        ("EMAIL", ("TYPE=INTERNET",), "khai@example.org"),
        ("URL", (), "https://example.org/?a=1%2C2%3Bb=3:4"),
        ("URL", (), "https://social.example/khai"),
        ("NOTE", (), "Met at Demo,\nHanoi\nAsk me about noodles: hot, cold; both"),
        ("UID", (), "u-1"),
        ("REV", (), "2026-11-21T13:05:09Z"),
    ]
    assert base64.b64decode(card.one("PHOTO").value) == photo


def test_an_empty_card_still_has_both_names(read_vcards: Reader) -> None:
    (card,) = read_vcards(write_vcard(CardFields()))
    assert card.names == ["N", "FN"]


def test_unsafe_links_are_left_out(read_vcards: Reader) -> None:
    card = CardFields(
        name="Mai", site="javascript:alert(1)", links=("data:text/html,x", "a.example")
    )
    (read,) = read_vcards(write_vcard(card))
    assert [line.value for line in read.all("URL")] == ["https://a.example"]


def test_many_cards_stand_in_one_file_in_their_order(read_vcards: Reader) -> None:
    entries = [VCardEntry(fields=CardFields(name=f"Guest {n}"), uid=str(n)) for n in range(50)]
    read = read_vcards(write_vcards(entries))
    assert [card.one("UID").value for card in read] == [str(n) for n in range(50)]
    assert write_vcards([]) == b""


def test_a_revision_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_vcard(FULL, revision=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "character", ["a", "ẵ", "文", "🧑", " ", "\\", "\u0301", "\n", "\x00", "🧑 ", "ẵ\t"]
)
def test_a_megabyte_of_anything_is_folded_on_character_borders(
    read_vcards: Reader, character: str
) -> None:
    text = "x" + character * (1_000_000 // len(character.encode())) + "x"
    (card,) = read_vcards(write_vcard(CardFields(name="Mai"), note=text))
    assert card.one("NOTE").value == as_block(text)
    assert len(card.one("NOTE").value) >= 2


def test_folding_never_parts_an_escape_or_stands_at_a_blank() -> None:
    words = "Nguyễn, Trần; \\ Lê\n" * 200
    data = write_vcard(CardFields(name="Mai"), note=words)
    for line in data.split(b"\r\n")[:-1]:
        assert not line.endswith((b" ", b"\\"))
        assert not line.startswith(b"  ")


def test_joiners_that_spelling_needs_stay(read_vcards: Reader) -> None:
    persian, sinhala = "علی\u200cرضا", "ශ්\u200dරී"
    card = CardFields(name=persian, organization=sinhala, role="\u200fעדי")
    (read,) = read_vcards(write_vcard(card))
    values = [read.one(name).value for name in ("FN", "ORG", "TITLE")]
    assert values == [persian, sinhala, "\u200fעדי"]
