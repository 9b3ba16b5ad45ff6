"""Codes on cards, said aloud and from the desk, and the addresses that carry them."""

import math
import random
import secrets
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.cards.codes import (
    ALPHABET,
    CARD_CODE_LENGTH,
    DESK_CODE_LENGTH,
    SPOKEN_CODE_LENGTH,
    card_url,
    find_card_code,
    make_card_code,
    make_desk_code,
    make_spoken_code,
    normalize_code,
    show_code,
)
from matchmaker.cards.qr import qr_version

CODE = "0123456789ABCDEF"
codes = st.text(alphabet=ALPHABET, min_size=16, max_size=16)
MAKERS = [
    (make_card_code, CARD_CODE_LENGTH, 10),
    (make_desk_code, DESK_CODE_LENGTH, 5),
    (make_spoken_code, SPOKEN_CODE_LENGTH, 4),
]


@pytest.mark.parametrize(("make", "length", "octets"), MAKERS)
def test_each_random_bit_decides(make: Callable[..., str], length: int, octets: int) -> None:
    asked: list[int] = []

    def zeros_but(bit: int) -> str:
        def one_bit(octets: int) -> bytes:
            asked.append(octets)
            return (1 << bit).to_bytes(octets)

        return make(one_bit)

    assert len({zeros_but(bit) for bit in range(5 * length)}) == 5 * length
    assert set(asked) == {octets}
    assert make(bytes) == "0" * length
    assert make(lambda n: b"\xff" * n) == "Z" * length


@pytest.mark.parametrize(("make", "length", "octets"), MAKERS)
def test_every_character_is_equally_likely(
    make: Callable[..., str], length: int, octets: int
) -> None:
    seen = Counter("".join(make() for _ in range(3000)))
    assert set(seen) == set(ALPHABET)
    expected = 3000 * length / 32
    # Chi-squared with 31 degrees of freedom passes 90 once in ten million runs.
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 90


def test_codes_differ() -> None:
    assert len({make_card_code() for _ in range(10_000)}) == 10_000


@given(codes, st.randoms(use_true_random=False))
def test_a_code_is_read_however_it_is_typed(code: str, dice: random.Random) -> None:
    typed = ""
    for character in code:
        variants = {"1": "1IiLl", "0": "0Oo"}.get(character, character + character.lower())
        typed += dice.choice(["", "", "-", " ", "\u2011", "\u00a0", "\u200f"])
        typed += dice.choice(variants)
    assert normalize_code(typed) == code
    assert normalize_code(show_code(code)) == code


@given(st.text() | st.text(alphabet=ALPHABET + "IlOoU-ıſ٣３\u00df ", min_size=14, max_size=20))
def test_any_text_is_a_code_or_nothing_and_a_code_stays(text: str) -> None:
    code = normalize_code(text)
    if code is not None:
        assert len(code) == 16
        assert set(code) <= set(ALPHABET)
        assert normalize_code(code) == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0123456789abcdef", CODE),
        ("0123-4567-89AB-CDEF", CODE),
        ("O1I3L56789ABCDEF"[:16], "0113156789ABCDEF"),
        ("٠١٢٣٤٥٦٧٨٩ABCDEF", CODE),
        ("０１２３４５６７８９ＡＢＣＤＥＦ", CODE),
        ("0123456789ABCDE", None),
        ("0123456789ABCDEFG", None),
        ("0123456789ABCDEU", None),
        ("0123456789ABCDE\ud800", None),
        ("", None),
        ("-" * 1_000_000, None),
        ("\u0301\u0327" * 500_000, None),
    ],
)
def test_typed_codes(typed: str, read: str | None) -> None:
    assert normalize_code(typed) == read


def test_codes_of_other_lengths_are_read_by_their_length() -> None:
    assert normalize_code("abc-def", length=SPOKEN_CODE_LENGTH) == "ABCDEF"
    assert normalize_code("abcd-ef", length=DESK_CODE_LENGTH) is None
    assert normalize_code("abcd-efgh", length=DESK_CODE_LENGTH) == "ABCDEFGH"


def test_codes_are_shown_in_groups() -> None:
    assert show_code(CODE) == "0123-4567-89AB-CDEF"
    assert show_code("ABCDEFGH") == "ABCD-EFGH"
    assert show_code("ABCDEF") == "ABC-DEF"


def odds(length: int, *, live: int, tries: int, letters: int = 32) -> float:
    return -math.expm1(tries * math.log1p(-live / letters**length))


