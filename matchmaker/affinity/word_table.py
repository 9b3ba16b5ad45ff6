"""Vectors of words, distilled from the sentence encoder: the light way to compare texts.

A text is the weighted sum of its words' vectors, rare words counting more (smooth inverse
frequency: Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings",
ICLR 2017), then freed of what its role and language add, and joined by the topics it is near
(``topic_space``). ``data/build_word_table.py`` makes the table: each vector is that of the word
inside a short sentence of the kind people write at events, moved by our own sentences.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.offsets import OffsetMeans, load_means, remove_offsets, unit_rows
from matchmaker.affinity.profile import Role
from matchmaker.affinity.shipped_arrays import read_arrays
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.affinity.stop_phrases import mark_stops
from matchmaker.affinity.text import tokenize
from matchmaker.affinity.topic_space import TopicSpace, load_topics
from matchmaker.affinity.vocabulary import Vocabulary
from matchmaker.settings import find_shipped

LANGUAGES: Final = ("en", "vi", "it", "he")

_MOST_TIMES: Final = 2.0
"""Saying a word a third time adds nothing: a short text can't be drowned in one word."""


class WordTable:
    """Words and short phrases of several languages in one space of ``dimensions``.

    ``vectors`` is (entries, dimensions) int8, ``weights`` (entries,) what one step of int8 counts.
    """

    def __init__(
        self,
        *,
        vocabulary: Vocabulary,
        vectors: NDArray[np.int8],
        weights: NDArray[np.float32],
        means: OffsetMeans,
        topics: TopicSpace,
    ) -> None:
        self.vocabulary = vocabulary
        self.vectors = vectors
        self.weights = weights
        self.means = means
        self.topics = topics

    @property
    def dimensions(self) -> int:
        """The length of a word's vector."""
        return int(self.vectors.shape[1])

    @property
    def width(self) -> int:
        """The length of a text's row."""
        return self.topics.width

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the shipped table, or the one at ``path``.

        Raises
        ------
        DamagedData
            If the table, or the means or topics beside it, are missing, unreadable, or don't fit
            together.
        """
        source = path or find_shipped("data") / "word_table.npz"
        names = ("vectors", "weights", *(f"words_{language}" for language in LANGUAGES))
        vectors, weights, *words = read_arrays(source, names)
        try:
            rows = _read_words({one: a.tobytes() for one, a in zip(LANGUAGES, words, strict=True)})
        except UnicodeDecodeError as error:
            raise DamagedData(source) from error
        means = load_means("table", source.parent)
        listed = sum(map(len, rows.values()))
        topics = load_topics("table", source.parent)
        dims = means.dimensions
        if vectors.dtype != np.int8 or not vectors.shape[1:] == (dims,) == topics.whole.shape[:1]:
            raise DamagedData(source)
        if not len(vectors) == len(weights) == listed or weights.ndim != 1:
            raise DamagedData(source)
        return cls(
            vocabulary=Vocabulary(rows),
            vectors=vectors,
            weights=weights.astype(np.float32),
            means=means,
            topics=topics,
        )

    def encode(
        self, texts: Sequence[str], languages: Sequence[str], roles: Sequence[Role]
    ) -> NDArray[np.float32]:
        """Return unit rows (n, width); a text without a known word gives zeros."""
        sums = self.sum_words(texts, languages)
        freed = remove_offsets(sums, self.means)
        return self.topics.place(freed, roles)

    def sum_words(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors (n, dimensions) of texts before offsets are removed."""
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for place, (text, language) in enumerate(zip(texts, languages, strict=True)):
            rows, times = self.count_words(text, language)
            if len(rows):
                sums[place] = (self.weights[rows] * times) @ self.vectors[rows]
        return unit_rows(sums)

    def count_words(self, text: str, language: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the entries found in a text, each once, and how much each is said there."""
        counts: dict[int, float] = {}
        for found in self.vocabulary.iter_found(text, tokenize(text), language):
            counts[found.row] = counts.get(found.row, 0.0) + found.trust
        rows = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        return rows, np.sqrt(np.minimum(times, _MOST_TIMES))

    def word_vectors(self, text: str, language: str) -> list[tuple[int, int, NDArray[np.float32]]]:
        """Return start, stop and unit vector (dimensions,) of each word or phrase with a meaning.

        Vectors of different languages are comparable: translations point alike. Words that only
        ask, offer or tie others together are left out.
        """
        tokens = tokenize(text)
        stops = mark_stops(tokens)
        return [
            (tokens[found.first].start, tokens[found.end - 1].stop, self._unit(found.row))
            for found in self.vocabulary.iter_found(text, tokens, language)
            if not all(stops[found.first : found.end])
        ]

    def _unit(self, row: int) -> NDArray[np.float32]:
        unit: NDArray[np.float32] = unit_rows(self.vectors[row : row + 1].astype(np.float32))[0]
        return unit


def _read_words(stored: dict[str, bytes]) -> dict[str, dict[str, int]]:
    """Return the row of every entry; rows run on from one language to the next."""
    rows: dict[str, dict[str, int]] = {}
    first = 0
    for language, joined in stored.items():
        words = joined.decode("utf-8").split("\n")
        rows[language] = {word: first + rank for rank, word in enumerate(words)}
        first += len(words)
    return rows
