"""Finding a contact by whatever one remembers of them."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from matchmaker.people.contact import Contact

LONGEST_QUERY: Final = 100
# Letters that Unicode does not take apart, as they are typed by those who lack them.
_PLAIN: Final = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})


def search_contacts(contacts: Iterable[Contact], query: str) -> list[Contact]:
    """Return the contacts in which every word of ``query`` stands, in the order given.

    Looked through are name, work, event, note and promises; accents and case don't matter, and a
    part of a word is enough.
    """
    words = fold_accents(query[:LONGEST_QUERY]).split()
    return [one for one in contacts if _has_all(_text_of(one), words)]


def fold_accents(text: str) -> str:
    """Return ``text`` without accents, vowel points and case: ``Đỗ`` becomes ``do``."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return bare.translate(_PLAIN)


def _has_all(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _text_of(contact: Contact) -> str:
    card = contact.fields
    words = (
        card.name,
        card.call_name,
        card.organization,
        card.role,
        card.line,
        card.email,
        contact.event_name,
        contact.note,
        *(promise.text for promise in contact.promises),
    )
    return fold_accents("\n".join(words))
