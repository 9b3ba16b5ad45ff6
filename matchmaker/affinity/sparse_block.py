"""Sparse rows of a pool, weighted by how rare each feature is among whoever is in it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matchmaker.affinity.blocks import Floats, TextRecord
from matchmaker.affinity.concept_vectorizer import ConceptVectorizer
from matchmaker.affinity.lexical import SHORTEST, LexicalVectorizer, count_filled, weigh_rows
from matchmaker.affinity.profile import Role
from matchmaker.affinity.rows import SparseRows

Places = NDArray[np.intp]


class Weighing(Protocol):
    """How a sparse block counts features, and how it weighs them for an event."""

    def count(self, records: Sequence[TextRecord]) -> csr_array:
        """Return one row of unweighted counts for each record."""

    def find_rarity(self, texts_with: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
        """Return each feature's weight for an event's own counts."""


class SparseBlock:
    """Both roles of a sparse block; rarity is counted over both together.

    Rarity follows the pool, so what is scored depends on who is there and never on the order in
    which they came. Whoever asks for one row gets it without weighing all others anew.
    """

    def __init__(self, vectorizer: LexicalVectorizer | ConceptVectorizer) -> None:
        self._vectorizer: Weighing = vectorizer
        self._sides: dict[Role, SparseRows] = {}
        self._texts_with: NDArray[np.int64] | None = None
        self._texts = 0
        self._rarity: Floats | None = None
        self._weighted: dict[Role, csr_array] = {}
        self._columns: dict[Role, csr_array] = {}
        self._lengths: dict[Role, Floats] = {}

    def append(self, records: Sequence[Mapping[Role, TextRecord]]) -> None:
        """Add people at the end."""
        for role in Role:
            rows = self._vectorizer.count([both[role] for both in records])
            self._sides.setdefault(role, SparseRows(rows.shape[1])).append(rows)
            self._shift_counts(rows, 1)

    def drop(self, row: int) -> None:
        """Take a person out of the counts; the row stays until ``keep``."""
        for side in self._sides.values():
            self._shift_counts(side.get_row(row), -1)

    def keep(self, places: Places) -> None:
        """Drop all people but those at ``places``."""
        for side in self._sides.values():
            side.keep(places)
        self._forget()

    def cosines(self, places: Places, mine: Role, theirs: Role) -> Floats:
        """Return how near some people's texts are to everybody's, shape (some, all)."""
        if len(places) == 1:
            return self._cosines_of(int(places[0]), mine, theirs)[None, :]
        if theirs not in self._columns:
            self._columns[theirs] = self.weighted(theirs).T.tocsr()
        return np.asarray((self.weighted(mine)[places] @ self._columns[theirs]).toarray())

    def whole_cosines(self, places: Places, mine: Role, theirs: Role) -> Floats:
        """Return the same as ``cosines``: sparse rows aren't divided into items."""
        return self.cosines(places, mine, theirs)

    def cosine(self, place: int, other: int, mine: Role, theirs: Role) -> float:
        """Return ``cosines`` of one pair."""
        columns, values = self._weigh_one(mine, place)
        others, their_values = self._weigh_one(theirs, other)
        _, one, two = np.intersect1d(columns, others, assume_unique=True, return_indices=True)
        return float(values[one] @ their_values[two])

    def cosines_between(self, places: Places) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines, shape (some, all)."""
        products = [
            (1 if mine is theirs else -1) * self.cosines(places, mine, theirs)
            for mine in Role
            for theirs in Role
        ]
        return np.asarray(sum(products), dtype=np.float32)

    def _cosines_of(self, place: int, mine: Role, theirs: Role) -> Floats:
        rarity = self._find_rarity()
        columns, values = self._weigh_one(mine, place)
        sought = np.zeros(len(rarity), dtype=np.float32)
        sought[columns] = values * rarity[columns]
        products = self._sides[theirs].view() @ sought
        return np.asarray(products / self._find_lengths(theirs), dtype=np.float32)

    def _weigh_one(self, role: Role, place: int) -> tuple[NDArray[np.int32], Floats]:
        """Return the columns and values of one weighted row, without a sparse array's ceremony."""
        columns, counts = self._sides[role].get_entries(place)
        values = counts * self._find_rarity()[columns]
        length = np.sqrt(values @ values)
        return columns, values / np.float32(length if length > SHORTEST else np.inf)

    def weighted(self, role: Role) -> csr_array:
        """Return all rows of one role, weighted by rarity, at length one or of zeros."""
        if role not in self._weighted:
            self._weighted[role] = weigh_rows(self._sides[role].view(), self._find_rarity())
        return self._weighted[role]

    def _find_rarity(self) -> Floats:
        if self._rarity is None:
            assert self._texts_with is not None
            self._rarity = self._vectorizer.find_rarity(self._texts_with, self._texts)
        return self._rarity

    def _find_lengths(self, role: Role) -> Floats:
        """Return the length of each weighted row, infinite for rows of zeros."""
        if role not in self._lengths:
            rows = self._sides[role].view()
            squares = csr_array((rows.data**2, rows.indices, rows.indptr), shape=rows.shape)
            lengths = np.sqrt(np.maximum(squares @ (self._find_rarity() ** 2), 0))
            self._lengths[role] = np.where(lengths > SHORTEST, lengths, np.float32(np.inf))
        return self._lengths[role]

    def _shift_counts(self, rows: csr_array, sign: int) -> None:
        counts = np.bincount(rows.indices, minlength=rows.shape[1])
        known = self._texts_with
        self._texts_with = counts if known is None else known + sign * counts
        self._texts += sign * count_filled(rows)
        self._forget()

    def _forget(self) -> None:
        self._rarity = None
        self._weighted.clear()
        self._columns.clear()
        self._lengths.clear()
