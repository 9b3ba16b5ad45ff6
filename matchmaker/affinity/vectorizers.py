"""Dense transformers: sentence vectors computed elsewhere, and the static word table."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from matchmaker.affinity.blocks import Floats, TextRecord, normalize_rows
from matchmaker.affinity.offsets import OffsetMeans, remove_offsets
from matchmaker.affinity.profile import Role
from matchmaker.affinity.topic_space import TopicSpace
from matchmaker.affinity.word_table import WordTable

SEMANTIC_DIMENSIONS: Final = 384
_SHORTEST: Final = 1e-9

EVENT_STRENGTH: Final = 10
"""How many neutral texts stand beside a room's own: three people don't erase their own topic."""


class DenseVectorizer(TransformerMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """Records to dense rows of length one, shape (n, width), float32.

    ``fit`` learns what the texts of each role have in common, shrunk towards nothing as if
    ``EVENT_STRENGTH`` neutral texts stood beside them; ``transform`` takes it out.
    """

    width: int

    @abstractmethod
    def encode(self, records: Sequence[TextRecord]) -> Floats:
        """Return rows of length one (zeros where nothing can be read), before centring."""

    @abstractmethod
    def encode_items(self, records: Sequence[TextRecord]) -> tuple[Floats, NDArray[np.intp]]:
        """Return one row for each separate thing the texts speak of, and how many each has.

        A text of one piece has none.
        """

    def fit(self, records: Sequence[TextRecord], y: object = None) -> Self:
        """Learn the centre of each role; ``records`` may be empty."""
        rows = self.encode(records)
        self.centres_ = {
            role: find_centre(rows[[record.role is role for record in records]]) for role in Role
        }
        return self

    def transform(self, records: Sequence[TextRecord]) -> Floats:
        """Return one row for each record."""
        rows = self.encode(records)
        for role, centre in self.centres_.items():
            chosen = np.array([record.role is role for record in records], dtype=bool)
            rows[chosen] = centre_rows(rows[chosen], centre)
        return rows


class SemanticVectorizer(DenseVectorizer):
    """The mean of a record's sentence vectors, read for what they are about.

    Language and role are taken out by ``means``, and ``topics`` says what each text is near;
    None leaves a step out.
    """

    def __init__(
        self, *, means: OffsetMeans | None = None, topics: TopicSpace | None = None
    ) -> None:
        self.means = means
        self.topics = topics

    @property
    def width(self) -> int:  # type: ignore[override]
        """The length of a row."""
        return self.topics.width if self.topics else SEMANTIC_DIMENSIONS

    def encode(self, records: Sequence[TextRecord]) -> Floats:
        """Return rows (n, width); a record without sentence vectors gives zeros."""
        rows = np.zeros((len(records), SEMANTIC_DIMENSIONS), dtype=np.float32)
        views = [(n, view) for n, record in enumerate(records) for view in record.views]
        if not views:
            return np.zeros((len(records), self.width), dtype=np.float32)
        owners = [n for n, _ in views]
        topical = self._take_out(np.stack([view for _, view in views]))
        np.add.at(rows, owners, topical)
        return self._place(normalize_rows(rows), records)

    def encode_items(self, records: Sequence[TextRecord]) -> tuple[Floats, NDArray[np.intp]]:
        """Return one row (width,) for each item with a vector, and how many each record has."""
        counts = np.array([len(record.item_views) for record in records], dtype=np.intp)
        views = [view for record in records for view in record.item_views]
        if not views:
            return np.zeros((0, self.width), dtype=np.float32), counts
        owners = [record for record in records for _ in record.item_views]
        return self._place(self._take_out(np.stack(views)), owners), counts

    def _place(self, topical: Floats, records: Sequence[TextRecord]) -> Floats:
        if self.topics is None:
            return topical
        return self.topics.place(topical, [record.role for record in records])

    def _take_out(self, vectors: NDArray[np.float32]) -> Floats:
        if self.means is None:
            return normalize_rows(vectors)
        return remove_offsets(vectors.astype(np.float32), self.means)


class TableVectorizer(DenseVectorizer):
    """Rows of the static word table."""

    def __init__(self, *, table: WordTable) -> None:
        self.table = table

    @property
    def width(self) -> int:  # type: ignore[override]
        """The length of a row."""
        return self.table.width

    def encode(self, records: Sequence[TextRecord]) -> Floats:
        """Return rows (n, width); a text without a known word gives zeros."""
        return self._encode([record.text for record in records], records)

    def encode_items(self, records: Sequence[TextRecord]) -> tuple[Floats, NDArray[np.intp]]:
        """Return one row (width,) for each item, and how many each record has."""
        counts = np.array([len(record.items) for record in records], dtype=np.intp)
        texts = [item for record in records for item in record.items]
        owners = [record for record in records for _ in record.items]
        return self._encode(texts, owners), counts

    def _encode(self, texts: Sequence[str], records: Sequence[TextRecord]) -> Floats:
        if not texts:
            return np.zeros((0, self.width), dtype=np.float32)
        languages = [record.language for record in records]
        return self.table.encode(texts, languages, [record.role for record in records])


def find_centre(rows: Floats) -> Floats:
    """Return the mean of rows that aren't zero, shrunk by ``EVENT_STRENGTH`` neutral rows."""
    known = int(np.count_nonzero(np.any(rows != 0, axis=1)))
    return shrink_centre(rows.sum(axis=0, dtype=np.float64), known)


def shrink_centre(total: NDArray[np.float64], count: int) -> Floats:
    """Return the centre of ``count`` rows with this sum."""
    return np.asarray(total / (count + EVENT_STRENGTH), dtype=np.float32)


def centre_rows(rows: Floats, centre: Floats, *, out: Floats | None = None) -> Floats:
    """Return rows less the centre at length one, in ``out`` if given; rows of zeros stay so."""
    centred = np.subtract(rows, centre, out=out, dtype=np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    # In place: at a join this is most of what memory is asked for.
    centred /= np.where(lengths > _SHORTEST, lengths, np.float32(1))[:, None]
    centred[~rows.any(axis=1)] = 0
    return centred
