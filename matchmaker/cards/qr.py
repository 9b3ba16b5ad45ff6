"""QR codes (ISO/IEC 18004) as SVG for pages, PNG for print, and text for a terminal.

Every picture brings its own white ground and the four modules of quiet zone: without them a
code on a dark page does not scan.
"""

from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Final, Literal
from xml.sax.saxutils import escape

import qrcode
from PIL import Image
from qrcode.exceptions import DataOverflowError
from qrcode.util import QRData

from matchmaker.cards.plain_text import as_line
from matchmaker.people.refusals import Refusal

Level = Literal["L", "M", "Q", "H"]
"""How much of a code may be unreadable: about 7, 15, 25 or 30 per cent."""

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True for dark, with the quiet zone."""

QUIET_ZONE: Final = 4
LARGEST_MODULE_PIXELS: Final = 64
_MOST_BYTES: Final = 7089
_LEVELS: Final = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}
_HALF_BLOCKS: Final = {
    (True, True): "█",
    (True, False): "▀",
    (False, True): "▄",
    (False, False): " ",
}


class PayloadTooLong(Refusal):
    """No QR code of this level holds so much; ``octets`` is what was asked for."""

    def __init__(self, octets: int) -> None:
        super().__init__(octets)
        self.octets = octets


def qr_version(payload: str | bytes, *, level: Level = "M") -> int:
    """Return the smallest version, 1 to 40, that holds the payload; its side is 4 v + 17 modules.

    Raises
    ------
    PayloadTooLong
        If no version does.
    """
    return int(_fit(payload, level).version)


@lru_cache(maxsize=64)
def qr_matrix(payload: str | bytes, *, level: Level = "M") -> Matrix:
    """Return the modules of the smallest code for the payload, with the quiet zone, cached.

    Digits, capitals and ``$%*+-./:`` make a smaller code than other text.

    Raises
    ------
    PayloadTooLong
        If no version holds it.
    """
    code = _fit(payload, level)
    code.make(fit=False)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def qr_svg(payload: str | bytes, *, level: Level = "M", title: str = "") -> str:
    """Return the code as an SVG element of one unit a module, without width and height.

    It carries no style, class or id, so it stands in a page under a strict content security
    policy. ``title`` is read out by screen readers; without it the picture is hidden from them.

    Raises
    ------
    PayloadTooLong
        If no version holds the payload.
    """
    side, path = _draw_path(payload, level)
    label = escape(as_line(title))
    named = f"><title>{label}</title>" if label else ' aria-hidden="true">'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"{named}'
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{path}" stroke="#000" shape-rendering="crispEdges"/></svg>'
    )


@lru_cache(maxsize=256)
def qr_png(payload: str | bytes, *, module_pixels: int, level: Level = "M") -> bytes:
    """Return the code as a black and white PNG, ``module_pixels`` (1 to 64) wide a module.

    Raises
    ------
    PayloadTooLong
        If no version holds the payload.
    ValueError
        If ``module_pixels`` is out of range.
    """
    if not 1 <= module_pixels <= LARGEST_MODULE_PIXELS:
        raise ValueError(f"a module is 1 to {LARGEST_MODULE_PIXELS} pixels wide")
    matrix = qr_matrix(payload, level=level)
    side = len(matrix)
    picture = Image.new("1", (side, side))
    picture.putdata([not dark for row in matrix for dark in row])
    large = picture.resize((side * module_pixels,) * 2, Image.Resampling.NEAREST)
    file = BytesIO()
    large.save(file, "PNG", optimize=True)
    return file.getvalue()


def qr_terminal(payload: str | bytes, *, level: Level = "M", light_ground: bool = False) -> str:
    """Return the code as lines of half blocks, two modules high and one wide a character.

    It is drawn for light letters on a dark ground; ``light_ground`` draws it for the opposite.

    Raises
    ------
    PayloadTooLong
        If no version holds the payload.
    """
    rows = [[dark == light_ground for dark in row] for row in qr_matrix(payload, level=level)]
    # The side is odd: below the last row goes a row of ground.
    rows.append([not light_ground] * len(rows))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join(
        "".join(_HALF_BLOCKS[half] for half in zip(upper, lower, strict=True))
        for upper, lower in pairs
    )


def _fit(payload: str | bytes, level: Level) -> qrcode.QRCode:
    data = payload if isinstance(payload, bytes) else payload.encode(errors="replace")
    if len(data) > _MOST_BYTES:
        raise PayloadTooLong(len(data))
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=QUIET_ZONE)
    # One segment: readers guess the encoding of each segment by itself.
    code.add_data(QRData(data))
    try:
        code.best_fit(start=1)
    except (DataOverflowError, ValueError):
        raise PayloadTooLong(len(data)) from None
    return code


@lru_cache(maxsize=1024)
def _draw_path(payload: str | bytes, level: Level) -> tuple[int, str]:
    """Return the side in modules and a path of horizontal strokes, one a run of dark modules."""
    matrix = qr_matrix(payload, level=level)
    return len(matrix), "".join(_draw_row(number, row) for number, row in enumerate(matrix))


def _draw_row(number: int, row: tuple[bool, ...]) -> str:
    strokes: list[str] = []
    gap = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if not dark:
            gap = length
        else:
            move = f"m{gap} 0" if strokes else f"M{gap} {number}.5"
            strokes.append(f"{move}h{length}")
    return "".join(strokes)
