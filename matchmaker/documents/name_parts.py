"""A whole name where a file holds its parts, in the order its owner would write it."""

import re
from typing import Final

from matchmaker.documents.import_problem import Field
from matchmaker.documents.row_cells import RowCells
from matchmaker.people.clean import fold_key

_FAMILY_NAME_FIRST: Final = frozenset({"vi"})
_SEPARATORS: Final = re.compile(r"[._-]+")


def compose_name(cells: RowCells, *, language: str) -> str:
    """Return the whole name that a row holds, else its parts put together, else nothing.

    The family name comes first where the row's language or the header of the column says that
    people write it so ("Nguyễn Thị Linh"), else last.
    """
    if whole := cells.first(Field.NAME):
        return whole[1]
    given, middle = _part(cells, Field.GIVEN_NAME), _part(cells, Field.MIDDLE_NAME)
    family = _part(cells, Field.FAMILY_NAME)
    if _holds(family, given):
        # "First name" beside "Name": here the latter is the whole name.
        return family
    if language in _FAMILY_NAME_FIRST or _is_family_name_first(cells):
        return f"{family} {middle} {given}"
    return f"{given} {middle} {family}"


def name_from_email(email: str) -> str:
    """Return the part of an address before the ``@`` as a name, so that the address stays hidden.

    >>> name_from_email("linh.tran+events@example.org")
    'linh tran'
    """
    mailbox = email.rpartition("@")[0].partition("+")[0].strip('"')
    return _SEPARATORS.sub(" ", mailbox).strip()


def _part(cells: RowCells, field: Field) -> str:
    found = cells.first(field)
    return found[1][:300] if found else ""


def _holds(longer: str, shorter: str) -> bool:
    words = fold_key(shorter)
    return bool(words) and f" {words} " in f" {fold_key(longer)} "


def _is_family_name_first(cells: RowCells) -> bool:
    found = cells.first(Field.FAMILY_NAME)
    return found is not None and found[0].is_family_name_first
