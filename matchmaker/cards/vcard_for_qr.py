"""The vCard inside a QR code: what a phone without network needs, and no more.

Never in the code: photo, line, note, languages, UID, and the TYPE of numbers and addresses.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from matchmaker.cards.content_line import join_lines, text_value, url_value
from matchmaker.cards.qr import PayloadTooLong, qr_version
from matchmaker.cards.vcard import name_lines, safe_links
from matchmaker.cards.vcard_name import formatted_name
from matchmaker.people.card import CardFields

LARGEST_VERSION: Final = 13
"""69 modules a side, and the quiet zone: half a millimetre a module at 4 cm."""

DROPPED_FIRST: Final = (
    "links",
    "call_name",
    "site",
    "role",
    "organization",
    "email",
    "phone",
    "family_name",
)
"""What goes first when the code gets too large; links go one by one, the last first."""

_LONGEST_NAME: Final = 160
_MOST_LINKS: Final = 8


def vcard_for_qr(fields: CardFields, *, largest_version: int = LARGEST_VERSION) -> bytes:
    """Return the fullest vCard 3.0 that fits a QR code of ``largest_version`` at level M.

    Fields go in the order of ``DROPPED_FIRST``, each whole; at last the end of the name. Lines
    are not folded: RFC 2425 only advises it, and some scanners read line by line.

    Raises
    ------
    PayloadTooLong
        If not even a name of one character fits (below version 4).
    """
    written = b""
    for kept in _smaller_and_smaller(fields):
        written = _write(kept)
        if _fits(written, largest_version):
            return written
    raise PayloadTooLong(len(written))


def _smaller_and_smaller(fields: CardFields) -> Iterator[CardFields]:
    links = safe_links(replace(fields, site="", links=fields.links[:_MOST_LINKS]))
    site = next(iter(safe_links(replace(fields, links=()))), "")
    # N and FN both hold it, so a longer one never fits. What stands in for a missing name must
    # outlive the field it was taken from.
    name = formatted_name(fields)[:_LONGEST_NAME]
    others = tuple(link for link in links if link != site)
    kept = replace(fields, name=name, site=site, links=others)
    yield kept
    while kept.links:
        kept = replace(kept, links=kept.links[:-1])
        yield kept
    for field in DROPPED_FIRST[1:]:
        kept = replace(kept, **{field: ""})  # type: ignore[arg-type]
        yield kept
    for length in range(len(name), 0, -1):
        yield CardFields(name=name[:length])


def _fits(written: bytes, largest_version: int) -> bool:
    try:
        return qr_version(written) <= largest_version
    except PayloadTooLong:
        return False


def _write(fields: CardFields) -> bytes:
    single = (
        ("ORG", fields.organization),
        ("TITLE", fields.role),
        ("TEL", fields.phone),
        ("EMAIL", fields.email),
    )
    values = ((name, text_value(text)) for name, text in single)
    return join_lines(
        [
            "BEGIN:VCARD",
            "VERSION:3.0",
            *name_lines(fields),
            *(f"{name}:{value}" for name, value in values if value),
            *(f"URL:{url_value(link)}" for link in safe_links(fields)),
            "END:VCARD",
        ]
    )
