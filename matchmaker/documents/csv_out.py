"""Tables as CSV that spreadsheets open by a double click, in any language, without running it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from matchmaker.documents.formula_guard import guard_cell

Cell = str | int | float | bool | None

_LINE_BREAKS: Final = re.compile(r"\r\n?")
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as CSV (RFC 4180): UTF-8 with a byte order mark, lines ending with CRLF.

    Text cells are guarded against being run as formulas (`formula_guard.guard_cell`); numbers are
    written as they are, None as an empty cell, truth as ``yes`` or an empty cell. Line breaks
    within a cell become LF and tabs blanks, other control characters are dropped, and a lone
    surrogate, which no encoding can hold, becomes a question mark.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_spelled(title) for title in header])
    writer.writerows([_spelled(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _spelled(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if cell is None or not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return guard_cell(clean_cell(cell))


def clean_cell(text: str) -> str:
    """Return ``text`` as it can stand in a cell: LF as line break, no other control characters."""
    kept = _UNSAFE.sub("", _LINE_BREAKS.sub("\n", text.replace("\t", " ")))
    return kept.encode("utf-8", errors="replace").decode("utf-8")
