"""Fit what each encoder's vectors have to be freed of, and measure it on topics left out.

    PYTHONPATH=. build-venv/bin/python data/build_offsets.py --cache DIR     # refits offsets_e5.npz

``build_word_table.py`` calls the same functions for the table. All is learnt from
``networking_sentences.tsv``: one offer and one need a topic, in four languages.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from build_cache import VectorCache
from build_word_lists import FRAMES, LANGUAGES, normalize_entry, read_tsv
from numpy.typing import NDArray

from matchmaker.affinity.e5 import encode_text, load_model
from matchmaker.affinity.offsets import OffsetMeans, remove_offsets, unit_rows
from matchmaker.affinity.profile import Role

Matrix = NDArray[np.float32]

DATA = Path(__file__).resolve().parent

DIRECTIONS = 7
"""All that part the means of four languages times two roles."""

WITHIN = 10.0
"""How strongly the spread within a topic is shrunk towards the identity."""

BETWEEN = 0.2
"""How much the directions in which concepts differ are stretched."""


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Parallel sentences, one row each: text, topic number, language, role."""

    texts: list[str]
    topics: NDArray[np.intp]
    languages: list[str]
    roles: list[Role]

    def select(self, rows: NDArray[np.bool_]) -> "Sentences":
        """Return the sentences of these rows."""
        kept = np.flatnonzero(rows)
        return Sentences(
            texts=[self.texts[row] for row in kept],
            topics=self.topics[kept],
            languages=[self.languages[row] for row in kept],
            roles=[self.roles[row] for row in kept],
        )


def read_sentences() -> Sentences:
    """Return our own networking sentences."""
    rows = read_tsv("networking_sentences.tsv")
    names = sorted({row["topic"] for row in rows})
    cells = [(row, language) for row in rows for language in LANGUAGES]
    return Sentences(
        texts=[row[language] for row, language in cells],
        topics=np.array([names.index(row["topic"]) for row, _ in cells]),
        languages=[language for _, language in cells],
        roles=[Role(row["role"]) for row, _ in cells],
    )


def fit_means(
    vectors: Matrix, sentences: Sentences, directions: int, concepts: Matrix | None = None
) -> OffsetMeans:
    """Return centre, directions between languages and roles, and spread, for these vectors.

    ``concepts`` holds a vector for each concept, averaged over languages and centred; without
    them the spread is the identity.
    """
    cells = np.array(
        [
            vectors[
                [
                    (one, other) == (language, role)
                    for one, other in zip(sentences.languages, sentences.roles, strict=True)
                ]
            ].mean(axis=0)
            for language in LANGUAGES
            for role in Role
        ]
    )
    centre = cells.mean(axis=0)
    joined = np.linalg.svd(cells - centre, full_matrices=False)[2][:directions]
    centred = vectors - centre
    topical = unit_rows(centred - (centred @ joined.T) @ joined)
    spread: Matrix = np.eye(vectors.shape[1], dtype=np.float32)
    if concepts is not None:
        parted = unit_rows(concepts - (concepts @ joined.T) @ joined)
        spread = _fit_spread(topical, sentences.topics, parted - parted.mean(axis=0))
    return OffsetMeans(
        centre=centre.astype(np.float32),
        directions=joined.astype(np.float32),
        spread=spread.astype(np.float32),
    )


def _fit_spread(topical: Matrix, topics: NDArray[np.intp], concepts: Matrix) -> Matrix:
    """Return the symmetric map that shrinks differences within topics, stretches concepts'."""
    found, number = np.unique(topics, return_inverse=True)
    centres = np.array([topical[number == one].mean(axis=0) for one in range(len(found))])
    rest = topical - centres[number]
    dimensions = topical.shape[1]
    within = rest.T @ rest
    shrunk = within / (np.trace(within) / dimensions) + WITHIN * np.eye(dimensions)
    whiten = _power(shrunk / (1 + WITHIN), -0.5)
    between = whiten @ (concepts.T @ concepts) @ whiten
    stretched = np.eye(dimensions) + BETWEEN * between / (np.trace(between) / dimensions)
    return _power(whiten @ stretched @ whiten, 0.5)


def _power(symmetric: Matrix, exponent: float) -> Matrix:
    values, vectors = np.linalg.eigh(symmetric)
    powered: Matrix = (vectors * np.maximum(values, 1e-9) ** exponent) @ vectors.T
    return powered


