"""An organizer's attendee file, from whatever program, as people to import.

Reads our own columns and, by the same code, the exports of Eventbrite (attendee summary), pretix
(order positions) and Luma (guest list). Nothing is stored and nobody is told: the caller shows what
was understood and then decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from matchmaker.documents.attendee_row import read_row
from matchmaker.documents.csv_records import CellTooLarge, Record, UnclosedQuote, read_records
from matchmaker.documents.file_text import FileText, read_text
from matchmaker.documents.header_search import Header, find_header, first_headers
from matchmaker.documents.import_problem import Field, FileKind, ProblemKind, RowProblem
from matchmaker.documents.imported import ImportedFile, ImportedRow
from matchmaker.documents.row_clashes import (
    find_shift,
    shared_emails,
    without_repeated_tickets,
)

FILE_LIMIT: Final = 20 * 1024 * 1024
ROW_LIMIT: Final = 20_000


def read_attendees(
    data: bytes, *, country: str = "", columns: Mapping[str, Field | None] | None = None
) -> ImportedFile:
    """Return the people in an attendee file and everything that was wrong with it. Never raises.

    Parameters
    ----------
    data
        The file as it was brought: CSV in UTF-8, UTF-16 or a Windows code page, separated by
        commas, semicolons, tabs or bars. At most 20 MB and 20,000 rows.
    country
        Of the event (ISO 3166 alpha-2, may be empty); completes telephone numbers.
    columns
        The organizer's own choice by header, as `ImportedFile.columns` and ``ignored`` name them;
        None leaves a column out. Headers that are not named are understood by themselves.
    """
    if len(data) > FILE_LIMIT:
        return _refused(ProblemKind.TOO_LARGE, value=str(len(data)))
    if not data.strip(b"\0 \t\r\n"):
        return _refused(ProblemKind.EMPTY)
    found = read_text(data)
    if isinstance(found, FileKind):
        return _refused(ProblemKind.NOT_TEXT, value=found)
    if not found.text.strip("\ufeff\0 \t\r\n"):
        return _refused(ProblemKind.EMPTY)
    try:
        return _read(found, country, columns or {})
    except UnclosedQuote as quote:
        return _refused(ProblemKind.UNCLOSED_QUOTE, line=quote.line)
    except CellTooLarge as cell:
        return _refused(ProblemKind.CELL_TOO_LARGE, line=cell.line)


def _refused(kind: ProblemKind, *, line: int = 0, value: str = "") -> ImportedFile:
    return ImportedFile(problems=(RowProblem(line=line, kind=kind, value=value),))


def _read(found: FileText, country: str, chosen: Mapping[str, Field | None]) -> ImportedFile:
    header = find_header(found.text, chosen)
    if header is None:
        _check(found.text)
        refused = _refused(ProblemKind.NO_HEADER)
        return replace(refused, ignored=first_headers(found.text))
    records = list(islice(_records_below(header, found.text), ROW_LIMIT + 1))
    understood = ImportedFile(columns=MappingProxyType(header.understood), ignored=header.ignored)
    if not records:
        return replace(understood, problems=_refused(ProblemKind.EMPTY).problems)
    if len(records) > ROW_LIMIT:
        return replace(understood, problems=_refused(ProblemKind.TOO_MANY_ROWS).problems)
    rows, problems = _read_rows(records, header, country)
    if found.is_damaged:
        problems = [RowProblem(line=0, kind=ProblemKind.DAMAGED_TEXT), *problems]
    return replace(understood, rows=tuple(rows), problems=tuple(problems))


def _check(text: str) -> None:
    """Raise if a broken quote is the reason why there seems to be no header."""
    for _record in read_records(text, ","):
        pass


def _records_below(header: Header, text: str) -> Iterator[Record]:
    for record in read_records(text, header.delimiter):
        if record.line > header.record.line:
            yield record


def _read_rows(
    records: Sequence[Record], header: Header, country: str
) -> tuple[list[ImportedRow], list[RowProblem]]:
    rows: list[ImportedRow] = []
    problems: list[RowProblem] = []
    for record in records:
        if problem := find_shift(record, header.record):
            problems.append(problem)
            continue
        row, found = read_row(record, header.columns, country=country)
        problems.extend(found)
        if row is not None:
            rows.append(row)
    rows, repeated = without_repeated_tickets(rows)
    problems = [*problems, *repeated, *shared_emails(rows)]
    return rows, sorted(problems, key=lambda problem: problem.line)
