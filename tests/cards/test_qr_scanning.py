"""Codes read by zxing-cpp from made pictures: dark pages, blur, tilt, low light, print."""

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from matchmaker.cards.codes import card_url, make_card_code
from matchmaker.cards.qr import qr_png, qr_svg, qr_version
from matchmaker.cards.vcard_for_qr import vcard_for_qr
from matchmaker.people.card import CardFields

Scan = Callable[[Image.Image | bytes], bytes | None]
Distortion = Callable[[Image.Image], Image.Image]

HOST_OF_34 = "https://matchmaker.thirty-four.example"
URL = card_url(HOST_OF_34, make_card_code(lambda n: bytes(range(n))))
CARDS = {
    "vi": CardFields(
        name="Nguyễn Thị Minh Khai",
        organization="Công ty Sao Mai",
        role="Giám đốc sản xuất",
        email="khai@example.org",
        phone="+84901234567",
        site="https://example.org",
    ),
    "he": CardFields(
        name="נועה בן־דוד",
        organization="סטודיו לעיצוב",
        role="מעצבת מוצר ראשית",
        email="noa@example.org",
        phone="+972501234567",
        site="https://example.org/noa",
    ),
    "it": CardFields(
        name="Niccolò D'Amìco",
        organization="Caffè Perù, S.r.l.",
        email="niccolo@example.org",
        phone="+39021234567",
        links=tuple(f"https://example.org/{n}/più" for n in range(8)),
    ),
}
PAYLOADS: dict[str, str | bytes] = {
    "url": URL,
    **{name: vcard_for_qr(card) for name, card in CARDS.items()},
}


def octets(payload: str | bytes) -> bytes:
    return payload if isinstance(payload, bytes) else payload.encode()


def draw_svg(svg: str, module_pixels: int) -> Image.Image:
    """Draw the one form of SVG that we write: a ground, and strokes along the rows."""
    root = ET.fromstring(svg)
    side = int((root.get("viewBox") or "").split()[2])
    picture = Image.new("L", (side, side), 128)
    pen = ImageDraw.Draw(picture)
    rect, path = root[-2], root[-1]
    assert (rect.get("fill"), path.get("stroke")) == ("#fff", "#000")
    pen.rectangle((0, 0, int(rect.get("width") or 0) - 1, int(rect.get("height") or 0) - 1), 255)
    x = y = 0
    steps = re.findall(r"M(\d+) (\d+)\.5|m(\d+) 0|h(\d+)", path.get("d") or "")
    for start_x, start_y, move, run in steps:
        if start_x:
            x, y = int(start_x), int(start_y)
        elif move:
            x += int(move)
        else:
            pen.line((x, y, x + int(run) - 1, y), 0)
            x += int(run)
    return picture.resize((side * module_pixels,) * 2, Image.Resampling.NEAREST)


def on_dark_page(picture: Image.Image) -> Image.Image:
    page = Image.new("L", (picture.width + 120, picture.height + 120), 0)
    page.paste(picture, (60, 60))
    return page


def inverted(picture: Image.Image) -> Image.Image:
    return ImageChops.invert(on_light_page(picture))


def on_light_page(picture: Image.Image) -> Image.Image:
    page = Image.new("L", (picture.width + 120, picture.height + 120), 255)
    page.paste(picture, (60, 60))
    return page


def blurred(picture: Image.Image) -> Image.Image:
    return on_dark_page(picture).filter(ImageFilter.GaussianBlur(picture.width / 160))


def turned(picture: Image.Image) -> Image.Image:
    return on_dark_page(picture).rotate(17, Image.Resampling.BICUBIC, expand=True, fillcolor=40)


def tilted(picture: Image.Image) -> Image.Image:
    """As seen from below: the upper edge is a fifth shorter than the lower."""
    page = on_light_page(picture)
    width, height = page.size
    corners = (-0.13 * width, 0, 0, height, width, height, 1.13 * width, 0)
    return page.transform(
        page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )


def in_low_light(picture: Image.Image) -> Image.Image:
    page = on_dark_page(picture).filter(ImageFilter.GaussianBlur(1))
    noise = random.Random(5)
    grain = Image.frombytes("L", page.size, noise.randbytes(page.width * page.height))
    dim = page.point(lambda light: 12 + light // 9)
    return ImageChops.add(dim, grain.point(lambda light: light // 20))


def behind_a_reflection(picture: Image.Image) -> Image.Image:
    page = on_light_page(picture)
    shine = Image.linear_gradient("L").rotate(90).resize(page.size)
    return ImageChops.screen(page, shine.point(lambda light: light * 2 // 3))


DISTORTIONS: list[Distortion] = [
    on_light_page,
    on_dark_page,
    inverted,
    blurred,
    turned,
    tilted,
    in_low_light,
    behind_a_reflection,
]


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_codes_keep_to_their_versions(name: str) -> None:
    assert qr_version(PAYLOADS[name]) <= (3 if name == "url" else 13)


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("distort", DISTORTIONS)
def test_a_code_on_a_screen_scans(name: str, distort: Distortion, scan: Scan) -> None:
    picture = draw_svg(qr_svg(PAYLOADS[name], title="My card"), 6)
    assert scan(distort(picture)) == octets(PAYLOADS[name])


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_png_scans(name: str, scan: Scan) -> None:
    assert scan(qr_png(PAYLOADS[name], module_pixels=3)) == octets(PAYLOADS[name])


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_code_printed_at_200_dpi_scans(name: str, scan: Scan) -> None:
    """2 cm for an address, 4 cm for a vCard; the printer knows black dots only, the ink runs."""
    centimetres = 2 if name == "url" else 4
    dots = round(centimetres / 2.54 * 200)
    large = Image.open(BytesIO(qr_png(PAYLOADS[name], module_pixels=16))).convert("L")
    printed = large.resize((dots, dots), Image.Resampling.BOX).point(lambda v: 255 * (v > 127))
    seen = on_light_page(printed).resize((3 * dots, 3 * dots), Image.Resampling.BICUBIC)
    run = seen.filter(ImageFilter.GaussianBlur(3)).rotate(
        4, Image.Resampling.BICUBIC, fillcolor=255
    )
    assert scan(run) == octets(PAYLOADS[name])


@given(st.binary(max_size=200) | st.text(max_size=80))
@settings(max_examples=60)
def test_any_payload_comes_back(scan: Scan, payload: str | bytes) -> None:
    if payload:
        assert scan(qr_png(payload, module_pixels=3)) == octets(payload)
