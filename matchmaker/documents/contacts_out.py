"""A person's own contacts, to take home as a table or as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from matchmaker.documents.csv_out import write_csv


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """What was promised: ``due`` is an ISO 8601 day or empty, ``state`` open, kept or dropped."""

    text: str
    due: str = ""
    state: str = "open"


@dataclass(frozen=True, kw_only=True)
class ContactRow:
    """One contact as it leaves the house. ``met_at`` is ISO 8601, ``phone`` E.164 where known.

    ``looked_for`` and ``offered`` are what they said at the event where they were met.
    """

    name: str
    call_name: str = ""
    organization: str = ""
    role: str = ""
    line: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    links: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""
    promises: tuple[PromiseLine, ...] = ()
    met_at: str = ""
    event: str = ""
    looked_for: str = ""
    offered: str = ""
    boundary: str = ""
    rhythm: str = ""


CONTACT_COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(ContactRow))
"""Names of the columns, the same in every language, so that programs can read the file."""


def write_contacts_csv(
    contacts: Iterable[ContactRow], *, header: Sequence[str] = CONTACT_COLUMNS
) -> bytes:
    """Return the contacts as CSV, one line each, in the order given; ``header`` may be translated.

    Several links or promises stand in one cell, each on a line of its own.

    Raises
    ------
    ValueError
        If ``header`` does not name each of the columns.
    """
    if len(header) != len(CONTACT_COLUMNS):
        raise ValueError(f"a header of {len(CONTACT_COLUMNS)} columns is needed")
    return write_csv(header, (tuple(map(_as_cell, _values_of(contact))) for contact in contacts))


def contact_dicts(contacts: Iterable[ContactRow]) -> list[dict[str, Any]]:
    """Return the contacts as JSON-ready dictionaries; empty fields are there as empty texts."""
    return [asdict(contact) for contact in contacts]


def write_contacts_json(contacts: Iterable[ContactRow]) -> bytes:
    """Return the contacts as a JSON array in UTF-8 (RFC 8259), readable without this program."""
    text = json.dumps(contact_dicts(contacts), ensure_ascii=False, indent=2)
    return text.encode("utf-8", errors="replace") + b"\n"


def _values_of(contact: ContactRow) -> Iterable[str | tuple[str | PromiseLine, ...]]:
    return (getattr(contact, name) for name in CONTACT_COLUMNS)


def _as_cell(value: str | tuple[str | PromiseLine, ...]) -> str:
    if isinstance(value, str):
        return value
    return "\n".join(_as_line(one) for one in value)


def _as_line(one: str | PromiseLine) -> str:
    if isinstance(one, str):
        return one
    # An open one without a day is just its words, as they were typed.
    said = [one.due, one.state if one.state != "open" else ""]
    told = ", ".join(part for part in said if part)
    return f"{one.text} ({told})" if told else one.text
