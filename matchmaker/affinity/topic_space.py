"""Which of many known topics a text speaks of, beside what its vector says: from need to answer.

A need seldom resembles its answer ("the tap drips", "twenty years a plumber"), but it resembles
other needs that were answered alike. So a text is also told by how near it is to each of over
thirteen hundred topics that we wrote offers and needs for (``data/networking_sentences.tsv``): an
offer by their offers, a need by their needs. Telling a text by its nearness to known topics is
explicit semantic analysis (Gabrilovich and Markovitch, IJCAI 2007); the nearest few count nearly
alone (a softmax). Vector and topics are joined and narrowed along fixed axes
(``data/build_topics.py``), so a row stays as long as it was. A subject that no topic comes near is
spread over several, which does little harm: the vector itself counts most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.offsets import Matrix, unit_rows
from matchmaker.affinity.profile import Role
from matchmaker.affinity.shipped_arrays import read_arrays
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.settings import find_shipped

SHARPNESS: Final = 15.0
"""How much more a nearer topic counts: e to this times the cosines' difference."""

_CHUNK: Final = 2048


@dataclass(frozen=True, kw_only=True)
class TopicSpace:
    """Known topics in the space of one encoder.

    ``known`` holds unit vectors (topics, dims) of each role; ``whole`` (dims, width) and
    ``about`` (topics, width) bring the vector of a text and its topics onto the joint axes.
    """

    known: Mapping[Role, Matrix]
    whole: Matrix
    about: Matrix

    @property
    def width(self) -> int:
        """The length of a row."""
        return int(self.whole.shape[1])

    def place(self, vectors: Matrix, roles: Sequence[Role]) -> Matrix:
        """Return unit rows (n, width) of texts whose unit vectors (n, dims) are given.

        Rows of zeros, texts in which nothing could be read, stay zeros.

        Raises
        ------
        ValueError
            If there isn't one role per row, or the rows have another length.
        """
        if len(vectors) != len(roles):
            raise ValueError("each vector needs a role")
        if vectors.ndim != 2 or vectors.shape[1] != len(self.whole):
            raise ValueError(f"expected vectors of {len(self.whole)} dimensions")
        rows = np.zeros((len(vectors), self.width), dtype=np.float32)
        for role, known in self.known.items():
            chosen = np.flatnonzero([other is role for other in roles])
            for start in range(0, len(chosen), _CHUNK):
                some = chosen[start : start + _CHUNK]
                about = name_topics(vectors[some], known)
                rows[some] = vectors[some] @ self.whole + about @ self.about
        rows[~np.any(vectors != 0, axis=1)] = 0
        return unit_rows(rows)


def name_topics(vectors: Matrix, known: Matrix) -> Matrix:
    """Return how much each text speaks of each topic: unit rows (n, topics) above 0."""
    near = np.float32(SHARPNESS) * (vectors @ known.T)
    shares: Matrix = np.exp(near - near.max(axis=1, keepdims=True))
    return unit_rows(shares)


def load_topics(encoder: str, folder: Path | None = None) -> TopicSpace:
    """Return the shipped topics of an encoder: ``"e5"`` or ``"table"``.

    Raises
    ------
    DamagedData
        If the file is missing, unreadable, or of shapes that don't fit together.
    """
    path = (folder or find_shipped("data")) / f"topics_{encoder}.npz"
    names = ("offers", "needs", "whole", "about", "about_steps")
    offers, needs, whole, about, steps = read_arrays(path, names)
    dims, width = whole.shape if whole.ndim == 2 else (-1, -1)
    fits = offers.shape == needs.shape == (len(about), dims)
    if not fits or about.shape != (len(steps), width):
        raise DamagedData(path)
    known = {Role.OFFER: offers, Role.NEED: needs}
    return TopicSpace(
        known={role: unit_rows(rows.astype(np.float32)) for role, rows in known.items()},
        whole=whole.astype(np.float32),
        about=about.astype(np.float32) * steps[:, None].astype(np.float32),
    )


def save_topics(topics: TopicSpace, path: Path) -> None:
    """Write topics where ``load_topics`` finds them, rows in steps of one byte."""
    np.savez_compressed(
        path,
        offers=_quantise(topics.known[Role.OFFER]),
        needs=_quantise(topics.known[Role.NEED]),
        whole=topics.whole.astype(np.float16),
        about=_quantise(topics.about),
        about_steps=(np.abs(topics.about).max(axis=1) / 127).astype(np.float32),
    )


def _quantise(rows: Matrix) -> NDArray[np.int8]:
    steps = np.abs(rows).max(axis=1, keepdims=True) / 127
    return np.asarray(np.round(rows / steps), dtype=np.int8)
