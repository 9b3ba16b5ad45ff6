"""Pictures that strangers upload: small, square, upright and clean afterwards."""

import random
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from matchmaker.cards.photo import shrink_photo

RED, BLUE = (200, 30, 30), (30, 30, 200)


def written(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def two_halves(width: int = 600, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    return picture.convert(mode)


def noise(side: int) -> Image.Image:
    return Image.frombytes("RGB", (side, side), random.Random(3).randbytes(side * side * 3))


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def is_near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to the first scan."""
    markers, place = [], 2
    while jpeg[place + 1] != 0xDA:
        markers.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4])
    return markers


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "MPO"])
@pytest.mark.parametrize(
    "size", [(4000, 3000), (300, 900), (401, 400), (90, 50), (1, 1), (9000, 3)]
)
def test_a_picture_becomes_a_small_square_jpeg(form: str, size: tuple[int, int]) -> None:
    data = shrink_photo(written(two_halves(*size), form))
    photo = opened(data)
    assert (photo.format, photo.mode) == ("JPEG", "RGB")
    assert photo.size == (min(400, *size),) * 2
    assert len(data) <= 30 * 1024


@pytest.mark.parametrize("side", [400, 1500])
def test_even_noise_fits_thirty_kilobytes(side: int) -> None:
    data = shrink_photo(written(noise(side), "PNG"))
    assert len(data) <= 30 * 1024
    assert opened(data).width >= 160


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
@pytest.mark.parametrize("side", [300, 2000])
def test_every_kind_of_pixel_is_read(form: str, mode: str, side: int) -> None:
    if mode == "I;16":
        picture = Image.frombytes("I;16", (side, side), b"\x00\xf0" * (side * side))
        picture.paste(
            Image.frombytes("I;16", (side, side // 2), bytes(side * side)), (0, side // 2)
        )
    else:
        picture = two_halves(side, side, mode)
    photo = opened(shrink_photo(written(picture, form)))
    assert photo.getpixel((100, 20)) != photo.getpixel((100, photo.height - 20))


def test_what_is_transparent_becomes_white() -> None:
    photo = opened(shrink_photo(written(Image.new("RGBA", (500, 500), (0, 0, 0, 0)), "PNG")))
    assert photo.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("side", [300, 1900])
def test_a_picture_stands_upright(orientation: int, side: int) -> None:
    """The red half is above in every picture; each is stored turned and says so."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = two_halves(side, side)
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = opened(shrink_photo(written(stored, exif=exif)))
    assert is_near(photo.getpixel((photo.width // 2, 20)), RED)
    assert is_near(photo.getpixel((photo.width // 2, photo.height - 20)), BLUE)


def with_secrets(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SECRET maker"
    exif.get_ifd(0x8825)[2] = (10.0, 46.0, 12.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if form == "JPEG":
        options |= {"comment": b"SECRET comment", "xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>"}
    if form == "PNG":
        info = PngInfo()
        info.add_text("Author", "SECRET author")
        options |= {"pnginfo": info}
    if form == "WEBP":
        options |= {"xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>"}
    return written(two_halves(), form, **options)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_survives(form: str) -> None:
    before = with_secrets(form)
    assert b"SECRET" in before
    after = shrink_photo(before)
    assert b"SECRET" not in after
    # JFIF, quantisation, frame, Huffman tables: no EXIF, XMP, ICC or comment.
    assert set(segments(after)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
    assert not opened(after).getexif()


def test_what_a_phone_appends_to_a_photo_is_cut_off() -> None:
    moving = written(two_halves()) + b"\x00\x00\x00\x18ftypmp42 SECRET film"
    assert b"SECRET" not in shrink_photo(moving)
