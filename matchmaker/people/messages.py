"""Links that open a mail, a text or a messenger with words already in it; nothing is sent."""

import re
from typing import Final
from urllib.parse import quote

from matchmaker.people.card import CardFields

_E164: Final = re.compile(r"\+([1-9][0-9]{6,14})\Z", re.ASCII)


def mail_link(email: str, *, subject: str, text: str) -> str:
    """Return a ``mailto:`` address with subject and text (RFC 6068)."""
    body = text.replace("\n", "\r\n")
    return f"mailto:{_quoted(email, '@')}?subject={_quoted(subject)}&body={_quoted(body)}"


def message_links(fields: CardFields, *, subject: str, text: str) -> tuple[tuple[str, str], ...]:
    """Return (way, address) for each way to write to somebody with ``text`` ready to be changed.

    The ways are ``mail``, ``text`` (RFC 5724) and the names of messengers whose addresses carry
    words; nothing says that the person uses those.
    """
    ways: list[tuple[str, str]] = []
    if fields.email:
        ways.append(("mail", mail_link(fields.email, subject=subject, text=text)))
    phone = fields.phone.replace(" ", "")
    number = _E164.match(phone)
    if number:
        # Older iPhones take the text only behind "&", everybody else behind "?".
        ways.append(("text", f"sms:{phone}?&body={_quoted(text)}"))
        ways.append(("WhatsApp", f"https://wa.me/{number[1]}?text={_quoted(text)}"))
        ways.append(("Telegram", f"https://t.me/+{number[1]}?text={_quoted(text)}"))
    return tuple(ways)


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")
