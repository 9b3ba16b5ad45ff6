"""Phone numbers in one form, and the messengers that find a person by it."""

import re
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

_LONGEST_INPUT: Final = 100
_E164: Final = re.compile(r"\+([1-9][0-9]{6,14})\Z", re.ASCII)
# Viber is missing on purpose: it has no https address for a person's number, only an app scheme,
# and the https redirectors that exist would tell a third party who asks for whom.
_MESSENGERS: Final = (
    ("WhatsApp", "https://wa.me/{digits}"),
    ("Zalo", "https://zalo.me/{digits}"),
    ("Telegram", "https://t.me/+{digits}"),
    ("Signal", "https://signal.me/#p/+{digits}"),
)


def normalize_phone(text: str, *, country: str) -> str | None:
    """Return a typed phone number as E.164 (``+84901234567``), or None if it can't be one.

    ``country`` is the two-letter code of the event's country (ISO 3166-1, any case, may be
    empty); it completes numbers typed without a country code. A number passes if its *length*
    is possible there: numbering plans change faster than their lists, so stricter checks turn
    real people away. An extension is dropped, E.164 (ITU-T) has none.
    """
    if len(text) > _LONGEST_INPUT:
        return None
    typed = text.strip()
    region = country.strip().upper() or None
    number = _read(typed, region)
    if number is None and typed.startswith("00"):
        # Guests dial their own country with 00, also where the event's country uses another prefix.
        number = _read("+" + typed[2:], region)
    return number


def _read(typed: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        return None
    # A number that works only within its town would be a different number as E.164.
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return e164 if _E164.match(e164) else None


def messenger_links(e164: str) -> tuple[tuple[str, str], ...]:
    """Return (messenger, https address) for each messenger that opens a chat by phone number.

    Nothing says that the person uses them. Anything but an E.164 number gives no links.
    """
    match = _E164.match(e164)
    if match is None:
        return ()
    return tuple((name, address.format(digits=match[1])) for name, address in _MESSENGERS)
