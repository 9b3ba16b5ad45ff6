"""Distil ``word_table.npz`` from the sentence encoder. Anybody can rerun it:

    python -m venv build-venv
    build-venv/bin/pip install -e . wordfreq==3.1.1 pyvi==0.1.1
    PYTHONPATH=. build-venv/bin/python data/build_word_table.py --cache DIR

It takes under an hour of one core and can be interrupted: what was encoded stays in DIR. How a
word's vector comes about:

1. The encoder reads the word alone and, if it is frequent or of our lexicon, inside a short
   sentence of the kind people write at events (``FRAMES``). A word alone is out of the encoder's
   element: framed ones rank the right foreign answer first half as often again.
2. For rarer words the framed vector is predicted from the lone one by ridge regression on random
   Fourier features (Rahimi and Recht, NIPS 2007), learnt from the words that have both.
3. The mean of its language is subtracted, and the rest goes through its language's map to 64
   dimensions (``build_projection.py``).
4. Its weight falls with its frequency: a / (a + p), a = ``SMOOTHING``.
5. Words of our sentences move to where offers come near their needs (``build_words.py``).

Sums of words are then read as the encoder's vectors are: ``offsets_table.npz`` and
``topics_table.npz``.
"""

import argparse
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from build_cache import VectorCache
from build_contrast import Descent, fit_map
from build_measure import measure
from build_offsets import encode_concepts, encode_views, fit_means, write_means
from build_projection import Lessons, fit_projections
from build_sentences import DATA, LANGUAGES, Matrix, Sentences, read_sentences
from build_topics import fit_topics
from build_word_lists import FRAMES, Frequencies, list_concept_words, list_entries
from build_words import count_words, move_words
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matchmaker.affinity.e5 import load_model
from matchmaker.affinity.offsets import OffsetMeans, remove_offsets, unit_rows
from matchmaker.affinity.stop_phrases import mark_stops
from matchmaker.affinity.text import tokenize
from matchmaker.affinity.topic_space import TopicSpace, save_topics
from matchmaker.affinity.vocabulary import Vocabulary, iter_bare
from matchmaker.affinity.word_table import WordTable

SMOOTHING = 5e-4
STOP_SHARE = 0.2
"""What is left of the weight of words that only ask, offer or tie together."""

WIDTH = 96
"""Of a row that joins a text's 64 dimensions and its topics."""

TOPIC_WEIGHT = 1.0

MAP_DESCENT = Descent(rate=0.03, temperature=0.07)

FEATURES = 3000
RIDGE = 3.0
FRAMED = 6_000
DERIVABLE = 0.8
"""Cosine from which a Hebrew word with particles is left to its bare form."""


class Encoded:
    """Lone and framed vectors of entries, from the caches.

    Framed are the ``framed`` most frequent entries of each language, and all of our lexicon.
    """

    def __init__(self, folder: Path, framed: int) -> None:
        self._alone = VectorCache(folder / "alone")
        self._framed = VectorCache(folder / "framed")
        self._count = framed

    def encode(self, entries: dict[str, Frequencies]) -> None:
        """Encode every entry alone and those to be framed in a frame."""
        model = load_model()
        self._alone.add((word for words in entries.values() for word in words), model.query)
        for language, words in entries.items():
            framed = self._choose(language, words)
            frames = [FRAMES[language].format(word) for word in words if word in framed]
            self._framed.add(frames, model.query)

    def find_vectors(self, entries: dict[str, Frequencies]) -> dict[str, Matrix]:
        """Return vectors (entries, 384) of each language about their mean: framed, or predicted."""
        vectors = {one: _centre(self._alone.get(list(words))) for one, words in entries.items()}
        places: dict[str, NDArray[np.intp]] = {}
        framed: dict[str, Matrix] = {}
        for language, words in entries.items():
            chosen = self._choose(language, words)
            listed = [(row, word) for row, word in enumerate(words) if word in chosen]
            places[language] = np.array([row for row, _ in listed])
            frames = [FRAMES[language].format(word) for _, word in listed]
            framed[language] = _centre(self._framed.get(frames))
        known = np.concatenate([vectors[one][places[one]] for one in entries])
        weights = _fit_prediction(known, np.concatenate([framed[one] for one in entries]))
        for one in entries:
            vectors[one] = _expand(vectors[one]) @ weights
            vectors[one][places[one]] = framed[one]
        return vectors

    def _choose(self, language: str, words: Frequencies) -> set[str]:
        lexicon = itertools.chain(*list_concept_words(language))
        return {*list(words)[: self._count], *lexicon}


