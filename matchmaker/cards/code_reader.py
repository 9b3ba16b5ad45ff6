"""QR codes read out of a picture: for phones whose browser can't do it, and for photos."""

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from matchmaker.cards.photo import PhotoFault, PhotoRefused, open_picture

if TYPE_CHECKING:
    from zxingcpp import Barcode

LARGEST_SIDE: Final = 2000
"""Pixels to which a photo is shrunk: a code across a tenth of it still has six a module."""


def read_qr_codes(data: bytes) -> list[str]:
    """Return the texts of the QR codes in a JPEG, PNG or WebP, the largest first.

    Nothing of the picture is kept. It is shrunk to 2,000 pixels a side before it is read.

    Raises
    ------
    PhotoRefused
        If the file is no picture, more than one thing, broken, or a bomb: see ``open_picture``.
    """
    # Only here: most servers never read a picture, and it is a library of its own.
    import zxingcpp

    found = zxingcpp.read_barcodes(
        _decode_grey(open_picture(data)),
        formats=zxingcpp.BarcodeFormat.QRCode,  # type: ignore[arg-type]
    )
    return [code.text for code in sorted(found, key=_height, reverse=True)]


def _decode_grey(picture: Image.Image) -> Image.Image:
    try:
        # JPEG decodes straight to a half, quarter or eighth.
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.BOX)
        # A code on a transparent ground is meant to stand on white.
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        return ImageOps.grayscale(ground)
    # A decoder fed with hostile octets fails in ways that its authors did not list.
    except Exception:
        raise PhotoRefused(PhotoFault.BROKEN) from None


def _height(code: "Barcode") -> int:
    corners = code.position
    return abs(corners.bottom_left.y - corners.top_left.y)
