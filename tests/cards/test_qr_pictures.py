"""QR codes as markup, PNG and text: form, size, cache and limits."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from matchmaker.cards.qr import (
    PayloadTooLong,
    qr_matrix,
    qr_png,
    qr_svg,
    qr_terminal,
    qr_version,
)

SVG = "{http://www.w3.org/2000/svg}"
URL = "HTTPS://MEET.EXAMPLE.ORG/C/0123456789ABCDEF"


def test_the_white_ground_stands_before_the_modules() -> None:
    svg = ET.fromstring(qr_svg(URL))
    assert [child.tag for child in svg] == [SVG + "rect", SVG + "path"]
    side = len(qr_matrix(URL))
    assert svg.get("viewBox") == f"0 0 {side} {side}"
    assert svg[0].attrib == {"width": str(side), "height": str(side), "fill": "#fff"}
    assert svg.get("role") == "img"


def test_four_modules_of_quiet_zone_surround_the_code() -> None:
    matrix = qr_matrix(URL)
    assert not any(any(row) for row in matrix[:4] + matrix[-4:])
    assert not any(any(row[:4] + row[-4:]) for row in matrix)
    assert matrix[4][4:11] == (True,) * 7


def test_nothing_in_the_svg_needs_an_inline_style() -> None:
    assert not re.search(r"style|class|id=|<script|url\(|on\w+=", qr_svg(URL, title="My card"))


@given(st.text() | st.text(alphabet="<>&\"'\x00\ud800\u2028]-"))
@settings(max_examples=50)
def test_any_title_stays_a_title(title: str) -> None:
    svg = ET.fromstring(qr_svg(URL, title=title))
    assert [child.tag for child in svg][-2:] == [SVG + "rect", SVG + "path"]
    assert (svg[0].tag == SVG + "title") == (svg.get("aria-hidden") is None)
    assert len(svg) <= 3


def test_the_sizes_are_small_enough_for_a_page() -> None:
    assert len(qr_svg(URL)) < 2_500
    assert len(qr_svg(b"\xe1" * 331)) < 10_000
    assert len(qr_png(URL, module_pixels=8)) < 2_000


def test_the_version_is_the_smallest_that_holds_the_payload() -> None:
    # Capacities of ISO/IEC 18004, table 7.
    assert [qr_version("A" * n) for n in (20, 21, 38, 39, 61, 62)] == [1, 2, 2, 3, 3, 4]
    assert [qr_version("a" * n) for n in (14, 15, 42, 43, 331, 332)] == [1, 2, 3, 4, 13, 14]
    assert [qr_version("1" * n, level="L") for n in (41, 42, 7089)] == [1, 2, 40]
    assert qr_version("A" * 61, level="H") > 3


@pytest.mark.parametrize("length", [2332, 5000, 1_000_000])
def test_what_no_code_holds_is_refused(length: int) -> None:
    for draw in (qr_version, qr_svg, qr_matrix, qr_terminal):
        with pytest.raises(PayloadTooLong) as refusal:
            draw("a" * length)
        assert refusal.value.octets == length


def test_a_png_has_square_modules_in_black_and_white() -> None:
    picture = Image.open(BytesIO(qr_png(URL, module_pixels=5)))
    side = len(qr_matrix(URL)) * 5
    assert (picture.format, picture.mode, picture.size) == ("PNG", "1", (side, side))
    assert picture.getpixel((19, 20)) == 255
    assert picture.getpixel((20, 20)) == 0


@pytest.mark.parametrize("pixels", [0, -1, 65])
def test_a_png_of_no_or_monstrous_size_is_a_mistake(pixels: int) -> None:
    with pytest.raises(ValueError, match="pixels"):
        qr_png(URL, module_pixels=pixels)


def test_a_code_is_drawn_once() -> None:
    assert qr_svg("drawn once") is not None
    before = qr_matrix.cache_info().misses
    assert qr_svg("drawn once", title="again") != qr_svg("drawn once")
    assert qr_matrix.cache_info().misses == before
    assert qr_png("drawn once", module_pixels=2) is qr_png("drawn once", module_pixels=2)


@pytest.mark.parametrize("light_ground", [False, True])
@pytest.mark.parametrize("payload", [URL, "x" * 300])
def test_a_terminal_shows_a_code_that_scans(
    light_ground: bool, payload: str, scan: Callable[[Image.Image], bytes | None]
) -> None:
    lines = qr_terminal(payload, light_ground=light_ground).split("\n")
    ink, ground = (0, 255) if light_ground else (255, 0)
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)), ground)
    side = len(qr_matrix(payload))
    for y, line in enumerate(lines):
        for x, character in enumerate(line):
            if character in "█▀":
                picture.putpixel((x, 2 * y), ink)
            if character in "█▄":
                picture.putpixel((x, 2 * y + 1), ink)
    assert [picture.getpixel((x, y)) == 0 for y in range(side) for x in range(side)] == [
        dark for row in qr_matrix(payload) for dark in row
    ]
    assert {picture.getpixel((x, side)) for x in range(side)} == {255}
    large = picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST)
    assert scan(large) == payload.encode()
