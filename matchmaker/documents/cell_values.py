"""What single cells mean: an address, a language, a number, yes or no, who is coming."""

import re
from enum import StrEnum
from typing import Final

from email_validator import validate_email

from matchmaker.documents.header_match import fold_header
from matchmaker.people.attendee import WISHES
from matchmaker.people.event import LANGUAGES

EMAIL_LIMIT: Final = 254
"""Longest address that can be mailed to (RFC 5321, 4.5.3.1.3, less the angle brackets)."""

_ADDRESS_IN_BRACKETS: Final = re.compile(r"[^<>]*<(?P<address>[^<>]+)>")
# Right-to-left writers' programs put direction marks round an address; they are not part of it.
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff]")
_WHOLE_NUMBER: Final = re.compile(r"(\d{1,4})(?:[.,]0*)?")
_CHECK_MARKS: Final = frozenset("✓✔☑✅√")
_YES: Final = (
    "yes | y | true | t | 1 | x | ok | on | agreed | accepted | consented | approved | checked in"
    " | có | đúng | rồi | đồng ý | có mặt | sì | vero | confermo | accetto | presente"
    " | כן | נכון | מסכים | מסכימה | נוכח | נוכחת | ja | wahr | oui | vrai"
)
_NO: Final = (
    "no | n | false | f | 0 | off | none | not checked in | không | ko | chưa | sai | falso"
    " | לא | nein | falsch | non | faux"
)
_LANGUAGE_NAMES: Final = {
    "en": "en | english | inglese | tiếng anh | אנגלית | englisch | anglais",
    "vi": "vi | vietnamese | vietnamita | tiếng việt | việt | וייטנאמית | vietnamesisch | vn",
    "it": "it | italian | italiano | italiana | tiếng ý | ý | איטלקית | italienisch | italien",
    "he": "he | hebrew | ebraico | tiếng do thái | עברית | hebräisch | hébreu | iw",
}
_LANGUAGE_TAG: Final = re.compile(r"([a-z]{2})(?:[-_].*)?", re.DOTALL)


class Standing(StrEnum):
    """Whether somebody is coming, by the status of their ticket."""

    COMING = "coming"
    HERE = "here"
    NOT_COMING = "not coming"


_STANDINGS: Final = {
    # Eventbrite; Luma; pretix in English, German, Italian, Vietnamese, Hebrew, French.
    Standing.HERE: "checked in | attended | eingecheckt | check-in effettuato | đã có mặt",
    Standing.COMING: (
        "attending | approved | session | going | confirmed | registered | completed | paid"
        " | pending | pending (confirmed) | valid | placed | manual | offline | unpaid"
        " | bezahlt | ausstehend | ausstehend (bestätigt) | pagato | in attesa | confermato"
        " | in attesa (confermato) | trả tiền | đã trả tiền | đang chờ xử lý"
        " | đang chờ xử lý (xác nhận) | đã xác nhận | שולם | בהמתנה | בהמתנה (מאושר) | מאושר"
        " | payé | en attente | en attente (confirmé) | confirmé"
    ),
    Standing.NOT_COMING: (
        "not attending | refunded | canceled | cancelled | refunded/canceled | deleted"
        " | transferred | abandoned | declined | waitlist | waitlisted | waiting list"
        " | pending_approval | approval pending | invited | rejected | not going | expired"
        " | canceled (paid fee) | abgelaufen | storniert | storniert (bezahlte Gebühr)"
        " | Freigabe ausstehend | scaduto | cancellato | eliminato | annullato"
        " | annullato (quota pagata) | rimborsato | in attesa di approvazione"
        " | hết hạn | hủy bỏ | đã hủy | bị hủy (phí thanh toán) | phê duyệt đang chờ xử lý"
        " | đang chờ phê duyệt | hoàn tiền | פג תוקף | בוטל | בוטל (שולם עמלה) | ממתין לאישור"
        " | הוחזר | expiré | annulé | annulé (frais payés) | approbation en attente | remboursé"
    ),
}


def _folded(phrases: str) -> frozenset[str]:
    return frozenset(map(fold_header, phrases.split(" | ")))


_YES_WORDS: Final = _folded(_YES)
_NO_WORDS: Final = _folded(_NO)
_LANGUAGE_OF: Final = {
    name: code for code, names in _LANGUAGE_NAMES.items() for name in _folded(names)
}
_STANDING_OF: Final = {
    word: standing for standing, words in _STANDINGS.items() for word in _folded(words)
}


def read_email(text: str) -> str | None:
    """Return a cleaned line as a valid address in normal form, or None. Nothing is looked up.

    ``Linh Tran <linh@example.org>`` and ``mailto:`` are understood. An address under a reserved
    name such as ``.test`` or ``.invalid`` is refused, no mail could reach it.
    """
    text = _INVISIBLE.sub("", text).strip()
    if match := _ADDRESS_IN_BRACKETS.fullmatch(text):
        text = match["address"].strip()
    text = text.removeprefix("mailto:")
    if len(text) > EMAIL_LIMIT:
        return None
    try:
        return validate_email(text, check_deliverability=False).normalized
    except ValueError:
        return None


def read_language(text: str) -> str | None:
    """Return the language of the house that a tag (``vi-VN``) or a name ("Italiano") means."""
    if code := _LANGUAGE_OF.get(fold_header(text)):
        return code
    tag = _LANGUAGE_TAG.fullmatch(text.strip().casefold())
    return tag[1] if tag and tag[1] in LANGUAGES else None


def read_wish(text: str) -> int | None:
    """Return how many people somebody wants to meet, or None if that is no number from 1 to 20."""
    match = _WHOLE_NUMBER.fullmatch(text)
    return int(match[1]) if match and int(match[1]) in WISHES else None


def read_yes_or_no(text: str) -> bool | None:
    """Return the answer that a cell gives; None if it is unclear. An empty cell says no."""
    if not text:
        return False
    if text in _CHECK_MARKS:
        return True
    folded = fold_header(text)
    if folded in _YES_WORDS:
        return True
    return False if folded in _NO_WORDS else None


def read_standing(text: str) -> Standing | None:
    """Return what the status of a ticket says, or None for a word nobody knows here."""
    return _STANDING_OF.get(fold_header(text))
