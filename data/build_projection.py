"""From the encoder's space to the table's: one linear map a language, learnt from our own texts.

A basis holds the directions in which concepts and topics differ once their languages are averaged;
ridge regression then moves each language's map from that basis to where it best sends (a) its
words for a concept, and each word by itself, to the concept's mean over languages, (b) the bags of
words of its sentences to what the encoder makes of them, averaged over languages.
"""

from dataclasses import dataclass

import numpy as np
from build_contrast import spread_means
from build_sentences import LANGUAGES, Sentences
from numpy.typing import NDArray

from matchmaker.affinity.profile import Role

Matrix = NDArray[np.float32]

DIMENSIONS = 64
SENTENCE_SHARE = 0.6
"""Part of the basis that comes from sentences; the rest comes from concept labels."""

SENTENCE_WEIGHT = 2.0
WORD_WEIGHT = 1.0
RIDGE = 1.0


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """What the maps are learnt from, 384 dimensions each.

    ``concepts`` holds the framed labels of each language, one row a concept, ``words`` further
    words for them, each with its concept's row; ``bags`` and ``spoken`` the sums of words and the
    encoder's vectors of the same sentences.
    """

    concepts: dict[str, Matrix]
    words: dict[str, tuple[Matrix, NDArray[np.intp]]]
    sentences: Sentences
    bags: Matrix
    spoken: Matrix

    def select(self, rows: NDArray[np.bool_]) -> "Lessons":
        """Return the lessons without the other rows' sentences."""
        return Lessons(
            concepts=self.concepts,
            words=self.words,
            sentences=self.sentences.select(rows),
            bags=self.bags[rows],
            spoken=self.spoken[rows],
        )


def fit_projections(lessons: Lessons) -> dict[str, Matrix]:
    """Return each language's map (384, DIMENSIONS)."""
    concepts = {one: _average_words(lessons, one) for one in LANGUAGES}
    meanings: Matrix = np.mean(list(concepts.values()), axis=0)
    topics = _average_topics(lessons)
    basis = _find_basis(topics, meanings)
    bags = _centre_cells(lessons.bags, lessons.sentences)
    maps: dict[str, Matrix] = {}
    for language in LANGUAGES:
        rows = np.array([one == language for one in lessons.sentences.languages])
        words, named = lessons.words[language]
        whole = (_scale(concepts[language]), meanings @ basis, 1.0)
        single = (_scale(words), meanings[named] @ basis, WORD_WEIGHT)
        sentences = (_scale(bags[rows]), topics[rows] @ basis, SENTENCE_WEIGHT)
        maps[language] = _regress(basis, [whole, single, sentences])
    return maps


def project(vectors: Matrix, languages: list[str], maps: dict[str, Matrix]) -> Matrix:
    """Return rows (n, DIMENSIONS), each through its language's map."""
    return np.stack([row @ maps[one] for row, one in zip(vectors, languages, strict=True)])


def _average_words(lessons: Lessons, language: str) -> Matrix:
    """Return for each concept the mean of its label and its other words, all centred."""
    sums: Matrix = lessons.concepts[language].copy()
    words, named = lessons.words[language]
    np.add.at(sums, named, words)
    counts = 1 + np.bincount(named, minlength=len(sums))
    means = sums / counts[:, None]
    centred: Matrix = means - means.mean(axis=0)
    return centred


def _regress(basis: Matrix, lessons: list[tuple[Matrix, Matrix, float]]) -> Matrix:
    """Return the map nearest to the basis that sends given rows to wanted ones."""
    gram = np.zeros((len(basis), len(basis)))
    moment = np.zeros(basis.shape)
    for given, wanted, weight in lessons:
        size = np.sqrt(((given @ basis) ** 2).sum(axis=1).mean())
        gram += weight * given.T @ given / len(given)
        moment += weight * given.T @ (size * _scale(wanted)) / len(given)
    ridge = RIDGE * np.trace(gram) / len(basis)
    solved = np.linalg.solve(gram + ridge * np.eye(len(basis)), moment + ridge * basis)
    return solved.astype(np.float32)


def _find_basis(topics: Matrix, meanings: Matrix) -> Matrix:
    shared = SENTENCE_SHARE * _covary(topics) + (1 - SENTENCE_SHARE) * _covary(meanings)
    return np.linalg.eigh(shared)[1][:, ::-1][:, :DIMENSIONS].astype(np.float32)


def _covary(rows: Matrix) -> Matrix:
    covariance = rows.T @ rows
    scaled: Matrix = covariance / np.trace(covariance)
    return scaled


def _scale(rows: Matrix) -> Matrix:
    scaled: Matrix = rows / np.sqrt((rows**2).sum(axis=1).mean())
    return scaled


def _centre_cells(vectors: Matrix, sentences: Sentences) -> Matrix:
    """Return vectors about the mean of their language and role."""
    centred: Matrix = vectors - spread_means(vectors, sentences.number_cells())
    return centred


def _average_topics(lessons: Lessons) -> Matrix:
    """Return for each sentence the mean of its topic and role over the languages."""
    centred = _centre_cells(lessons.spoken, lessons.sentences)
    roles = np.array([list(Role).index(role) for role in lessons.sentences.roles])
    keys = lessons.sentences.topics * len(Role) + roles
    found, places = np.unique(keys, return_inverse=True)
    means = np.array([centred[keys == key].mean(axis=0) for key in found])
    averaged: Matrix = means[places]
    return averaged
