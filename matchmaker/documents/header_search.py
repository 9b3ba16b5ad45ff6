"""Where the table of a text begins and what separates its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from matchmaker.documents.csv_records import (
    DELIMITERS,
    Record,
    declared_delimiter,
    head_records,
)
from matchmaker.documents.header_match import Column, match_headers, names_people
from matchmaker.documents.import_problem import Field
from matchmaker.documents.imported import shown_header

_MOST_COLUMNS: Final = 500
_MOST_LINES_ABOVE: Final = 10
# A list of names alone has no delimiter; a comma there belongs to "Rossi, Maria".
_NO_DELIMITER: Final = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Header:
    """The record that names the columns, and what was understood of it."""

    record: Record
    delimiter: str
    columns: tuple[Column, ...]

    @property
    def understood(self) -> dict[str, Field]:
        """Fields by the header as shown."""
        return {column.header: column.field for column in self.columns}

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headers that no field was found for, each once, in the order of the file."""
        understood = self.understood
        return tuple(h for h in _shown(self.record) if h not in understood)

    @property
    def _rank(self) -> tuple[bool, int, int]:
        fields = {column.field for column in self.columns}
        return names_people(self.columns), len(fields), len(self.record.cells)


def find_header(text: str, chosen: Mapping[str, Field | None]) -> Header | None:
    """Return the header among the first records: the one that is understood best, or None.

    Titles above it are passed over. The delimiter is the one that makes most sense of it, so one
    inside a quoted header misleads nobody. ``chosen`` is as in `header_match.match_headers`.
    """
    best: Header | None = None
    for header in _candidates(text, chosen):
        if names_people(header.columns) and (best is None or header._rank > best._rank):
            best = header
    if best is not None and len(best.record.cells) == 1:
        return Header(record=best.record, delimiter=_NO_DELIMITER, columns=best.columns)
    return best


def first_headers(text: str) -> tuple[str, ...]:
    """Return the cells of the first record, for an organizer to say what they hold."""
    records = [head_records(text, delimiter, 1) for delimiter in DELIMITERS]
    widest = max((r[0] for r in records if r), key=lambda r: len(r.cells), default=None)
    return tuple(_shown(widest)) if widest else ()


def _candidates(text: str, chosen: Mapping[str, Field | None]) -> Iterator[Header]:
    declared = declared_delimiter(text)
    for delimiter in (declared,) if declared else DELIMITERS:
        for record in head_records(text, delimiter, _MOST_LINES_ABOVE):
            columns = match_headers(record.cells[:_MOST_COLUMNS], chosen)
            yield Header(record=record, delimiter=delimiter, columns=columns)


def _shown(record: Record) -> Iterator[str]:
    shown = (shown_header(cell) for cell in record.cells[:_MOST_COLUMNS])
    return iter(dict.fromkeys(header for header in shown if header))
