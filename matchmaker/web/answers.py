"""Answers that are files: address books, tables."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

from matchmaker.cards.calendar import MEDIA_TYPE as CALENDAR_TYPE
from matchmaker.cards.vcard import MEDIA_TYPE, write_vcard
from matchmaker.people.card import CardFields


def vcard_answer(
    fields: CardFields, *, uid: str, note: str = "", photo_jpeg: bytes | None = None
) -> Response:
    """Return one card as the file that phones offer to add to their contacts."""
    written = write_vcard(fields, uid=uid, note=note, photo_jpeg=photo_jpeg)
    return vcf_answer(written, name=fields.name)


def vcf_answer(data: bytes, *, name: str) -> Response:
    """Return a vCard file under a real address, inline: phones then show the contact sheet."""
    return _file(data, MEDIA_TYPE, name=name or "contact", ending="vcf", inline=True)


def csv_answer(data: bytes, *, name: str) -> Response:
    """Return a table to be saved."""
    return _file(data, "text/csv; charset=utf-8", name=name, ending="csv", inline=False)


def json_answer(data: bytes, *, name: str) -> Response:
    """Return JSON to be saved."""
    media_type = "application/json; charset=utf-8"
    return _file(data, media_type, name=name, ending="json", inline=False)


def calendar_answer(data: bytes, *, name: str) -> Response:
    """Return a calendar file under a real address, inline: phones then offer to add it."""
    return _file(data, CALENDAR_TYPE, name=name, ending="ics", inline=True)


def _file(data: bytes, media_type: str, *, name: str, ending: str, inline: bool) -> Response:
    # RFC 6266: a plain name for old browsers, the real one in UTF-8 beside it.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60] or "contact"
    full = quote(name[:80].replace("/", "-"), safe="")
    how = "inline" if inline else "attachment"
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = (
        f"{how}; filename=\"{plain}.{ending}\"; filename*=UTF-8''{full}.{ending}"
    )
    return response