def _centre(vectors: Matrix) -> Matrix:
    centred: Matrix = vectors - vectors.mean(axis=0)
    return centred


def _expand(vectors: Matrix) -> Matrix:
    """Return vectors with random cosine features beside them, the same ones every time."""
    draws = np.random.default_rng(0)
    directions = draws.normal(scale=0.6, size=(vectors.shape[1], FEATURES)).astype(np.float32)
    phases = draws.uniform(0, 2 * np.pi, FEATURES).astype(np.float32)
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.hstack([vectors, 0.05 * np.cos(units @ directions + phases)])


def _fit_prediction(alone: Matrix, framed: Matrix) -> Matrix:
    expanded = _expand(alone)
    gram = expanded.T @ expanded + RIDGE * np.eye(expanded.shape[1], dtype=np.float32)
    return np.linalg.solve(gram, expanded.T @ framed)


def keep_underivable(entries: dict[str, Frequencies], vectors: dict[str, Matrix]) -> None:
    """Drop Hebrew words with particles that mean what their bare form means."""
    words = list(entries["he"])
    row = {word: number for number, word in enumerate(words)}
    units = vectors["he"] / np.linalg.norm(vectors["he"], axis=1, keepdims=True)
    kept = []
    for word, number in row.items():
        bare = next((row[form] for form in iter_bare(word) if form in row), None)
        if bare is None or units[number] @ units[bare] <= DERIVABLE:
            kept.append(number)
    entries["he"] = {words[number]: entries["he"][words[number]] for number in kept}
    vectors["he"] = vectors["he"][kept]


def pick_words(
    language: str, words: Frequencies, vectors: Matrix
) -> tuple[Matrix, NDArray[np.intp]]:
    """Return the vectors of listed words that name a concept, and each one's concept number."""
    row = {word: number for number, word in enumerate(words)}
    named = [
        (row[stem], concept)
        for concept, stems in enumerate(list_concept_words(language))
        for stem in stems
        if stem in row
    ]
    return vectors[[one for one, _ in named]], np.array([concept for _, concept in named])


def weigh_words(entries: dict[str, Frequencies]) -> Matrix:
    """Return how much each entry counts, (entries,)."""
    frequency = np.array([p for words in entries.values() for p in words.values()])
    little = [says_little(word) for word in itertools.chain(*entries.values())]
    weights = np.where(little, STOP_SHARE, 1.0) * SMOOTHING / (SMOOTHING + frequency)
    return weights.astype(np.float32)


def build_table(entries: dict[str, Frequencies], vectors: Matrix, weights: Matrix) -> WordTable:
    """Return a table of these entries in steps of one byte, its means not yet fitted."""
    rows: dict[str, dict[str, int]] = {}
    first = 0
    for language, words in entries.items():
        rows[language] = {word: first + rank for rank, word in enumerate(words)}
        first += len(words)
    step = np.abs(vectors).max(axis=1) / 127
    return WordTable(
        vocabulary=Vocabulary(rows),
        vectors=np.round(vectors / step[:, None]).astype(np.int8),
        weights=(weights * step).astype(np.float32),
        means=None,  # type: ignore[arg-type]
        topics=None,  # type: ignore[arg-type]
    )


def says_little(entry: str) -> bool:
    """Return whether an entry only asks, offers or ties other words together."""
    return all(mark_stops(tokenize(entry)))


