"""A few words of somebody's own text, worth asking about: *How did you get into «…»?*

Stretches of meaningful words, joined by at most a few linking words, are natural phrases in all
four languages; the most distinctive stretch wins. What is returned stands in the text verbatim.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from matchmaker.affinity.background import read_background
from matchmaker.affinity.stop_phrases import mark_stops
from matchmaker.affinity.text import Token, tokenize

Rarity = Callable[[str], float]

MAX_WORDS: Final = 7
_LENGTH_WEIGHTS: Final = (0.4, 0.9, 1.0, 1.0, 0.95, 0.9, 0.8)
_MAX_LINKS: Final = 2
_TIES: Final = frozenset({"", "-", "'", "’", "&", "/"})
_LINK_WORDS: Final = """
of for from in on with and to the a an by at
di del dello della dei degli delle da dal dalla per in con a al alla ai alle e il la lo le i gli
un una dell nell all sul sulla nel nella
của cho từ và bằng về ở tại với trong những các một
של עם על את בין לפי
"""
_LINKS: Final = frozenset(_LINK_WORDS.split())


class _Phrase(NamedTuple):
    start: int
    stop: int
    weight: float


def quote_phrase(text: str, *, avoid: Collection[str] = (), rarity: Rarity | None = None) -> str:
    """Return 2 to 7 words in a row from a text, its most distinctive ones.

    Neither the first nor the last is a function word. A text of a single meaningful word gives
    that word; one without any gives an empty string. ``avoid`` holds phrases not to return;
    ``rarity`` maps a word to how rare it is (``count_rarity`` of the event's texts), by default
    against shipped sentences.
    """
    weigh = rarity or _shipped_rarity()
    barred = {" ".join(phrase.lower().split()) for phrase in avoid}
    found = [
        phrase
        for phrase in _iter_phrases(text, weigh)
        if " ".join(text[phrase.start : phrase.stop].lower().split()) not in barred
    ]
    if not found:
        return ""
    best = max(found, key=lambda phrase: (phrase.weight, -phrase.start))
    return text[best.start : best.stop]


def count_rarity(texts: Sequence[str]) -> Rarity:
    """Return a function from a word to how rare it is among texts: log of texts per use."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({token.word for token in tokenize(text)})
    total = len(texts)

    def weigh(word: str) -> float:
        return math.log((total + 2) / (counts[word] + 1))

    return weigh


@lru_cache(maxsize=1)
def _shipped_rarity() -> Rarity:
    return count_rarity(read_background())


def _iter_phrases(text: str, weigh: Rarity) -> Iterator[_Phrase]:
    tokens = tokenize(text)
    stops = mark_stops(tokens)
    for first, last in _iter_stretches(text, tokens, stops):
        content = [
            weigh(token.word)
            for token, stop in zip(tokens[first : last + 1], stops[first : last + 1], strict=True)
            if not stop
        ]
        length = last + 1 - first
        weight = sum(content) / len(content) * _LENGTH_WEIGHTS[length - 1]
        yield _Phrase(tokens[first].start, tokens[last].stop, weight)


def _iter_stretches(
    text: str, tokens: Sequence[Token], stops: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Yield first and last token of every stretch that begins and ends at a natural border."""
    for first in range(len(tokens)):
        if stops[first] or not _begins(text, tokens, stops, first):
            continue
        links = 0
        for last in range(first, min(first + MAX_WORDS, len(tokens))):
            if last > first and not _is_tied(text, tokens, last):
                break
            links += stops[last]
            if stops[last] and (tokens[last].word not in _LINKS or links > _MAX_LINKS):
                break
            if not stops[last] and (
                _ends(text, tokens, stops, last) or last - first + 1 == MAX_WORDS
            ):
                yield first, last


def _begins(text: str, tokens: Sequence[Token], stops: Sequence[bool], place: int) -> bool:
    return place == 0 or stops[place - 1] or not _is_tied(text, tokens, place)


def _ends(text: str, tokens: Sequence[Token], stops: Sequence[bool], place: int) -> bool:
    after = place + 1
    return after == len(tokens) or stops[after] or not _is_tied(text, tokens, after)


def _is_tied(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether only a space, a hyphen or an apostrophe stands before a word."""
    gap = text[tokens[place - 1].stop : tokens[place].start]
    return "\n" not in gap and gap.strip(" \u00a0") in _TIES
