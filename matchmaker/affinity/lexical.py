"""Sparse blocks: words and word pairs, and characters within words, weighted by rarity.

Short texts keep every n-gram: reducing them to a few hundred dimensions lost a third of the
first places. Accents are kept, since Vietnamese tones carry meaning; a word without its accents
is an additional, lighter feature. Features are hashed, so there is no vocabulary that a newcomer
could fall out of.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import murmurhash3_32

from matchmaker.affinity.stop_phrases import mark_stops, strip_particle
from matchmaker.affinity.text import fold_word, tokenize

FEATURES: Final = 2**17
FOLDED_WEIGHT: Final = 0.4
PAIR_WEIGHT: Final = 0.8
MIN_GRAM: Final = 3
MAX_GRAM: Final = 5
SHORTEST: Final = 1e-6
"""Rows shorter than this count as rows of zeros."""


Features = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Columns of a text's features, repeated as often as they occur, and what each one counts."""


class HasText(Protocol):
    """A record with a text: all that a lexical block reads."""

    @property
    def text(self) -> str:
        """The text itself."""


@lru_cache(maxsize=1024)
def list_runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words that carry meaning, in runs that no other word interrupts."""
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    tokens = tokenize(text)
    for token, stop in zip(tokens, mark_stops(tokens), strict=True):
        if not stop:
            run.append(token.word)
        elif run:
            runs.append(tuple(run))
            run = []
    return (*runs, tuple(run)) if run else tuple(runs)


def read_word_features(text: str) -> Features:
    """Return the words of a text, their unaccented forms, and pairs of neighbours."""
    columns: list[int] = []
    weights: list[float] = []
    for run in list_runs(text):
        for word in run:
            columns += _hash_word(word)
            weights += (1.0, FOLDED_WEIGHT)
        for first, second in pairwise(run):
            columns.append(_hash_feature(f"{first} {second}"))
            weights.append(PAIR_WEIGHT)
    return np.array(columns, dtype=np.int32), np.array(weights, dtype=np.float32)


def read_char_features(text: str) -> Features:
    """Return the 3- to 5-grams of each word, within word borders."""
    found = [_hash_grams(word) for run in list_runs(text) for word in run]
    columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
    return columns, np.ones(len(columns), dtype=np.float32)


def list_grams(word: str) -> tuple[str, ...]:
    """Return the character n-grams of one word with a space on both sides."""
    padded = f" {word} "
    return tuple(
        padded[start : start + length]
        for length in range(MIN_GRAM, MAX_GRAM + 1)
        for start in range(max(1, len(padded) - length + 1))
    )


READERS: Final[dict[str, Callable[[str], Features]]] = {
    "word": read_word_features,
    "char": read_char_features,
}


@lru_cache(maxsize=4_096)
def _hash_grams(word: str) -> NDArray[np.int32]:
    return np.array([_hash_feature(gram) for gram in list_grams(word)], dtype=np.int32)


@lru_cache(maxsize=4_096)
def _hash_word(word: str) -> tuple[int, int]:
    return _hash_feature(word), _hash_feature("~" + fold_word(strip_particle(word)))


def _hash_feature(feature: str) -> int:
    """Return the column of a feature; the same that scikit-learn's ``FeatureHasher`` gives."""
    return abs(int(murmurhash3_32(feature))) % FEATURES


class LexicalVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Records to L2-normalised sparse rows of shape (n, 2**17), float32.

    ``analyzer`` is ``"word"`` or ``"char"``. Term frequencies count as 1 + log. Rarity comes
    from ``background`` texts and from those given to ``fit``: shares are shrunk to the
    background as if it held ``background_weight`` texts, because thirty people can't tell
    which words are rare. What more than ``common_share`` of texts hold counts nothing.
    """

    def __init__(
        self,
        *,
        analyzer: str = "word",
        background: Sequence[str] = (),
        background_weight: float = 300.0,
        common_share: float = 0.15,
    ) -> None:
        self.analyzer = analyzer
        self.background = background
        self.background_weight = background_weight
        self.common_share = common_share

    def fit(self, records: Sequence[HasText], y: object = None) -> Self:
        """Learn how rare each feature is; ``records`` may be empty."""
        common = count_texts(self.count_texts_of(self.background))
        self.shares_ = common / max(1, len(self.background))
        rows = self.count(records)
        self.rarity_ = self.find_rarity(count_texts(rows), count_filled(rows))
        return self

    def transform(self, records: Sequence[HasText]) -> csr_array:
        """Return one row for each record; a text without any meaning gives a row of zeros."""
        return weigh_rows(self.count(records), self.rarity_)

    def count(self, records: Sequence[HasText]) -> csr_array:
        """Return term frequencies (n, 2**17), damped, not yet weighted by rarity."""
        return self.count_texts_of([record.text for record in records])

    def count_texts_of(self, texts: Sequence[str]) -> csr_array:
        """Return ``count`` of plain texts."""
        if not texts:
            return csr_array((0, FEATURES), dtype=np.float32)
        found = [READERS[self.analyzer](text) for text in texts]
        borders = np.cumsum([0, *(len(columns) for columns, _ in found)])
        columns, weights = (np.concatenate(parts) for parts in zip(*found, strict=True))
        rows = csr_array((weights, columns, borders), shape=(len(texts), FEATURES))
        rows.sum_duplicates()
        rows.data = (1.0 + np.log(np.maximum(rows.data, 1.0))) * np.minimum(rows.data, 1.0)
        return csr_array(rows, dtype=np.float32)

    def find_rarity(self, texts_with: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
        """Return the weight in 0..1 of each feature for counts of an event's own texts."""
        weight = self.background_weight
        share = ((texts_with + weight * self.shares_) / (texts + weight)).astype(np.float32)
        floor = 0.5 / (texts + weight)
        rarity = np.log(np.float32(self.common_share) / np.maximum(share, np.float32(floor)))
        top = math.log(self.common_share / floor)
        return np.asarray(np.clip(rarity / np.float32(top), 0, 1), dtype=np.float32)


def count_texts(rows: csr_array) -> NDArray[np.int64]:
    """Return in how many rows each feature stands."""
    return np.bincount(rows.indices, minlength=rows.shape[1]).astype(np.int64)


def count_filled(rows: csr_array) -> int:
    """Return how many rows hold anything."""
    return int(np.count_nonzero(np.diff(rows.indptr)))


def weigh_rows(rows: csr_array, rarity: NDArray[np.float32]) -> csr_array:
    """Return rows weighted by rarity at length one; rows of zeros stay so."""
    data = rows.data * rarity[rows.indices]
    squares = csr_array((data**2, rows.indices, rows.indptr), shape=rows.shape)
    lengths = np.sqrt(squares.sum(axis=1))
    lengths = np.where(lengths > SHORTEST, lengths, np.inf).astype(np.float32)
    data /= np.repeat(lengths, np.diff(rows.indptr))
    return csr_array((data, rows.indices, rows.indptr), shape=rows.shape, copy=False)
