"""Contacts as vCard 3.0 files (RFC 2426), the version that every phone's address book reads."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from matchmaker.cards.content_line import block_value, fold_lines, text_value, url_value
from matchmaker.cards.plain_text import as_line
from matchmaker.cards.vcard_name import formatted_name, name_parts
from matchmaker.people.card import CardFields, clean_link

MEDIA_TYPE = "text/vcard; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class VCardEntry:
    """One contact of a vCard file and what its keeper adds to the card."""

    fields: CardFields
    note: str = ""
    photo_jpeg: bytes | None = None
    uid: str = ""
    revision: datetime | None = None


def write_vcard(
    fields: CardFields,
    *,
    note: str = "",
    photo_jpeg: bytes | None = None,
    uid: str = "",
    revision: datetime | None = None,
) -> bytes:
    """Return one card as a vCard 3.0 file: UTF-8, CRLF, folded at 75 octets.

    Empty fields are left out, except N and FN, which always stand there. The card's line follows
    ``note`` in NOTE. Links other than http, https, mailto and tel are left out. vCard 3.0 has no
    property for spoken languages; whoever wants them in the file words them in ``note``.

    Raises
    ------
    ValueError
        If ``revision`` has no time zone.
    """
    entry = VCardEntry(fields=fields, note=note, photo_jpeg=photo_jpeg, uid=uid, revision=revision)
    return write_vcards([entry])


def write_vcards(entries: Iterable[VCardEntry]) -> bytes:
    """Return several cards as one file, in the given order; see ``write_vcard``."""
    return b"".join(fold_lines(_lines_of(entry)) for entry in entries)


def _lines_of(entry: VCardEntry) -> list[str]:
    fields = entry.fields
    return [
        "BEGIN:VCARD",
        "VERSION:3.0",
        *name_lines(fields),
        *_line("ORG", fields.organization),
        *_line("TITLE", fields.role),
        *_line("TEL;TYPE=CELL", fields.phone),
        *_line("EMAIL;TYPE=INTERNET", fields.email),
        *(f"URL:{url_value(link)}" for link in safe_links(fields)),
        *_photo_line(entry.photo_jpeg),
        *_note_line(entry.note, fields.line),
        *_line("UID", entry.uid),
        *_revision_line(entry.revision),
        "END:VCARD",
    ]


def name_lines(fields: CardFields) -> list[str]:
    """Return N, FN and, where it says something new, NICKNAME."""
    formatted = formatted_name(fields)
    call_name = as_line(fields.call_name)
    return [
        "N:" + ";".join(map(text_value, name_parts(fields))),
        "FN:" + text_value(formatted),
        *_line("NICKNAME", "" if call_name == formatted else call_name),
    ]


def safe_links(fields: CardFields) -> tuple[str, ...]:
    """Return the card's site and links that are safe to write, each once, in their order."""
    links = map(clean_link, (fields.site, *fields.links))
    return tuple(dict.fromkeys(filter(None, links)))


def _line(name: str, text: str) -> list[str]:
    value = text_value(text)
    return [f"{name}:{value}"] if value else []


def _note_line(note: str, line: str) -> list[str]:
    value = block_value("\n".join(filter(None, (note, line))))
    return [f"NOTE:{value}"] if value else []


def _photo_line(photo_jpeg: bytes | None) -> list[str]:
    if not photo_jpeg:
        return []
    return ["PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(photo_jpeg).decode()]


def _revision_line(revision: datetime | None) -> list[str]:
    if revision is None:
        return []
    if revision.tzinfo is None:
        raise ValueError("a revision needs a time zone")
    return [f"REV:{revision.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"]
