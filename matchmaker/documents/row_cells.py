"""The cells of one record, asked for by field instead of by place."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from matchmaker.documents.cell_values import read_yes_or_no
from matchmaker.documents.csv_records import Record
from matchmaker.documents.formula_guard import unguard_cell
from matchmaker.documents.header_match import Column, fold_header, match_headers
from matchmaker.documents.import_problem import Field
from matchmaker.documents.registration_answers import read_answers
from matchmaker.people.clean import clean_line, clean_text

_SLACK: Final = 4
_LONGEST_WORD: Final = 20
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")
_NOTHING: Final = frozenset({"", "n a", "na"})


class RowCells:
    """The filled cells of one record, the attendee's own before the buyer's."""

    def __init__(self, record: Record, columns: Iterable[Column]) -> None:
        self.line = record.line
        self._cells: dict[Field, list[tuple[Column, str]]] = defaultdict(list)
        for column in columns:
            if column.index < len(record.cells) and record.cells[column.index].strip():
                self._keep(column, record.cells[column.index])
        for cells in self._cells.values():
            cells.sort(key=lambda cell: cell[0].rank)

    def _keep(self, column: Column, text: str) -> None:
        if column.field is not Field.ANSWERS:
            self._cells[column.field].append((column, unguard_cell(text.strip())))
            return
        pairs = read_answers(text)
        for answered in match_headers([question for question, _answer in pairs]):
            self._cells[answered.field].append((answered, pairs[answered.index][1]))

    def all(self, field: Field) -> Sequence[tuple[Column, str]]:
        """Return each filled cell of ``field`` with its column, as it stands in the file."""
        return self._cells.get(field, ())

    def first(self, field: Field) -> tuple[Column, str] | None:
        """Return the filled cell that goes before the others, or None."""
        cells = self.all(field)
        return cells[0] if cells else None

    def answers(self, field: Field) -> str:
        """Return all that was answered to questions for ``field``, each answer once.

        Ticked options stand together on one line. A bare "yes", "no" or dash answers nothing.
        """
        texts = [text for column, text in self.all(field) if not column.option]
        ticked = [column.option for column, text in self.all(field) if _is_ticked(column, text)]
        return "\n".join(dict.fromkeys(_worthwhile([*texts, ", ".join(ticked)])))


def fit(text: str, limit: int, *, is_one_line: bool) -> tuple[str, bool]:
    """Return ``text`` cleaned, cut at a word border to ``limit`` characters, and whether it was."""
    # Cut before cleaning too: composing a run of marks takes time in the square of its length.
    head = text.strip().replace("\ufeff", "")[: _SLACK * limit]
    kept = clean_line(head) if is_one_line else clean_text(head)
    # A character that was dropped may have kept an accent from its letter.
    cleaned = unicodedata.normalize("NFC", kept)
    if len(cleaned) > limit:
        return _cut(cleaned, limit), True
    return cleaned, len(text.strip()) > _SLACK * limit


def _is_ticked(column: Column, text: str) -> bool:
    return bool(column.option) and read_yes_or_no(text) is True


def _worthwhile(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        is_word = len(text) <= _LONGEST_WORD
        if not is_word or (fold_header(text) not in _NOTHING and read_yes_or_no(text) is None):
            yield text


def _cut(text: str, limit: int) -> str:
    head = text[: limit + 1]
    border = max(head.rfind(" "), head.rfind("\n"))
    if border < limit // 2:
        border = limit
        while border and (unicodedata.combining(text[border]) or text[border] in _JOINERS):
            border -= 1
    return text[:border].rstrip()
