"""Codes read out of pictures: as phones take them, and as attackers send them."""

from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from matchmaker.cards.code_reader import read_qr_codes
from matchmaker.cards.photo import PhotoFault, PhotoRefused

WORDS = "HTTPS://MEET.EXAMPLE.ORG/C/0123456789ABCDEF"


def drawn(words: str = WORDS, *, side: int = 400) -> Image.Image:
    code = qrcode.QRCode(border=4)
    code.add_data(words)
    picture = code.make_image().get_image().convert("RGB")
    return picture.resize((side, side), Image.Resampling.NEAREST)


def on_table(code: Image.Image, *, width: int = 1200, height: int = 900) -> Image.Image:
    """A code that lies somewhere on a grey table."""
    table = Image.new("RGB", (width, height), (120, 110, 100))
    table.paste(code, (width // 5, height // 4))
    return table


def written(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_code_is_read(form: str) -> None:
    assert read_qr_codes(written(on_table(drawn()), form)) == [WORDS]


@pytest.mark.parametrize(
    "picture",
    [
        on_table(drawn()).rotate(17, expand=True),
        on_table(drawn()).rotate(90, expand=True),
        on_table(drawn()).filter(ImageFilter.GaussianBlur(2)),
        on_table(drawn()).point(lambda level: level // 3),
        on_table(drawn(side=330), width=4000, height=3000),
        on_table(drawn().convert("L").point(lambda level: 255 - level).convert("RGB")),
    ],
    ids=["tilted", "on its side", "blurred", "dark", "small in a large photo", "inverted"],
)
def test_a_code_is_read_as_phones_see_it(picture: Image.Image) -> None:
    assert read_qr_codes(written(picture, quality=80)) == [WORDS]


def test_a_code_on_a_transparent_ground_is_read() -> None:
    code = drawn().convert("L")
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=code.point(lambda level: 255 - level))
    assert read_qr_codes(written(clear, "PNG")) == [WORDS]


def test_of_several_codes_the_largest_comes_first() -> None:
    table = on_table(drawn("small", side=200), width=1600)
    table.paste(drawn("large", side=500), (900, 200))
    assert read_qr_codes(written(table)) == ["large", "small"]


def test_a_picture_without_a_code_has_none() -> None:
    assert read_qr_codes(written(Image.new("RGB", (640, 480), "white"))) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PhotoFault.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoFault.OTHER_FORMAT),
        (written(drawn(), "GIF"), PhotoFault.OTHER_FORMAT),
        (written(drawn()) + b"<script>alert(1)</script>", PhotoFault.TWO_FORMATS),
        (written(drawn()) + b"PK\x05\x06" + bytes(18), PhotoFault.TWO_FORMATS),
        (written(drawn())[:900], PhotoFault.BROKEN),
        (written(Image.new("1", (12_000, 12_000)), "PNG"), PhotoFault.TOO_MANY_PIXELS),
    ],
    ids=["empty", "SVG", "GIF", "page", "archive", "cut", "bomb"],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes, fault: PhotoFault) -> None:
    with pytest.raises(PhotoRefused) as refused:
        read_qr_codes(data)
    assert refused.value.fault is fault


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_picture_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(written(drawn(side=120)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    try:
        found = read_qr_codes(bytes(whole))
    except PhotoRefused:
        return
    assert isinstance(found, list)


@given(st.binary(max_size=300))
def test_any_octets_are_read_or_refused(data: bytes) -> None:
    with suppress(PhotoRefused):
        assert read_qr_codes(data) == []