class Builder:
    """Learns words, offsets and topics from some of the sentences.

    ``vectors`` are all entries' in the encoder's space, language after language.
    """

    def __init__(
        self,
        lessons: Lessons,
        vectors: dict[str, Matrix],
        weights: Matrix,
        counts: csr_array,
    ) -> None:
        self._lessons, self._vectors, self._weights = lessons, vectors, weights
        self._counts = counts

    def learn_words(self, train: NDArray[np.bool_]) -> Matrix:
        """Return the vectors of all entries (entries, DIMENSIONS), times their weights."""
        maps = fit_projections(self._lessons.select(train))
        stacked = np.concatenate([rows @ maps[one] for one, rows in self._vectors.items()])
        known = self._lessons.sentences.select(train)
        return move_words(self._counts[np.flatnonzero(train)], stacked * self._weights, known)

    def sum_words(self, words: Matrix) -> Matrix:
        """Return the unit vectors of all sentences by these weighted words."""
        return unit_rows(np.asarray(self._counts @ words, dtype=np.float32))

    def read_left_out(self, train: NDArray[np.bool_]) -> Matrix:
        """Return all sentences as they are read after learning from some."""
        sentences = self._lessons.sentences
        sums = self.sum_words(self.learn_words(train))
        means = learn_means(sums[train], sentences.select(train))
        rows = remove_offsets(sums, means)
        topics = join_topics(rows[train], sentences.select(train))
        return topics.place(rows, sentences.roles)


def join_topics(rows: Matrix, sentences: Sentences) -> TopicSpace:
    """Return the topics of these sentences in the table's space."""
    return fit_topics(rows, sentences, width=WIDTH, weight=TOPIC_WEIGHT)


def learn_means(sums: Matrix, sentences: Sentences) -> OffsetMeans:
    """Return the offsets of sums of words, with a map learnt from these sentences."""
    means = fit_means(sums, sentences, directions=0)
    rows = remove_offsets(sums, means)
    return replace(means, projection=fit_map(rows, means.projection, sentences, MAP_DESCENT))


def write_table(table: WordTable, entries: dict[str, Frequencies]) -> None:
    """Write the table where ``WordTable.load`` looks for it."""
    words = {
        f"words_{language}": np.frombuffer("\n".join(listed).encode(), dtype=np.uint8)
        for language, listed in entries.items()
    }
    target = DATA / "word_table.npz"
    arrays: dict[str, NDArray[Any]] = {"vectors": table.vectors, "weights": table.weights, **words}
    np.savez_compressed(target, allow_pickle=False, **arrays)
    counts = {language: len(listed) for language, listed in entries.items()}
    print(f"{target.name}: {counts}, {target.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Encode, distil, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for encoder vectors")
    parser.add_argument("--framed", type=int, default=FRAMED, help="framed entries a language")
    options = parser.parse_args()
    entries = {language: list_entries(language) for language in LANGUAGES}
    encoded = Encoded(options.cache, options.framed)
    encoded.encode(entries)
    vectors = encoded.find_vectors(entries)
    keep_underivable(entries, vectors)
    weights = weigh_words(entries)
    sentences = read_sentences()
    table = build_table(entries, np.concatenate(list(vectors.values())), weights)
    counts = count_words(table, sentences)
    wide = np.concatenate(list(vectors.values())) * weights[:, None]
    lessons = Lessons(
        concepts=encode_concepts(VectorCache(options.cache / "framed")),
        words={one: pick_words(one, entries[one], vectors[one]) for one in LANGUAGES},
        sentences=sentences,
        bags=unit_rows(np.asarray(counts @ wide, dtype=np.float32)),
        spoken=encode_views(VectorCache(options.cache / "sentences"), sentences.texts)[0],
    )
    builder = Builder(lessons, vectors, weights[:, None], counts)
    print("table, topics left out:", measure(sentences, builder.read_left_out))
    words = builder.learn_words(np.ones(len(sentences.texts), dtype=bool))
    table = build_table(entries, words / weights[:, None], weights)
    sums = table.sum_words(sentences.texts, sentences.languages)
    means = learn_means(sums, sentences)
    rows = remove_offsets(sums, means)
    write_means(means, "table")
    save_topics(join_topics(rows, sentences), DATA / "topics_table.npz")
    write_table(table, entries)


if __name__ == "__main__":
    main()
