"""The vCard that fits a QR code: what is in it, and what goes first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.cards.plain_text import as_line
from matchmaker.cards.qr import PayloadTooLong, qr_version
from matchmaker.cards.vcard_for_qr import vcard_for_qr
from matchmaker.people.card import CardFields

Reader = Callable[..., list[Any]]

CARD = CardFields(
    name="Nguyễn Thị Minh Khai",
    call_name="Khai",
    organization="Sao Mai",
    role="Giám đốc",
    line="Ask me about noodles",
    email="khai@example.org",
    phone="+84901234567",
    site="https://example.org",
    links=("https://a.example/1", "https://b.example/2"),
    languages=("vi", "it"),
)
texts = st.text(max_size=400) | st.text(alphabet="\r\n;,:\\BEGIND\ud800\u202eễש", max_size=60)
cards = st.builds(
    CardFields,
    name=texts,
    given_name=texts,
    family_name=texts,
    call_name=texts,
    organization=texts,
    role=texts,
    email=texts,
    phone=texts,
    site=texts.map("https://example.org/".__add__),
    links=st.lists(texts.map("https://example.org/".__add__), max_size=12).map(tuple),
)


def read_one(read_vcards: Reader, data: bytes) -> Any:
    (card,) = read_vcards(data, longest=3000)
    return card


@given(cards)
def test_any_card_fits_version_13_and_stays_a_vcard(read_vcards: Reader, card: CardFields) -> None:
    data = vcard_for_qr(card)
    assert qr_version(data) <= 13
    read = read_one(read_vcards, data)
    (other,) = vobject.readComponents(data.decode())
    assert read.one("FN").value == other.fn.value
    if as_line(card.name):
        assert read.one("FN").value
        assert as_line(card.name).startswith(read.one("FN").value)


def test_a_usual_card_keeps_everything_but_the_long_texts(read_vcards: Reader) -> None:
    read = read_one(read_vcards, vcard_for_qr(CARD))
    assert read.names == [
        "N",
        "FN",
        "NICKNAME",
        "ORG",
        "TITLE",
        "TEL",
        "EMAIL",
        "URL",
        "URL",
        "URL",
    ]


def long_card(*, but: str) -> CardFields:
    """A card on which one field alone is so long that nothing else fits beside it."""
    long = "https://example.org/" + "x" * 300 if but in {"site", "links"} else "x" * 330
    return replace(CARD, **{but: (long,) if but == "links" else long})  # type: ignore[arg-type]


ORDER = {
    "call_name": "NICKNAME",
    "role": "TITLE",
    "organization": "ORG",
    "email": "EMAIL",
    "phone": "TEL",
}


@pytest.mark.parametrize("field", [*ORDER])
def test_fields_go_in_the_stated_order(field: str, read_vcards: Reader) -> None:
    read = read_one(read_vcards, vcard_for_qr(long_card(but=field)))
    place = [*ORDER].index(field) + 1
    kept = {*ORDER.values()} & {*read.names}
    assert kept == {*[*ORDER.values()][place:]}
    assert read.one("FN").value == CARD.name


def test_links_go_singly_and_the_last_first(read_vcards: Reader) -> None:
    many = tuple(f"https://example.org/{n}/" + "y" * 30 for n in range(6))
    read = read_one(read_vcards, vcard_for_qr(replace(CARD, links=many)))
    kept = [line.value for line in read.all("URL")]
    assert kept == [CARD.site, *many[: len(kept) - 1]]
    assert 1 < len(kept) < 7
    assert "NICKNAME" in read.names


def test_the_site_goes_after_the_links_and_the_call_name(read_vcards: Reader) -> None:
    read = read_one(read_vcards, vcard_for_qr(long_card(but="site")))
    assert {"URL", "NICKNAME"}.isdisjoint(read.names)
    assert "TITLE" in read.names


def test_a_name_too_long_loses_its_end_only(read_vcards: Reader) -> None:
    endless = "Khải Hoàn " * 100_000
    read = read_one(read_vcards, vcard_for_qr(replace(CARD, name=endless)))
    assert read.names == ["N", "FN"]
    assert len(read.one("FN").value) > 60
    assert endless.startswith(read.one("FN").value)


def test_what_stands_in_for_a_name_outlives_its_field(read_vcards: Reader) -> None:
    card = CardFields(organization="Sao Mai", phone="1" * 330)
    read = read_one(read_vcards, vcard_for_qr(card))
    assert read.one("FN").value == "Sao Mai"


def test_smaller_codes_hold_less_down_to_a_single_letter(read_vcards: Reader) -> None:
    sizes = [len(vcard_for_qr(CARD, largest_version=v)) for v in (12, 10, 8, 6, 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 3
    with pytest.raises(PayloadTooLong):
        vcard_for_qr(CARD, largest_version=3)
