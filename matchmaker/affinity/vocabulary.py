"""Finding the entries of a word table in a text of any of its languages.

Entries are words and short phrases (*bao bì*, *business plan*); the longest one that starts at a
word wins. A word that isn't listed is looked for, in this order: as a Hebrew word with attached
particles, in the other languages (people mix them), without its accents, and last as the
inflection of a listed word that begins alike.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix
from typing import Final, NamedTuple

from matchmaker.affinity.text import Token, fold_word, strip_accents

_FLOATING_TONE: Final = re.compile(
    "(.*(?:o(?=.[ae])|(?<!q)u(?=.y)))([\u0300\u0301\u0303\u0309\u0323])([aey])"
)
_PARTICLES: Final = frozenset("והבלמשכ")
_MOST_PARTICLES: Final = 3
_SHORTEST_BARE: Final = 2

_SHORTEST_INFLECTED: Final = 5
_SHORTEST_SHARED: Final = 4
_LONGEST_ENDING: Final = 3
_NEIGHBOURS: Final = 4
_TRUST_IN_INFLECTION: Final = 0.6
"""How much a guess by common beginning counts beside a listed word."""


class Found(NamedTuple):
    """An entry among tokens ``first`` to before ``end``: its row, and how much to trust it."""

    first: int
    end: int
    row: int
    trust: float


class Vocabulary:
    """The entries of each language, most frequent first, and their rows in a table."""

    def __init__(self, rows: Mapping[str, Mapping[str, int]]) -> None:
        self._rows = {
            language: _respell_entries(words) if language == "vi" else dict(words)
            for language, words in rows.items()
        }
        self._guesses: dict[tuple[str, str], tuple[int, float] | None] = {}
        self._longest = {one: _longest_by_first(words) for one, words in self._rows.items()}
        # Made here rather than when first needed, so that no visitor waits for it.
        self._folded = {one: _fold_entries(words) for one, words in self._rows.items()}
        self._longest_folded = _longest_by_first(self._folded.get("vi", {}))
        self._sorted = {
            one: sorted(word for word in words if " " not in word)
            for one, words in self._rows.items()
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have entries."""
        return tuple(self._rows)

    def count(self, language: str) -> int:
        """Return how many entries a language has."""
        return len(self._rows.get(language, {}))

    def iter_found(self, text: str, tokens: Sequence[Token], language: str) -> Iterator[Found]:
        """Yield the entries of a text from left to right, none overlapping another.

        ``tokens`` are the text's, by ``tokenize``.
        """
        if language == "vi":
            tokens = [token._replace(word=respell_vietnamese(token.word)) for token in tokens]
        entries, longest = self._entries_for(tokens, language)
        place = 0
        while place < len(tokens):
            key, taken = _match_longest(text, tokens, place, entries, longest)
            hit = (entries[key], 1.0) if taken else self._guess(key, language)
            end = place + max(taken, 1)
            if hit is not None:
                yield Found(place, end, *hit)
            place = end

    def _entries_for(
        self, tokens: Sequence[Token], language: str
    ) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return what to match against: for Vietnamese without tones, entries without tones."""
        if language == "vi" and all(token.word == fold_word(token.word) for token in tokens):
            return self._folded.get("vi", {}), self._longest_folded
        return self._rows.get(language, {}), self._longest.get(language, {})

    def _guess(self, word: str, language: str) -> tuple[int, float] | None:
        key = (word, language)
        if key not in self._guesses:
            if len(self._guesses) > _MOST_GUESSES:
                self._guesses.clear()
            self._guesses[key] = self._find_unlisted(word, language)
        return self._guesses[key]

    def _find_unlisted(self, word: str, language: str) -> tuple[int, float] | None:
        if word.isdigit():
            return None
        languages = [language, *(other for other in self._rows if other != language)]
        for lookup in (self._find_listed, self._find_without_particles, self._find_folded):
            for other in languages:
                row = lookup(word, other)
                if row is not None:
                    return row, 1.0
        row = self._find_inflected(word, language)
        return None if row is None else (row, _TRUST_IN_INFLECTION)

    def _find_listed(self, word: str, language: str) -> int | None:
        return self._rows.get(language, {}).get(word)

    def _find_without_particles(self, word: str, language: str) -> int | None:
        if language != "he":
            return None
        for bare in iter_bare(word):
            row = self._find_listed(bare, language)
            if row is not None:
                return row
        return None

    def _find_folded(self, word: str, language: str) -> int | None:
        return self._folded.get(language, {}).get(fold_word(word))

    def _find_inflected(self, word: str, language: str) -> int | None:
        """Return the row of the most frequent entry that shares a long beginning."""
        for candidate in (word, *(iter_bare(word) if language == "he" else ())):
            alike = _share_start(candidate, self._sorted.get(language, []))
            if alike:
                return min(self._rows[language][other] for other in alike)
        return None


_MOST_GUESSES: Final = 50_000


def iter_bare(word: str) -> Iterator[str]:
    """Yield a Hebrew word without its first one, two or three letters, while they are particles."""
    for cut in range(1, _MOST_PARTICLES + 1):
        if word[cut - 1 : cut] not in _PARTICLES or len(word) - cut < _SHORTEST_BARE:
            return
        yield word[cut:]


@lru_cache(maxsize=32_768)
def respell_vietnamese(word: str) -> str:
    """Return a syllable with its tone on the main vowel: *hòa* and *hoà* are one word.

    Both ways of writing the tones of final *oa*, *oe* and *uy* are in use.
    """
    found = _FLOATING_TONE.fullmatch(unicodedata.normalize("NFD", word))
    if found is None:
        return word
    return unicodedata.normalize("NFC", found.expand(r"\1\3\2"))


def _respell_entries(words: Mapping[str, int]) -> dict[str, int]:
    respelt: dict[str, int] = {}
    for entry, row in words.items():
        key = " ".join(map(respell_vietnamese, entry.split(" ")))
        respelt[key] = min(row, respelt.get(key, row))
    return respelt


def _longest_by_first(words: Mapping[str, int]) -> dict[str, int]:
    """Return for each first word of a phrase how many words the longest such phrase has."""
    longest: dict[str, int] = {}
    for entry in words:
        first, space, _ = entry.partition(" ")
        if space:
            longest[first] = max(longest.get(first, 1), entry.count(" ") + 1)
    return longest


def _fold_entries(words: Mapping[str, int]) -> dict[str, int]:
    """Return the entries without accents; where several become one, the most frequent."""
    folded: dict[str, int] = {}
    for entry, row in words.items():
        key = strip_accents(entry)
        # What loses nothing is kept once in memory, not twice.
        folded.setdefault(entry if key == entry else key, row)
    return folded


def _match_longest(
    text: str,
    tokens: Sequence[Token],
    place: int,
    entries: Mapping[str, int],
    longest: Mapping[str, int],
) -> tuple[str, int]:
    """Return the longest entry from ``place`` on and how many words it has, 0 if none is one."""
    first = tokens[place].word
    reach = longest.get(first, 1)
    if reach > 1:
        words = _list_joined(text, tokens[place : place + reach])
        for length in range(len(words), 1, -1):
            key = " ".join(words[:length])
            if key in entries:
                return key, length
    return first, int(first in entries)


def _list_joined(text: str, tokens: Sequence[Token]) -> list[str]:
    """Return the words up to the first that more than a space or hyphen parts from the last."""
    words = [tokens[0].word]
    for before, token in pairwise(tokens):
        if text[before.stop : token.start].strip(" \u00a0-"):
            break
        words.append(token.word)
    return words


def _share_start(word: str, entries: Sequence[str]) -> list[str]:
    """Return the entries that share the longest beginning with a word and little else.

    ``entries`` are in the order of the alphabet, so they stand next to it.
    """
    if len(word) < _SHORTEST_INFLECTED:
        return []
    place = bisect_left(entries, word)
    near = entries[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    shared = {other: len(commonprefix([word, other])) for other in near}
    least = max(_SHORTEST_SHARED, len(word) - _LONGEST_ENDING)
    best = max((length for other, length in shared.items() if _fits(other, length)), default=0)
    return [other for other, length in shared.items() if length == best >= least]


def _fits(other: str, shared: int) -> bool:
    return len(other) - shared <= _LONGEST_ENDING
