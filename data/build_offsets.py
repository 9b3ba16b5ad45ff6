"""Fit how the sentence encoder's vectors are read, and measure it on topics left out.

    PYTHONPATH=. build-venv/bin/python data/build_offsets.py --cache DIR

writes ``offsets_e5.npz`` and ``topics_e5.npz``; ``build_word_table.py`` calls the same functions
for the table. All is learnt from ``networking_sentences.tsv``: one offer and one need a topic, in
four languages.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from build_cache import VectorCache
from build_contrast import Descent, fit_map
from build_measure import measure
from build_sentences import DATA, LANGUAGES, Matrix, Sentences, read_sentences, read_tsv
from build_topics import fit_topics
from build_word_lists import FRAMES, normalize_entry
from numpy.typing import NDArray

from matchmaker.affinity.e5 import encode_text, load_model
from matchmaker.affinity.offsets import OffsetMeans, remove_offsets, unit_rows
from matchmaker.affinity.records import list_views
from matchmaker.affinity.topic_space import TopicSpace, save_topics

DIRECTIONS = 7
"""All that part the means of four languages times two roles."""

WITHIN = 10.0
"""How strongly the spread within a topic is shrunk towards the identity."""

BETWEEN = 0.2
"""How much the directions in which concepts differ are stretched."""

DESCENT = Descent(rate=0.03)

TOPIC_WEIGHT = 0.8


def fit_means(
    vectors: Matrix, sentences: Sentences, directions: int, concepts: Matrix | None = None
) -> OffsetMeans:
    """Return centre, directions between languages and roles, and spread, for these vectors.

    ``concepts`` holds a vector for each concept, averaged over languages and centred; without
    them the spread is the identity.
    """
    number = sentences.number_cells()
    cells = np.array([vectors[number == cell].mean(axis=0) for cell in range(number.max() + 1)])
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
        projection=spread.astype(np.float32),
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
        projection=means.projection.astype(np.float16),
    )


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


def encode_views(cache: VectorCache, texts: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Return the encoder's vectors of whole texts and of their meaningful words alone."""
    views = [list_views(text)[:2] for text in texts]
    missing = [view for some in views for view in some if view not in cache]
    if missing:
        model = load_model()
        cache.add(missing, lambda batch: np.array([encode_text(model, text) for text in batch]))
    return cache.get([some[0] for some in views]), cache.get([some[-1] for some in views])


def learn_map(views: tuple[Matrix, ...], sentences: Sentences, concepts: Matrix) -> OffsetMeans:
    """Return the offsets of these sentences, with a map learnt from them."""
    start = fit_means(views[0], sentences, DIRECTIONS, concepts)
    flat = replace(start, projection=np.eye(start.dimensions, dtype=np.float32))
    rows = mean_views(views, flat)
    size = np.float32(np.sqrt((start.projection**2).sum() / start.dimensions))
    return replace(start, projection=fit_map(rows, start.projection / size, sentences, DESCENT))


def mean_views(views: tuple[Matrix, ...], means: OffsetMeans) -> Matrix:
    """Return one unit row for each text, from all views of it."""
    freed = [remove_offsets(rows, means) for rows in views]
    return unit_rows(np.sum(freed, axis=0))


def join_topics(rows: Matrix, sentences: Sentences) -> TopicSpace:
    """Return the topics of these sentences, on as many axes as the encoder has."""
    return fit_topics(rows, sentences, width=rows.shape[1], weight=TOPIC_WEIGHT)


def main() -> None:
    """Fit, measure and write how the encoder's vectors are read."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for encoder vectors")
    folder = parser.parse_args().cache
    sentences = read_sentences()
    views = encode_views(VectorCache(folder / "sentences"), sentences.texts)
    concepts = average_concepts(encode_concepts(VectorCache(folder / "framed")))

    def keep(train: NDArray[np.bool_]) -> tuple[tuple[Matrix, ...], Sentences]:
        return tuple(rows[train] for rows in views), sentences.select(train)

    def free(train: NDArray[np.bool_], spread: Matrix | None) -> Matrix:
        some, known = keep(train)
        return mean_views(views, fit_means(some[0], known, DIRECTIONS, spread))

    def learn(train: NDArray[np.bool_]) -> Matrix:
        return mean_views(views, learn_map(*keep(train), concepts))

    def join(train: NDArray[np.bool_]) -> Matrix:
        rows = learn(train)
        topics = join_topics(rows[train], sentences.select(train))
        return topics.place(rows, sentences.roles)

    print("e5 raw:", measure(sentences, lambda train: views[0]))
    print("e5 without spread:", measure(sentences, lambda train: free(train, None)))
    print("e5 stretched along concepts:", measure(sentences, lambda train: free(train, concepts)))
    print("e5 through a learnt map:", measure(sentences, learn))
    print("e5 with topics:", measure(sentences, join))
    means = learn_map(views, sentences, concepts)
    write_means(means, "e5")
    rows = mean_views(views, means)
    save_topics(join_topics(rows, sentences), DATA / "topics_e5.npz")


if __name__ == "__main__":
    main()