def write_means(means: OffsetMeans, encoder: str) -> None:
    """Write the means where ``offsets.load_means`` looks for them."""
    np.savez_compressed(
        DATA / f"offsets_{encoder}.npz",
        centre=means.centre,
        directions=means.directions,
        spread=means.spread.astype(np.float16),
    )


def measure(sentences: Sentences, free: Callable[[NDArray[np.bool_]], Matrix]) -> str:
    """Return R@1/R@5/MRR of *mixed* pools of 20 topics that nothing was learnt from.

    ``free`` gets which sentences it may learn from and returns unit vectors of all of them. Each
    need ranks the offers of its pool, one a topic in a random language; needs whose answer is in
    another language count. Four random partitions of the topics in three.
    """
    topics = np.unique(sentences.topics)
    ranks: list[int] = []
    for seed in range(4):
        draws = np.random.default_rng(seed)
        for part in np.array_split(draws.permutation(topics), 3):
            rows = free(~np.isin(sentences.topics, part))
            ranks += _rank_mixed(rows, sentences, part, draws)
    found = np.array(ranks)
    return f"{(found == 1).mean():.3f}/{(found <= 5).mean():.3f}/{(1 / found).mean():.3f}"


def _rank_mixed(
    rows: Matrix, sentences: Sentences, part: NDArray[np.intp], draws: np.random.Generator
) -> list[int]:
    place = {
        (topic, language, role): row
        for row, (topic, language, role) in enumerate(
            zip(sentences.topics, sentences.languages, sentences.roles, strict=True)
        )
    }
    ranks: list[int] = []
    for _ in range(30):
        spoken = [LANGUAGES[number] for number in draws.integers(len(LANGUAGES), size=len(part))]
        offers = [place[topic, one, Role.OFFER] for topic, one in zip(part, spoken, strict=True)]
        for language in LANGUAGES:
            needs = [place[topic, language, Role.NEED] for topic in part]
            scores = rows[needs] @ rows[offers].T
            above = (scores > np.diag(scores)[:, None]).sum(axis=1) + 1
            ranks += [int(rank) for rank, one in zip(above, spoken, strict=True) if one != language]
    return ranks


def encode_concepts(cache: VectorCache) -> dict[str, Matrix]:
    """Return the vectors of concept labels in a frame, centred for each language: (concepts, 384).

    A label alone is out of the encoder's element, see ``build_word_table.py``.
    """
    rows = read_tsv("concepts.tsv")
    framed = {
        language: [FRAMES[language].format(normalize_entry(row[language])) for row in rows]
        for language in LANGUAGES
    }
    missing = [text for texts in framed.values() for text in texts if text not in cache]
    if missing:
        cache.add(missing, load_model().query)
    vectors = {language: cache.get(texts) for language, texts in framed.items()}
    return {language: rows - rows.mean(axis=0) for language, rows in vectors.items()}


def average_concepts(concepts: dict[str, Matrix]) -> Matrix:
    """Return one centred vector a concept, its mean over languages."""
    averaged = np.mean(list(concepts.values()), axis=0)
    centred: Matrix = averaged - averaged.mean(axis=0)
    return centred


def encode_sentences(cache: VectorCache, texts: Sequence[str]) -> Matrix:
    """Return the encoder's vectors of whole sentences, as the product computes them."""
    missing = [text for text in texts if text not in cache]
    if missing:
        model = load_model()
        cache.add(missing, lambda batch: np.array([encode_text(model, text) for text in batch]))
    return cache.get(texts)


def main() -> None:
    """Fit, measure and write the encoder's means."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for encoder vectors")
    folder = parser.parse_args().cache
    sentences = read_sentences()
    vectors = encode_sentences(VectorCache(folder / "sentences"), sentences.texts)
    concepts = average_concepts(encode_concepts(VectorCache(folder / "framed")))

    def free(train: NDArray[np.bool_], spread: Matrix | None) -> Matrix:
        means = fit_means(vectors[train], sentences.select(train), DIRECTIONS, spread)
        return remove_offsets(vectors, sentences.languages, sentences.roles, means)

    print("e5 raw:", measure(sentences, lambda train: vectors))
    print("e5 without spread:", measure(sentences, lambda train: free(train, None)))
    print("e5:", measure(sentences, lambda train: free(train, concepts)))
    write_means(fit_means(vectors, sentences, DIRECTIONS, concepts), "e5")


if __name__ == "__main__":
    main()
