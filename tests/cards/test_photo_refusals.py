"""Uploads that are no photos, or want too much work: refused by name, quickly, in little memory."""

import struct
import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from matchmaker.cards.photo import PhotoFault, PhotoRefused, shrink_photo


def written(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def two_halves(width: int = 600, height: int = 600) -> Image.Image:
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, height // 2, width, height))
    return picture


def fault_of(data: bytes) -> PhotoFault | None:
    try:
        shrink_photo(data)
    except PhotoRefused as refusal:
        return refusal.fault
    return None


def png_of(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "size",
    [(8000, 5001), (10_000, 9_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (40_000_001, 1)],
)
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert fault_of(png_of(*size)) is PhotoFault.TOO_MANY_PIXELS


def test_a_bomb_of_jpeg_is_refused_by_its_header() -> None:
    data = bytearray(written(two_halves(64, 64)))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    assert fault_of(bytes(data)) is PhotoFault.TOO_MANY_PIXELS


def test_a_picture_that_must_be_decoded_whole_may_have_fewer_pixels() -> None:
    wide = Image.new("L", (4200, 3000))
    assert fault_of(written(wide)) is None
    assert fault_of(written(wide, progressive=True)) is PhotoFault.TOO_MANY_PIXELS
    assert fault_of(written(wide, "PNG")) is PhotoFault.TOO_MANY_PIXELS
    assert fault_of(written(wide.resize((4000, 3000)), "PNG")) is None


def test_a_jpeg_of_many_passes_is_refused() -> None:
    data = written(two_halves(64, 64), progressive=True)
    last = data.rindex(b"\xff\xda")
    assert fault_of(data) is None
    assert fault_of(data[:-2] + data[last:-2] * 40 + data[-2:]) is PhotoFault.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 4_000_000,
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00tEXt\x00\x00\x00\x00" * 1_000_000,
    ],
    ids=["JPEG", "PNG"],
)
def test_a_picture_of_millions_of_parts_is_refused_at_once(data: bytes) -> None:
    started = time.process_time()
    assert fault_of(data) is PhotoFault.BROKEN
    assert time.process_time() - started < 1


def test_a_thumbnail_inside_a_photo_is_no_second_pass() -> None:
    exif = Image.Exif()
    exif[0x927C] = written(two_halves(64, 64))
    photo = written(Image.new("L", (4200, 3000)), exif=exif)
    assert photo.count(b"\xff\xda") > 1
    assert fault_of(photo) is None


MEASURE = """
import resource, sys
from matchmaker.cards.photo import shrink_photo
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
shrink_photo(sys.stdin.buffer.read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units")
@pytest.mark.parametrize(
    ("form", "size", "options"),
    [
        ("JPEG", (8000, 5000), {}),
        ("JPEG", (4160, 3000), {"progressive": True}),
        ("PNG", (4160, 3000), {"compress_level": 1}),
        ("WEBP", (4160, 3000), {"method": 0}),
    ],
)
def test_the_largest_pictures_stay_within_200_megabytes(
    form: str, size: tuple[int, int], options: dict[str, Any]
) -> None:
    mode = "RGB" if form == "JPEG" else "RGBA"
    data = written(Image.new(mode, size, "red"), form, **options)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True, cwd=root
    )
    assert int(done.stdout) < 200 * 1024


JPEG = written(two_halves())
PNG = written(two_halves(), "PNG")
WEBP = written(two_halves(), "WEBP", xmp=b"<x:xmpmeta/>")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PhotoFault.EMPTY),
        (b"hello", PhotoFault.NOT_A_PICTURE),
        (bytes(5000), PhotoFault.NOT_A_PICTURE),
        (b"MZ" + bytes(500), PhotoFault.NOT_A_PICTURE),
        (b"\xff\xd8\xff", PhotoFault.NOT_A_PICTURE),
        (b"x" * (20 * 1024 * 1024 + 1), PhotoFault.TOO_MANY_OCTETS),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoFault.OTHER_FORMAT),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><svg/>", PhotoFault.OTHER_FORMAT),
        (b"<!-- x --><svg/>", PhotoFault.OTHER_FORMAT),
        (written(two_halves(), "GIF"), PhotoFault.OTHER_FORMAT),
        (written(two_halves(), "BMP"), PhotoFault.OTHER_FORMAT),
        (written(two_halves(), "TIFF"), PhotoFault.OTHER_FORMAT),
        (written(two_halves(64, 64), "ICO"), PhotoFault.OTHER_FORMAT),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), PhotoFault.OTHER_FORMAT),
        (written(two_halves(), "PPM"), PhotoFault.NOT_A_PICTURE),
        (written(two_halves(), "PDF"), PhotoFault.TWO_FORMATS),
        (JPEG[: len(JPEG) // 2], PhotoFault.BROKEN),
        (PNG[: len(PNG) // 2], PhotoFault.BROKEN),
        (png_of(800, 800), PhotoFault.BROKEN),
        (JPEG + b"<ScRiPt>alert(1)</script>", PhotoFault.TWO_FORMATS),
        (PNG + b"<html><body>", PhotoFault.TWO_FORMATS),
        (PNG + b"<svg onload=alert(1)>", PhotoFault.TWO_FORMATS),
        (JPEG + b"<?php system('x');", PhotoFault.TWO_FORMATS),
        (JPEG + b"PK\x03\x04stuffPK\x05\x06" + bytes(18), PhotoFault.TWO_FORMATS),
        (JPEG[:20] + b"%PDF-1.7" + JPEG[20:], PhotoFault.TWO_FORMATS),
    ],
    ids=range(25),
)
def test_what_is_no_photo_is_refused_by_name(data: bytes, fault: PhotoFault) -> None:
    assert fault_of(data) is fault


def test_a_script_in_a_comment_of_a_picture_is_refused() -> None:
    data = written(two_halves(), comment=b"<script>alert(1)</script>")
    assert fault_of(data) is PhotoFault.TWO_FORMATS


@pytest.mark.parametrize("whole", [JPEG, PNG, WEBP], ids=["JPEG", "PNG", "WEBP"])
@given(st.data())
@settings(max_examples=150)
def test_a_damaged_picture_is_shrunk_or_refused(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, min(len(damaged) - 1, 700)))
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        photo = shrink_photo(bytes(damaged))
    except PhotoRefused:
        return
    assert len(photo) <= 30 * 1024
    assert max(Image.open(BytesIO(photo)).size) <= 400
