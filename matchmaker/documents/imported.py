"""What an organizer's attendee file says: people, problems, and how its columns were understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from matchmaker.documents.import_problem import Effect, Field, RowProblem
from matchmaker.people.attendee import NAME_LIMIT
from matchmaker.people.clean import clean_line


@dataclass(frozen=True, kw_only=True)
class ImportedRow:
    """One person of the file. Texts are cleaned and within their limits, unknown ones empty.

    ``email`` is syntactically valid, ``phone`` E.164, ``language`` one of the languages of the
    house. ``line_about`` is the one line that says how to introduce this person. ``wish`` is None
    where the file does not say. ``consented`` is True only where the file says so outright.
    """

    line: int
    name: str
    ticket: str = ""
    email: str = ""
    phone: str = ""
    organization: str = ""
    role: str = ""
    language: str = ""
    offer: str = ""
    need: str = ""
    can_introduce: str = ""
    line_about: str = ""
    spot: str = ""
    wish: int | None = None
    welcomes: bool = False
    here: bool = False
    consented: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """All that was read. A file with a refusing problem has no rows.

    ``columns`` and ``ignored`` name the headers as they stand in the file, for the organizer to
    check; a repeated header stands there once.
    """

    rows: tuple[ImportedRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    columns: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    ignored: tuple[str, ...] = ()

    @property
    def refusal(self) -> RowProblem | None:
        """The problem for which nothing of the file was read, if there is one."""
        refusing = (p for p in self.problems if p.kind.effect is Effect.FILE_REFUSED)
        return next(refusing, None)


def shown_header(header: str) -> str:
    """Return a header as it is shown to the organizer and named in ``columns``."""
    # Cut first: composing a long run of combining marks takes time in the square of its length.
    return clean_line(header[: 2 * NAME_LIMIT].replace("\ufeff", ""))[:NAME_LIMIT].rstrip()
