"""Why somebody's offer answers somebody's need: shares of the score, and words of both texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block
from matchmaker.affinity.concepts import ConceptHit, ConceptLexicon
from matchmaker.affinity.stop_phrases import mark_stops, strip_particle
from matchmaker.affinity.text import Span, Token, fold_word, tokenize
from matchmaker.affinity.vocabulary import respell_vietnamese
from matchmaker.affinity.word_table import WordTable

_STEM_LETTERS: Final = 5
_SHARED_PART: Final = 0.7
_NEAR_MEANING: Final = 0.55
_SAME_MEANING: Final = 0.7


@dataclass(frozen=True, kw_only=True)
class BlockShare:
    """What one block adds to the raw score."""

    block: Block
    value: float


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One direction of a match, explained from the texts alone.

    ``shares`` add up to ``raw``, the score before calibration; ``affinity`` is the calibrated
    one in 0..1. Marks are character ranges of the giver's offer and the taker's need, on word
    borders, in text order, without overlaps; ``concepts`` are ids of the lexicon that both
    texts hold.
    """

    affinity: float
    raw: float
    shares: tuple[BlockShare, ...]
    giver_marks: tuple[Span, ...] = ()
    taker_marks: tuple[Span, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Places in two texts that speak of the same, and the concepts both hold."""

    giver: tuple[Span, ...]
    taker: tuple[Span, ...]
    concepts: tuple[str, ...]


def find_marks(
    offer: str,
    need: str,
    *,
    languages: tuple[str, str],
    lexicon: ConceptLexicon | None = None,
    table: WordTable | None = None,
) -> Marks:
    """Return what both texts share: words, concepts, and words that the table aligns."""
    given = _read(offer, languages[0], lexicon, table)
    taken = _read(need, languages[1], lexicon, table)
    spans = _pair_words(given, taken)
    aligned = _align(given, taken)
    spans.giver.extend(_mark_content(given, [one for one, _ in aligned]))
    spans.taker.extend(_mark_content(taken, [other for _, other in aligned]))
    asked = {hit.concept for hit in taken.hits}
    concepts = tuple(dict.fromkeys(hit.concept for hit in given.hits if hit.concept in asked))
    for found, side in ((given, spans.giver), (taken, spans.taker)):
        side.extend(_mark_content(found, [h.span for h in found.hits if h.concept in concepts]))
    return Marks(
        giver=merge_spans(spans.giver, offer),
        taker=merge_spans(spans.taker, need),
        concepts=concepts,
    )


@dataclass(frozen=True, kw_only=True)
class _Text:
    """What is read of one text, whatever it is compared with; ``bare`` if it has no accents."""

    bare: bool
    content: tuple[Token, ...]
    hits: tuple[ConceptHit, ...]
    words: tuple[Span, ...]
    vectors: NDArray[np.float32]


@lru_cache(maxsize=256)
def _read(
    text: str, language: str, lexicon: ConceptLexicon | None, table: WordTable | None
) -> _Text:
    """Read a text once for all those to whom it is explained, one after the other."""
    tokens = tokenize(text)
    words = table.word_vectors(text, language) if table is not None else []
    return _Text(
        bare=all(token.word == fold_word(token.word) for token in tokens),
        content=tuple(t for t, stop in zip(tokens, mark_stops(tokens), strict=True) if not stop),
        hits=tuple(lexicon.find_hits(text, language)) if lexicon is not None else (),
        words=tuple(Span(start, stop) for start, stop, _ in words),
        vectors=np.array([vector for _, _, vector in words], dtype=np.float32),
    )


def _align(given: _Text, taken: _Text) -> list[tuple[Span, Span]]:
    """Return words of both texts that mean alike, in one language or across two.

    Two words are aligned where each is the other's nearest (competitive linking, Melamed 2000)
    and near enough, or where they are so near that they can only mean the same.
    """
    if not given.words or not taken.words:
        return []
    cosines = given.vectors @ taken.vectors.T
    nearest, nearest_back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    return [
        (one, taken.words[other])
        for place, one in enumerate(given.words)
        for other in [int(nearest[place])]
        if cosines[place, other] >= _SAME_MEANING
        or (nearest_back[other] == place and cosines[place, other] >= _NEAR_MEANING)
    ]


@dataclass
class _Found:
    giver: list[Span]
    taker: list[Span]


def _pair_words(given: _Text, taken: _Text) -> _Found:
    fold = given.bare or taken.bare
    pairs = [
        (Span(one.start, one.stop), Span(other.start, other.stop))
        for one in given.content
        for other in taken.content
        if is_same_word(one.word, other.word, fold=fold)
    ]
    return _Found(giver=[one for one, _ in pairs], taker=[other for _, other in pairs])


def is_same_word(one: str, other: str, *, fold: bool) -> bool:
    """Return whether two words are forms of one: equal but for a particle or the ending.

    ``fold`` compares them without accents, as is right where one of the writers used none: in
    Vietnamese *báo* and *bảo* are two words.
    """
    if one == other:
        return True
    first, second = strip_particle(one), strip_particle(other)
    bring = fold_word if fold else respell_vietnamese
    first, second = bring(first), bring(second)
    if first == second:
        return True
    shorter, longer = sorted((len(first), len(second)))
    same = 0
    while same < shorter and first[same] == second[same]:
        same += 1
    return same >= max(_STEM_LETTERS, _SHARED_PART * longer)


def merge_spans(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return spans in order, joined where they overlap or only a space lies between them."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and not text[merged[-1].stop : span.start].strip(" "):
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return tuple(merged)


def _mark_content(text: _Text, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the words inside spans that carry meaning."""
    for token in text.content:
        if any(span.start <= token.start < span.stop for span in spans):
            yield Span(token.start, token.stop)
