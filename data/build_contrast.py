"""Learning from our own sentences what brings a need to its answer: gradient descent from a start.

In each step every topic of a batch shows one offer and one need, each in a language drawn at
random, and every offer has to find its need among all of the batch and the other way round
(InfoNCE: van den Oord, Li and Vinyals, 2018, arXiv:1807.03748). The descent is plain, short and
begins at a map that is good already: stopping early is what keeps it from learning the sentences
by heart, which on topics left out did better than any other restraint that was tried.
"""

from dataclasses import dataclass

import numpy as np
from build_sentences import LANGUAGES, Matrix, Sentences
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matchmaker.affinity.profile import Role

BATCH = 256
_SHORTEST = 1e-6


@dataclass(frozen=True, kw_only=True)
class Descent:
    """How far to go: ``rate`` of a step, ``steps``, and the softmax's ``temperature``."""

    rate: float
    steps: int = 400
    temperature: float = 0.05


def fit_map(
    rows: Matrix | csr_array, start: Matrix, sentences: Sentences, descent: Descent
) -> Matrix:
    """Return a map (width, dims) near ``start`` under which offers come near their needs.

    ``rows`` (n, width) belong to the sentences. What a language and role have in common is taken
    out after the map, and followed while the map changes.
    """
    draws = np.random.default_rng(0)
    places, cells = _find_places(sentences), sentences.number_cells()
    found = start.copy()
    means = np.zeros((len(sentences.texts), start.shape[1]), dtype=np.float32)
    for step in range(descent.steps):
        if step % 100 == 0:
            means = spread_means(np.asarray(rows @ found), cells)
        offers, needs = _draw_pairs(places, draws)
        gradient = _find_gradient(rows, found, means, offers, needs, descent.temperature)
        found -= np.float32(descent.rate * _slow_down(step / descent.steps)) * gradient
    return found


def spread_means(rows: Matrix, cells: NDArray[np.intp]) -> Matrix:
    """Return for each row the mean of its cell."""
    means = np.array([rows[cells == cell].mean(axis=0) for cell in range(cells.max() + 1)])
    spread: Matrix = means[cells].astype(np.float32)
    return spread


def _slow_down(done: float) -> float:
    """Return what is left of the rate: whole for two thirds of the way, then falling."""
    return min(1.0, 3 * (1 - done) + 0.05)


def _find_places(sentences: Sentences) -> NDArray[np.intp]:
    """Return the row of each topic, language and role: (topics, languages, 2)."""
    topics, numbers = np.unique(sentences.topics, return_inverse=True)
    spoken = np.array([LANGUAGES.index(one) for one in sentences.languages])
    roles = np.array([list(Role).index(one) for one in sentences.roles])
    places = np.zeros((len(topics), len(LANGUAGES), len(Role)), dtype=np.intp)
    places[numbers, spoken, roles] = np.arange(len(numbers))
    return places


def _draw_pairs(
    places: NDArray[np.intp], draws: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    topics = draws.choice(len(places), size=min(BATCH, len(places)), replace=False)
    spoken = draws.integers(len(LANGUAGES), size=(2, len(topics)))
    one, other = (list(Role).index(role) for role in (Role.OFFER, Role.NEED))
    return places[topics, spoken[0], one], places[topics, spoken[1], other]


def _find_gradient(
    rows: Matrix | csr_array,
    found: Matrix,
    means: Matrix,
    offers: NDArray[np.intp],
    needs: NDArray[np.intp],
    temperature: float,
) -> Matrix:
    given, asked = rows[offers], rows[needs]
    giving, lengths = _normalise(np.asarray(given @ found) - means[offers])
    asking, others = _normalise(np.asarray(asked @ found) - means[needs])
    pull = _find_pull(asking @ giving.T / np.float32(temperature)) / np.float32(temperature)
    of_asking = _through_length(pull @ giving, asking, others)
    of_giving = _through_length(pull.T @ asking, giving, lengths)
    gradient: Matrix = np.asarray(given.T @ of_giving + asked.T @ of_asking, dtype=np.float32)
    return gradient


def _find_pull(scores: Matrix) -> Matrix:
    """Return the gradient of both cross entropies, their mean over pairs, by the scores."""
    by_row = np.exp(scores - scores.max(axis=1, keepdims=True))
    by_column = np.exp(scores - scores.max(axis=0))
    by_row /= by_row.sum(axis=1, keepdims=True)
    by_column /= by_column.sum(axis=0)
    pull: Matrix = (by_row + by_column - 2 * np.eye(len(scores))) / (2 * len(scores))
    return pull.astype(np.float32)


def _normalise(vectors: Matrix) -> tuple[Matrix, Matrix]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(_SHORTEST)
    return vectors / lengths, lengths


def _through_length(gradient: Matrix, units: Matrix, lengths: Matrix) -> Matrix:
    """Return a gradient by unit vectors as one by the vectors before they were normalised."""
    along = (gradient * units).sum(axis=1, keepdims=True)
    through: Matrix = (gradient - units * along) / lengths
    return through
