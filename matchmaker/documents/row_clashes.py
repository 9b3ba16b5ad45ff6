"""What is wrong with a row only beside the header or the other rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matchmaker.documents.csv_records import Record
from matchmaker.documents.import_problem import Field, ProblemKind, RowProblem, excerpt
from matchmaker.documents.imported import ImportedRow
from matchmaker.people.clean import fold_key


def find_shift(record: Record, header: Record) -> RowProblem | None:
    """Return the problem of a row with more cells than headers.

    A separator without quotes moved its values into wrong columns: such a row must not be read.
    """
    surplus = record.cells[len(header.cells) :]
    over = next((cell for cell in surplus if cell.strip()), None)
    if over is None:
        return None
    return RowProblem(line=record.line, kind=ProblemKind.TOO_MANY_CELLS, value=excerpt(over))


def without_repeated_tickets(
    rows: Sequence[ImportedRow],
) -> tuple[list[ImportedRow], list[RowProblem]]:
    """Take away tickets that stand there twice: they can't tell their people apart."""
    count = Counter(fold_key(row.ticket) for row in rows if row.ticket)
    kept: list[ImportedRow] = []
    problems: list[RowProblem] = []
    for row in rows:
        if row.ticket and count[fold_key(row.ticket)] > 1:
            problems.append(
                RowProblem(
                    line=row.line,
                    kind=ProblemKind.REPEATED_TICKET,
                    field=Field.TICKET,
                    value=excerpt(row.ticket),
                )
            )
            row = replace(row, ticket="")
        kept.append(row)
    return kept, problems


def shared_emails(rows: Sequence[ImportedRow]) -> Iterator[RowProblem]:
    seen: set[str] = set()
    for row in rows:
        email = fold_key(row.email)
        if email and email in seen:
            yield RowProblem(
                line=row.line,
                kind=ProblemKind.SHARED_EMAIL,
                field=Field.EMAIL,
                value=excerpt(row.email),
            )
        seen.add(email)
