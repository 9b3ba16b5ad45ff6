"""A person's own contacts, to take home as a table or as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final

from matchmaker.documents.csv_out import write_csv


@dataclass(frozen=True, kw_only=True)
class ContactRow:
    """One contact as it leaves the house. ``met_at`` is ISO 8601, ``phone`` E.164 where known."""

    name: str
    call_name: str = ""
    organization: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    note: str = ""
    promise: str = ""
    met_at: str = ""
    event: str = ""


CONTACT_COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(ContactRow))
"""Names of the columns, the same in every language, so that programs can read the file."""


def write_contacts_csv(
    contacts: Iterable[ContactRow], *, header: Sequence[str] = CONTACT_COLUMNS
) -> bytes:
    """Return the contacts as CSV, one line each, in the order given; ``header`` may be translated.

    Raises
    ------
    ValueError
        If ``header`` does not name each of the columns.
    """
    if len(header) != len(CONTACT_COLUMNS):
        raise ValueError(f"a header of {len(CONTACT_COLUMNS)} columns is needed")
    return write_csv(header, (tuple(asdict(contact).values()) for contact in contacts))


def contact_dicts(contacts: Iterable[ContactRow]) -> list[dict[str, str]]:
    """Return the contacts as JSON-ready dictionaries; empty fields are there as empty texts."""
    return [asdict(contact) for contact in contacts]


def write_contacts_json(contacts: Iterable[ContactRow]) -> bytes:
    """Return the contacts as a JSON array in UTF-8 (RFC 8259), readable without this program."""
    text = json.dumps(contact_dicts(contacts), ensure_ascii=False, indent=2)
    return text.encode("utf-8", errors="replace") + b"\n"