def test_the_stated_odds_of_guessing_hold() -> None:
    assert odds(CARD_CODE_LENGTH, live=500, tries=10**5) == pytest.approx(4e-17, rel=0.05)
    assert 1 / odds(DESK_CODE_LENGTH, live=500, tries=10**5) == pytest.approx(22_000, rel=0.01)
    assert 1 / odds(SPOKEN_CODE_LENGTH, live=500, tries=10**5) == pytest.approx(22, abs=0.5)
    assert 1 / odds(SPOKEN_CODE_LENGTH, live=500, tries=20) == pytest.approx(107_000, rel=0.01)
    assert odds(8, live=500, tries=10**5, letters=10) == pytest.approx(0.39, abs=0.005)
    assert odds(DESK_CODE_LENGTH, live=500, tries=10**5) == pytest.approx(0.000045, rel=0.02)


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://meet.example.org", f"HTTPS://MEET.EXAMPLE.ORG/C/{CODE}"),
        ("https://meet.example.org/", f"HTTPS://MEET.EXAMPLE.ORG/C/{CODE}"),
        ("HTTPS://Meet.Example.org", f"HTTPS://MEET.EXAMPLE.ORG/C/{CODE}"),
        ("http://192.168.1.20:8000", f"HTTP://192.168.1.20:8000/C/{CODE}"),
        ("https://example.org/M2026", f"HTTPS://EXAMPLE.ORG/M2026/C/{CODE}"),
        ("https://example.org/Meet/", f"https://example.org/Meet/c/{CODE.lower()}"),
        ("http://[::1]:8000", f"http://[::1]:8000/c/{CODE.lower()}"),
        ("https://bücher.example:444", f"HTTPS://XN--BCHER-KVA.EXAMPLE:444/C/{CODE}"),
    ],
)
def test_a_card_has_an_address_at_any_base(base: str, address: str) -> None:
    assert card_url(base, CODE) == address
    assert find_card_code(address, base_url=base) == CODE
    assert find_card_code(address.lower(), base_url=base) == CODE


@pytest.mark.parametrize(
    "base",
    [
        "",
        "meet.example.org",
        "ftp://example.org",
        "https://",
        "https://user@example.org",
        "https://example.org?x=1",
        "https://example.org/#x",
        "https://exa mple.org",
        "https://exa\u2028mple.org",
        "https://example.org/a b",
        "https://[::1",
        "https://" + "ü" * 70 + ".example",
        "https://\ud800.example",
    ],
)
def test_a_base_that_no_phone_could_open_is_a_mistake(base: str) -> None:
    with pytest.raises(ValueError, match=r"URL"):
        card_url(base, CODE)


@given(st.integers(1, 34), codes)
def test_hosts_up_to_34_characters_stay_at_version_3(length: int, code: str) -> None:
    assert qr_version(card_url("https://" + "h" * length, code)) <= 3


def test_longer_hosts_still_work_in_a_larger_code() -> None:
    assert qr_version(card_url("http://" + "h" * 35, CODE)) == 3
    assert qr_version(card_url("https://" + "h" * 35, CODE)) == 4
    assert qr_version(card_url("https://" + "h" * 63 + "." + "h" * 63 + ".example", CODE)) < 10


@pytest.mark.parametrize(
    ("scanned", "found"),
    [
        (f" https://meet.example.org/c/{CODE}\n", CODE),
        ("meet.example.org/c/0123-4567-89ab-cdef", CODE),
        ("0123-4567-89ab-cdef", CODE),
        (f"https://meet.example.org/c/{CODE}/?from=camera#top", CODE),
        (f"https://evil.example/c/{CODE}", None),
        (f"https://meet.example.org.evil.example/c/{CODE}", None),
        (f"https://meet.example.org@evil.example/c/{CODE}", None),
        (f"https://evil@meet.example.org/c/{CODE}", None),
        (f"https://meet.example.org/d/{CODE}", None),
        (f"https://meet.example.org/x/c/{CODE}", None),
        (f"javascript://meet.example.org/c/{CODE}", None),
        ("https://meet.example.org/c/", None),
        ("https://[", None),
        ("WIFI:T:WPA;S:x;P:y;;", None),
        ("/" * 1_000_000, None),
        ("\ud800/\x00", None),
    ],
)
def test_a_scanned_text_gives_a_code_of_this_server_only(scanned: str, found: str | None) -> None:
    assert find_card_code(scanned, base_url="https://meet.example.org") == found


@given(st.text())
def test_any_scanned_text_is_survived(text: str) -> None:
    assert find_card_code(text, base_url="https://meet.example.org") is None or len(text) >= 16


def test_the_system_source_is_the_default() -> None:
    assert make_card_code.__defaults__ == (secrets.token_bytes,)
