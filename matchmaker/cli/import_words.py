"""What was wrong with a line of an import, in a sentence that says what became of it."""

from typing import Final

from matchmaker.documents.import_problem import ProblemKind, RowProblem

_WORDS: Final = {
    ProblemKind.EMPTY: "the file is empty",
    ProblemKind.NOT_TEXT: "this is not a table in text form ({value}); save it as CSV first",
    ProblemKind.TOO_LARGE: "the file is larger than an attendee list can be",
    ProblemKind.TOO_MANY_ROWS: "the file has too many rows; split it",
    ProblemKind.NO_HEADER: "no column was recognized; the first line must name the columns",
    ProblemKind.UNCLOSED_QUOTE: 'a quotation mark (") is never closed; mend that line',
    ProblemKind.CELL_TOO_LARGE: "a cell is far too long; mend that line",
    ProblemKind.NO_NAME: "no name and no e-mail: left out",
    ProblemKind.NOT_COMING: "not coming ({value}): left out",
    ProblemKind.ADD_ON: "not a person but an extra ({value}): left out",
    ProblemKind.TOO_MANY_CELLS: "more cells than columns: left out",
    ProblemKind.NAME_FROM_EMAIL: "no name; the e-mail address stands in for it",
    ProblemKind.BAD_EMAIL: "{value} is no e-mail address: imported without it",
    ProblemKind.BAD_PHONE: "{value} can't be a phone number: imported without it",
    ProblemKind.UNKNOWN_LANGUAGE: "language {value} is unknown: imported without it",
    ProblemKind.BAD_WISH: "{value} is no number of people to meet: the usual number is used",
    ProblemKind.UNCLEAR_ANSWER: "{field} says {value}, which is neither yes nor no: taken as no",
    ProblemKind.TOO_LONG: "{field} is too long and was cut",
    ProblemKind.REPEATED_TICKET: "ticket {value} stands there twice: imported without a ticket",
    ProblemKind.UNKNOWN_STATUS: "status {value} is unknown: taken as coming",
    ProblemKind.SHARED_EMAIL: "{value} stands with several people; each is imported",
    ProblemKind.DAMAGED_TEXT: "{field} holds damaged characters",
}


def word_problem(problem: RowProblem) -> str:
    """Return a problem of an import as a sentence."""
    field = problem.field.value if problem.field else "a cell"
    return _WORDS[problem.kind].format(value=problem.value or "empty", field=field)
