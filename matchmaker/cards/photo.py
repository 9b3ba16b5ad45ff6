"""A stranger's picture made into a small, square, clean photo for a card."""

import re
from enum import StrEnum
from io import BytesIO
from threading import Lock
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from matchmaker.cards.picture_parts import count_scans, has_too_many_chunks
from matchmaker.people.refusals import Refusal

MOST_OCTETS: Final = 30 * 1024
LARGEST_SIDE: Final = 400
MOST_PIXELS: Final = 40_000_000
MOST_PIXELS_AT_ONCE: Final = 12_500_000
MOST_UPLOADED_OCTETS: Final = 20 * 1024 * 1024

_MOST_SCANS: Final = 32
_MOST_PARTS: Final = 20_000
# Phones upload at the same moment; the memory of one decoded picture is enough.
_ONE_AT_A_TIME: Final = Lock()
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_SIDES: Final = (LARGEST_SIDE, 320, 240, 160)
_QUALITIES: Final = (88, 80, 70, 60, 50, 40)
# Faces stand above the middle of an upright picture.
_CENTRE: Final = (0.5, 0.4)
_WHITE: Final = (255, 255, 255)
_OTHER_PICTURES: Final = re.compile(
    rb"GIF8|BM|II\*\x00|MM\x00\*|\x00\x00\x01\x00|8BPS|\xff\x0a|"
    rb"....ftyp(?:hei|hev|mif|msf|avi)|(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE svg|!--|svg)",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP: Final = re.compile(rb"<(?:script|html|svg|iframe)[\s>/]|<!doctype\s|<\?php", re.IGNORECASE)
_PDF_HEAD, _ZIP_TAIL = 1024, 22 + 65535


class PhotoFault(StrEnum):
    """Why a picture was not taken."""

    EMPTY = "empty"
    TOO_MANY_OCTETS = "too_many_octets"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PICTURE = "not_a_picture"
    OTHER_FORMAT = "other_format"
    TWO_FORMATS = "two_formats"
    BROKEN = "broken"


class PhotoRefused(Refusal):
    """A picture that is not taken; ``fault`` says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(fault)
        self.fault = fault


def shrink_photo(data: bytes) -> bytes:
    """Return a picture as a square JPEG of at most 400 pixels a side and 30 KB.

    JPEG, PNG and WebP are read. The picture is turned upright (EXIF), cut to a square a little
    above the middle, laid on white, and drawn anew, so that neither place, camera, colour profile,
    comments nor anything appended survives. Small pictures are not enlarged.

    Raises
    ------
    PhotoRefused
        More than 40 megapixels, or 12.5 in a file that can only be decoded whole (PNG, WebP,
        progressive JPEG), both known before anything is decoded; more than 20 MB; another format,
        SVG; a file that is a second thing as well (page, script, PDF, archive); a broken one.
    """
    picture = open_picture(data)
    with _ONE_AT_A_TIME:
        return _encode(_draw_square(picture))


def open_picture(data: bytes) -> Image.Image:
    """Return a stranger's picture, which nothing has decoded yet.

    Raises
    ------
    PhotoRefused
        As with ``shrink_photo``; but what is broken inside shows only when it is decoded.
    """
    _check_octets(data)
    scans = count_scans(data, most_parts=_MOST_PARTS)
    if scans is None or scans > _MOST_SCANS or has_too_many_chunks(data, most_parts=_MOST_PARTS):
        raise PhotoRefused(PhotoFault.BROKEN)
    picture = _open(data)
    most_pixels = MOST_PIXELS if scans == 1 else MOST_PIXELS_AT_ONCE
    if picture.width * picture.height > most_pixels:
        raise PhotoRefused(PhotoFault.TOO_MANY_PIXELS)
    return picture


def _check_octets(data: bytes) -> None:
    if not data:
        raise PhotoRefused(PhotoFault.EMPTY)
    if len(data) > MOST_UPLOADED_OCTETS:
        raise PhotoRefused(PhotoFault.TOO_MANY_OCTETS)
    if _OTHER_PICTURES.match(data):
        raise PhotoRefused(PhotoFault.OTHER_FORMAT)
    archive = data.find(b"PK\x05\x06", max(0, len(data) - _ZIP_TAIL)) >= 0
    if archive or b"%PDF-" in data[:_PDF_HEAD] or b"Rar!\x1a\x07" in data or _MARKUP.search(data):
        raise PhotoRefused(PhotoFault.TWO_FORMATS)


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoRefused(PhotoFault.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise PhotoRefused(PhotoFault.NOT_A_PICTURE) from None
    # A decoder fed with hostile octets fails in ways that its authors did not list.
    except Exception:
        raise PhotoRefused(PhotoFault.BROKEN) from None


def _draw_square(picture: Image.Image) -> Image.Image:
    try:
        _decode_small(picture)
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        side = min(LARGEST_SIDE, *upright.size)
        square = ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS, centering=_CENTRE)
    except Exception:
        raise PhotoRefused(PhotoFault.BROKEN) from None
    drawn = Image.new("RGB", square.size, _WHITE)
    drawn.paste(square, mask=square)
    return drawn


def _decode_small(picture: Image.Image) -> None:
    """Decode in place, with a short side of about twice what is needed: spares time and memory."""
    short, long = sorted(picture.size)
    needed = 2 * LARGEST_SIDE
    if short > needed:
        # JPEG decodes straight to a half, quarter or eighth.
        picture.thumbnail((long * needed // short,) * 2, Image.Resampling.BOX)


def _encode(drawn: Image.Image) -> bytes:
    """Return the best JPEG within the size: first quality goes, then pixels."""
    written = b""
    for side in _SIDES:
        smaller = drawn.resize((min(side, drawn.width),) * 2, Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            file = BytesIO()
            smaller.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
            written = file.getvalue()
            if len(written) <= MOST_OCTETS:
                return written
    return written
