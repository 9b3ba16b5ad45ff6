"""Records of a CSV text (RFC 4180, read leniently), each with the line on which it starts."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_LINE: Final = 1 << 20
_HEAD_LENGTH: Final = 1 << 16
_DECLARED: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
# Comes after the last line. A quote that is still open swallows it. Excel can't write it.
_END: Final = "\x00end\x00"


@dataclass(frozen=True, kw_only=True)
class Record:
    """The cells of one record; ``line`` is the line, counted from 1, on which it starts."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but blanks."""
        return not any(cell.strip() for cell in self.cells)


class UnclosedQuote(Exception):  # noqa: N818 - names what was found, as refusals do
    """A quote that opens in the record at ``line`` is never closed."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class CellTooLarge(Exception):  # noqa: N818
    """A cell at ``line`` is longer than 128 KB, or the line longer than 1 MB."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def declared_delimiter(text: str) -> str | None:
    """Return the delimiter that a first line ``sep=;`` names, as Excel writes and reads it."""
    match = _DECLARED.match(text)
    return match[1] if match and match[1] in DELIMITERS else None


def read_records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records of ``text`` that hold something.

    Lines end with CR, LF or both, quoted cells may contain them. Blanks before an opening quote
    and text behind a closing one are tolerated. A ``sep=`` line is passed over.

    Raises
    ------
    UnclosedQuote
        At the end of the text, for the record where the open quote began.
    CellTooLarge
        Where a cell or a line is so long that it is no table any more.
    """
    lines = _lines(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    skipped = declared_delimiter(text) is not None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CellTooLarge(line) from error
        if not cells:
            continue
        if cells[-1].endswith(_END) and (len(cells) > 1 or cells[0] != _END):
            raise UnclosedQuote(line)
        record = Record(line=line, cells=tuple(cells))
        if cells != [_END] and not record.is_blank and not (skipped and line == 1):
            yield record


def head_records(text: str, delimiter: str, count: int) -> tuple[Record, ...]:
    """Return up to ``count`` first records, as far as they can be read within 64 KB."""
    found: list[Record] = []
    with suppress(UnclosedQuote, CellTooLarge):
        for record in islice(read_records(text[:_HEAD_LENGTH], delimiter), count):
            found.append(record)
    return tuple(found)


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > _LONGEST_LINE:
            raise CellTooLarge(number)
        yield line
    yield _END
