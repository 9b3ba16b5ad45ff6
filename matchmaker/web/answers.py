"""Answers that are files: address books, tables."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

from matchmaker.cards.vcard import MEDIA_TYPE, write_vcard
from matchmaker.people.card import CardFields


def vcard_answer(fields: CardFields, *, uid: str, note: str = "") -> Response:
    """Return one card as the file that phones offer to add to their contacts."""
    return vcf_answer(write_vcard(fields, uid=uid, note=note), name=fields.name)


def vcf_answer(data: bytes, *, name: str) -> Response:
    """Return a vCard file under a real address, inline: phones then show the contact sheet."""
    return _file(data, MEDIA_TYPE, name=name or "contact", ending="vcf", inline=True)


def csv_answer(data: bytes, *, name: str) -> Response:
    """Return a table to be saved."""
    return _file(data, "text/csv; charset=utf-8", name=name, ending="csv", inline=False)


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
