"""Which field each column of an attendee file holds, told by its header."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matchmaker.documents.header_words import (
    AMBIGUOUS,
    FAMILY_NAME_FIRST,
    HEADER_WORDS,
    OF_ANYBODY,
    OF_ATTENDEE,
)
from matchmaker.documents.import_problem import Field
from matchmaker.documents.imported import shown_header
from matchmaker.documents.question_match import match_question

_LONGEST_HEADER: Final = 300
_NUMBER_SIGNS: Final = re.compile("[#№]")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_POLITENESS: Final = re.compile(
    r"^(?:what s|whats|what is|please enter|enter|qual e|quale e|inserisci)"
    r"(?: (?:your|the|il|lo|la|l))?(?: (?:tuo|tua))? "
)
_OPTION: Final = re.compile(r"\s[–—]\s")
_NAME_PARTS: Final = frozenset({Field.GIVEN_NAME, Field.MIDDLE_NAME, Field.FAMILY_NAME})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One understood column: its place, its header as shown, and what it holds.

    ``rank`` orders columns of one field: the attendee's own first. ``option`` is set where the
    column stands for one answer of a multiple choice question and its cells say yes or no.
    """

    index: int
    header: str
    field: Field
    rank: int = OF_ANYBODY
    option: str = ""
    is_family_name_first: bool = False


def fold_header(header: str) -> str:
    """Return a header in lower case with single blanks, without accents and punctuation."""
    letters = header[:_LONGEST_HEADER].casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    spelled = _NUMBER_SIGNS.sub(" number ", letters.replace("đ", "d"))
    return " ".join(_NO_LETTERS.sub(" ", spelled).split())


def _key(header: str) -> str:
    return fold_header(header).replace(" ", "")


def _keys(phrases: str) -> list[str]:
    return [_key(phrase) for phrase in phrases.split(" | ")]


_KNOWN: Final[Mapping[str, tuple[Field, int]]] = {
    key: (field, rank) for field, rank, phrases in HEADER_WORDS for key in _keys(phrases)
}
_FAMILY_NAME_FIRST: Final = frozenset(_keys(FAMILY_NAME_FIRST))
_AMBIGUOUS: Final = frozenset(_keys(AMBIGUOUS))


def match_headers(
    headers: Sequence[str], chosen: Mapping[str, Field | None] | None = None
) -> tuple[Column, ...]:
    """Return the understood columns in the order of the file.

    ``chosen`` holds the organizer's own choice for some headers, as `shown_header` gives them;
    None there means that the column is left out.
    """
    columns = [_match(index, header, chosen or {}) for index, header in enumerate(headers)]
    found = [column for column in columns if column is not None]
    fields = {column.field for column in found}
    settled = (_settle(column, fields, chosen or {}) for column in found)
    return tuple(settled)


def names_people(columns: Sequence[Column]) -> bool:
    """Return whether the columns can tell whom a row is about."""
    naming = {Field.NAME, Field.EMAIL, *_NAME_PARTS}
    return any(column.field in naming for column in columns)


def _match(index: int, header: str, chosen: Mapping[str, Field | None]) -> Column | None:
    shown = shown_header(header)
    if not shown:
        return None
    if shown in chosen:
        field = chosen[shown]
        return Column(index=index, header=shown, field=field) if field else None
    column = Column(index=index, header=shown, field=Field.NAME)
    return (
        _match_words(column, header)
        or _match_part_of_name(column, header)
        or _match_asked(column, header)
    )


def _match_words(column: Column, header: str) -> Column | None:
    key = _key(header)
    if key in _AMBIGUOUS:
        return replace(column, field=Field.POSITION)
    known = _KNOWN.get(key) or _KNOWN.get(_key(_POLITENESS.sub("", fold_header(header))))
    if known is None:
        return None
    field, rank = known
    return replace(column, field=field, rank=rank, is_family_name_first=key in _FAMILY_NAME_FIRST)


def _match_part_of_name(column: Column, header: str) -> Column | None:
    """Match ``Attendee name: Family name``, as pretix writes parts of a name."""
    whole, colon, part = header.partition(":")
    if not colon or _KNOWN.get(_key(whole)) != (Field.NAME, OF_ATTENDEE):
        return None
    # "Nome" is a whole name by itself, but a given name as a part of one.
    field, _rank = _KNOWN.get(_key(part), (None, 0))
    if field is Field.NAME:
        field = Field.GIVEN_NAME
    if field not in _NAME_PARTS:
        return None
    return replace(column, field=field, rank=OF_ATTENDEE)


def _match_asked(column: Column, header: str) -> Column | None:
    question, *option = _OPTION.split(header[:_LONGEST_HEADER], maxsplit=1)
    field = match_question(fold_header(header)) if not option else _field_of_question(question)
    if field is None:
        return None
    return replace(column, field=field, option=shown_header(option[0]) if option else "")


def _field_of_question(question: str) -> Field | None:
    field, _rank = _KNOWN.get(_key(question), (None, 0))
    asked = (Field.OFFER, Field.NEED, Field.CAN_INTRODUCE)
    return field if field in asked else match_question(fold_header(question))


def _settle(column: Column, fields: set[Field], chosen: Mapping[str, Field | None]) -> Column:
    """Decide what a header means that means something else beside other columns."""
    if column.header in chosen:
        return column
    if column.field is Field.POSITION and Field.ORDER not in fields:
        return replace(column, field=Field.ROLE)
    if column.field is Field.NAME and column.rank == OF_ANYBODY:
        return replace(column, field=_part_beside(fields))
    return column


def _part_beside(fields: set[Field]) -> Field:
    """Return which part a plain "name" is: "Nome" beside "Cognome", "Name" beside "Vorname"."""
    if Field.FAMILY_NAME in fields and Field.GIVEN_NAME not in fields:
        return Field.GIVEN_NAME
    if Field.GIVEN_NAME in fields and Field.FAMILY_NAME not in fields:
        return Field.FAMILY_NAME
    return Field.NAME
