r"""Content lines of a vCard 3.0 (RFC 2425, RFC 2426): escapes, folding, line ends."""

from collections.abc import Iterable
from typing import Final

from matchmaker.cards.plain_text import as_block, as_line

LINE_OCTETS: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})
_URL_ESCAPES: Final = str.maketrans({",": "%2C", ";": "%3B"})
_BLANK: Final = frozenset(b" \t")
_LOOK_BACK: Final = 8


def text_value(text: str) -> str:
    """Return one line of text as a value that can't end its component, list or line."""
    return as_line(text).translate(_ESCAPES)


def block_value(text: str) -> str:
    r"""Return text of several lines as a value; its line breaks are written as ``\n``."""
    return as_block(text).translate(_ESCAPES)


def url_value(link: str) -> str:
    """Return a clean link as a value.

    A URL is no *text* in RFC 2426, so a backslash in it would be its own. Yet some readers split
    it at commas and semicolons; percent signs serve both kinds.
    """
    return link.translate(_URL_ESCAPES)


def join_lines(lines: Iterable[str]) -> bytes:
    """Return content lines as UTF-8, unfolded, each ended by CRLF."""
    return b"".join(line.encode() + b"\r\n" for line in lines)


def fold_lines(lines: Iterable[str]) -> bytes:
    """Return content lines as UTF-8 folded at 75 octets, each ended by CRLF (RFC 2425, 5.8.1)."""
    return b"".join(_fold(line.encode()) + b"\r\n" for line in lines)


def _fold(line: bytes) -> bytes:
    pieces, start, room = [], 0, LINE_OCTETS
    while len(line) - start > room:
        end = _find_border(line, start, start + room)
        pieces.append(line[start:end])
        # The blank that opens a continuation counts as one of its octets.
        start, room = end, LINE_OCTETS - 1
    pieces.append(line[start:])
    return b"\r\n ".join(pieces)


def _find_border(line: bytes, start: int, limit: int) -> int:
    """Return the last place up to ``limit`` where a character starts, a good one if near."""
    border = limit
    while line[border] & 0xC0 == 0x80:
        border -= 1
    # Some readers strip blanks at the ends of a line, or unescape before they unfold.
    for place in range(border, max(start, border - _LOOK_BACK), -1):
        at_blank = line[place] in _BLANK or line[place - 1] in _BLANK
        if not at_blank and line[place] & 0xC0 != 0x80 and line[place - 1] != ord("\\"):
            return place
    return border
