"""Words of what people write, with their places in the text kept.

Nothing here changes a text: tokens carry character ranges of the original, so that whatever is
shown later is shown in the writer's own letters. Every function takes bounded time, whatever
the input, because only the first ``MAX_CHARS`` characters are read.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

MAX_CHARS: Final = 2000
"""Characters of a text that are read; the form allows 600."""

MAX_WORD: Final = 40

_POINTS: Final = r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_FORMAT: Final = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD: Final = re.compile(
    rf"[^\W_](?:[^\W_]|[{_POINTS}{_FORMAT}]|(?<=[\u05d0-\u05ea])[\"״׳'](?=[\u05d0-\u05ea]))*"
)
_DROPPED: Final = re.compile(rf"[{_FORMAT}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\"״׳']")
_APOSTROPHES: Final = frozenset("'’ʼ")


class Token(NamedTuple):
    """One word: its characters ``text[start:stop]`` and the form used for comparing."""

    start: int
    stop: int
    word: str


class Span(NamedTuple):
    """A character range of an original text, on word borders."""

    start: int
    stop: int


@lru_cache(maxsize=16_384)
def normalize_word(word: str) -> str:
    """Return the comparable form: NFC, lower case, without Hebrew points and format characters."""
    bare = _DROPPED.sub("", word)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", bare).lower())[:MAX_WORD]


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """Return ``strip_accents``, remembered for the words that people write."""
    return strip_accents(word)


def strip_accents(word: str) -> str:
    """Return a Latin word without its accents; words of other scripts come back unchanged."""
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("ı", "i"))


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order, with their places in it."""
    return _tokenize(text[:MAX_CHARS])


@lru_cache(maxsize=256)
def _tokenize(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(found.start(), found.end(), word)
        for found in _WORD.finditer(text)
        if (word := normalize_word(found.group()))
    )
