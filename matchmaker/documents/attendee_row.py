"""One record of an attendee file becomes one person, or the reason why not."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from matchmaker.documents.cell_values import (
    Standing,
    read_email,
    read_language,
    read_standing,
    read_wish,
    read_yes_or_no,
)
from matchmaker.documents.csv_records import Record
from matchmaker.documents.header_match import Column
from matchmaker.documents.header_words import OF_ATTENDEE, OF_BUYER
from matchmaker.documents.import_problem import Field, ProblemKind, RowProblem, excerpt
from matchmaker.documents.imported import ImportedRow
from matchmaker.documents.name_parts import compose_name, name_from_email
from matchmaker.documents.row_cells import RowCells, fit
from matchmaker.people.attendee import LINE_LIMIT, NAME_LIMIT, TEXT_LIMIT
from matchmaker.people.phone import normalize_phone

TICKET_LIMIT: Final = 64
_VALUE_LIMIT: Final = 300
T = TypeVar("T")


def read_row(
    record: Record, columns: Sequence[Column], *, country: str
) -> tuple[ImportedRow | None, tuple[RowProblem, ...]]:
    """Return the person of ``record`` and what was wrong; no person if the row is left out.

    ``country`` (ISO 3166 alpha-2 or empty) completes telephone numbers.
    """
    reading = _Reading(RowCells(record, columns), country)
    row = reading.row()
    return row, tuple(reading.problems)


class _Reading:
    """The cells of one record on their way to values; collects what was wrong."""

    def __init__(self, cells: RowCells, country: str) -> None:
        self.problems: list[RowProblem] = []
        self._cells = cells
        self._country = country
        self._standings = [
            (text, read_standing(text[:_VALUE_LIMIT])) for _column, text in cells.all(Field.STATUS)
        ]

    def row(self) -> ImportedRow | None:
        if self._is_left_out():
            return None
        email, language = self._email(), self._language()
        name = self._name(email, language)
        if not name:
            self._report(ProblemKind.NO_NAME, Field.NAME)
            return None
        return ImportedRow(
            line=self._cells.line,
            name=name,
            ticket=self._ticket(),
            email=email,
            phone=self._phone(),
            organization=self._line(Field.ORGANIZATION, NAME_LIMIT),
            role=self._line(Field.ROLE, NAME_LIMIT),
            language=language,
            offer=self._text(Field.OFFER),
            need=self._text(Field.NEED),
            can_introduce=self._text(Field.CAN_INTRODUCE),
            line_about=self._line(Field.LINE, LINE_LIMIT),
            spot=self._line(Field.SPOT, NAME_LIMIT),
            wish=self._value(Field.WISH, read_wish, ProblemKind.BAD_WISH),
            welcomes=self._is_yes(Field.WELCOMES),
            here=self._is_here(),
            consented=self._is_yes(Field.CONSENT),
        )

    def _report(self, kind: ProblemKind, field: Field, value: str = "") -> None:
        problem = RowProblem(line=self._cells.line, kind=kind, field=field, value=excerpt(value))
        self.problems.append(problem)

    def _is_left_out(self) -> bool:
        for text, standing in self._standings:
            if standing is Standing.NOT_COMING:
                self._report(ProblemKind.NOT_COMING, Field.STATUS, text)
                return True
        if add_on := self._cells.first(Field.ADD_ON):
            self._report(ProblemKind.ADD_ON, Field.ADD_ON, add_on[1])
            return True
        for text, standing in self._standings:
            if standing is None:
                self._report(ProblemKind.UNKNOWN_STATUS, Field.STATUS, text)
        return False

    def _line(self, field: Field, limit: int) -> str:
        found = self._cells.first(field)
        return self._fit(field, found[1], limit, is_one_line=True) if found else ""

    def _text(self, field: Field) -> str:
        return self._fit(field, self._cells.answers(field), TEXT_LIMIT, is_one_line=False)

    def _fit(self, field: Field, text: str, limit: int, *, is_one_line: bool) -> str:
        fitted, was_cut = fit(text, limit, is_one_line=is_one_line)
        if was_cut:
            self._report(ProblemKind.TOO_LONG, field, fitted)
        return fitted

    def _name(self, email: str, language: str) -> str:
        composed = compose_name(self._cells, language=language)
        name = self._fit(Field.NAME, composed, NAME_LIMIT, is_one_line=True)
        if not name and email:
            name, _was_cut = fit(name_from_email(email), NAME_LIMIT, is_one_line=True)
            self._report(ProblemKind.NAME_FROM_EMAIL, Field.NAME, email)
        return name

    def _email(self) -> str:
        return self._value(Field.EMAIL, read_email, ProblemKind.BAD_EMAIL) or ""

    def _language(self) -> str:
        found = self._cells.first(Field.LANGUAGE)
        if found and found[0].rank == OF_BUYER:
            # The shop's language was not chosen by the attendee: a hint, never a mistake of theirs.
            return read_language(found[1][:_VALUE_LIMIT]) or ""
        return self._value(Field.LANGUAGE, read_language, ProblemKind.UNKNOWN_LANGUAGE) or ""

    def _phone(self) -> str:
        found = self._cells.first(Field.PHONE)
        if found is None or (found[0].rank != OF_ATTENDEE and self._has_another_buyer()):
            return ""
        number, _was_cut = fit(found[1], _VALUE_LIMIT, is_one_line=True)
        phone = normalize_phone(number, country=self._country)
        if phone is None:
            self._report(ProblemKind.BAD_PHONE, Field.PHONE, number)
        return phone or ""

    def _has_another_buyer(self) -> bool:
        """Return whether the attendee's e-mail differs from that of the order."""
        emails = {text.casefold() for _column, text in self._cells.all(Field.EMAIL)}
        return len(emails) > 1

    def _ticket(self) -> str:
        order, position = self._cells.first(Field.ORDER), self._cells.first(Field.POSITION)
        if order and position:
            # Not the "ticket code" beside them: with pretix that is the secret of the entrance.
            return self._line_of_ticket(f"{order[1]}-{position[1]}")
        found = self._cells.first(Field.TICKET)
        return self._line_of_ticket(found[1]) if found else ""

    def _line_of_ticket(self, text: str) -> str:
        ticket, was_cut = fit(text, TICKET_LIMIT, is_one_line=True)
        if was_cut:
            self._report(ProblemKind.TOO_LONG, Field.TICKET, text)
            return ""
        return ticket

    def _is_here(self) -> bool:
        if any(standing is Standing.HERE for _text, standing in self._standings):
            return True
        return self._cells.first(Field.CHECKED_IN_AT) is not None or self._is_yes(Field.HERE)

    def _is_yes(self, field: Field) -> bool:
        return self._value(field, read_yes_or_no, ProblemKind.UNCLEAR_ANSWER) or False

    def _value(self, field: Field, read: Callable[[str], T | None], kind: ProblemKind) -> T | None:
        found = self._cells.first(field)
        if found is None:
            return None
        text, _was_cut = fit(found[1], _VALUE_LIMIT, is_one_line=True)
        value = read(text)
        if value is None:
            self._report(kind, field, text)
        return value
