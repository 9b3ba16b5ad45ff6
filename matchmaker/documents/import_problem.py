"""What can be wrong with an attendee file: values, which the caller puts into words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matchmaker.people.clean import clean_line

_EXCERPT_LENGTH: Final = 60


class Field(StrEnum):
    """What a column of an attendee file holds."""

    TICKET = "ticket"
    NAME = "name"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    ORGANIZATION = "organization"
    ROLE = "role"
    LANGUAGE = "language"
    OFFER = "offer"
    NEED = "need"
    CAN_INTRODUCE = "can_introduce"
    LINE = "line"
    SPOT = "spot"
    WISH = "wish"
    WELCOMES = "welcomes"
    HERE = "here"
    CHECKED_IN_AT = "checked_in_at"
    CONSENT = "consent"
    STATUS = "status"
    ORDER = "order"
    POSITION = "position"
    ADD_ON = "add_on"
    ANSWERS = "answers"


class FileKind(StrEnum):
    """What a file is that was brought instead of a table in text form."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    ZIP = "zip"
    PDF = "pdf"
    HTML = "html"
    OTHER = "other"


class Effect(StrEnum):
    """What a problem did."""

    FILE_REFUSED = "file refused"
    ROW_SKIPPED = "row skipped"
    ROW_CHANGED = "row changed"
    NOTICE = "notice"


class ProblemKind(StrEnum):
    """What was wrong. ``effect`` says whether the file, the row or one value was left out."""

    EMPTY = "empty"
    NOT_TEXT = "not text"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    NO_HEADER = "no header"
    UNCLOSED_QUOTE = "unclosed quote"
    CELL_TOO_LARGE = "cell too large"

    NO_NAME = "no name"
    NOT_COMING = "not coming"
    ADD_ON = "add-on"
    TOO_MANY_CELLS = "too many cells"

    NAME_FROM_EMAIL = "name from email"
    BAD_EMAIL = "bad email"
    BAD_PHONE = "bad phone"
    UNKNOWN_LANGUAGE = "unknown language"
    BAD_WISH = "bad wish"
    UNCLEAR_ANSWER = "unclear answer"
    TOO_LONG = "too long"
    REPEATED_TICKET = "repeated ticket"

    UNKNOWN_STATUS = "unknown status"
    SHARED_EMAIL = "shared email"
    DAMAGED_TEXT = "damaged text"

    @property
    def effect(self) -> Effect:
        """What a problem of this kind does."""
        return _EFFECTS.get(self, Effect.ROW_CHANGED)


_REFUSING: Final = (
    ProblemKind.EMPTY,
    ProblemKind.NOT_TEXT,
    ProblemKind.TOO_LARGE,
    ProblemKind.TOO_MANY_ROWS,
    ProblemKind.NO_HEADER,
    ProblemKind.UNCLOSED_QUOTE,
    ProblemKind.CELL_TOO_LARGE,
)
_SKIPPING: Final = (
    ProblemKind.NO_NAME,
    ProblemKind.NOT_COMING,
    ProblemKind.ADD_ON,
    ProblemKind.TOO_MANY_CELLS,
)
_NOTING: Final = (
    ProblemKind.UNKNOWN_STATUS,
    ProblemKind.SHARED_EMAIL,
    ProblemKind.DAMAGED_TEXT,
)
_EFFECTS: Final = {
    **dict.fromkeys(_REFUSING, Effect.FILE_REFUSED),
    **dict.fromkeys(_SKIPPING, Effect.ROW_SKIPPED),
    **dict.fromkeys(_NOTING, Effect.NOTICE),
}


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """One thing that was wrong.

    ``line`` is the line of the file, counted from 1, where the record starts; 0 for the file as a
    whole. ``value`` is what stood there, cleaned and cut; for ``NOT_TEXT`` it is a `FileKind`.
    """

    line: int
    kind: ProblemKind
    field: Field | None = None
    value: str = ""


def excerpt(text: str) -> str:
    """Return the start of ``text`` on one line, at most 60 characters."""
    line = clean_line(text[: 4 * _EXCERPT_LENGTH])
    return line if len(line) <= _EXCERPT_LENGTH else line[: _EXCERPT_LENGTH - 1].rstrip() + "…"
