"""Texts as rows of the concepts that they speak of."""

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, TransformerMixin

from matchmaker.affinity.concepts import ConceptLexicon
from matchmaker.affinity.lexical import weigh_rows


class HasTextAndLanguage(Protocol):
    """What concepts read of a record."""

    @property
    def text(self) -> str:
        """The text itself."""

    @property
    def language(self) -> str:
        """A language code, or nothing if unknown."""


class ConceptVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Records to L2-normalised sparse rows, one column a concept: shape (n, concepts), float32."""

    def __init__(self, *, lexicon: ConceptLexicon | None = None) -> None:
        self.lexicon = lexicon

    def fit(self, records: object = None, y: object = None) -> Self:
        """Take the lexicon, or load the shipped one; nothing is learned from records."""
        self.lexicon_ = self.lexicon or ConceptLexicon.load()
        self.columns_ = {concept: n for n, concept in enumerate(self.lexicon_.concepts)}
        return self

    def transform(self, records: Sequence[HasTextAndLanguage]) -> csr_array:
        """Return one row for each record; a text without a known concept gives zeros."""
        rows = self.count(records)
        return weigh_rows(rows, self.find_rarity(np.zeros(rows.shape[1], dtype=np.int64), 0))

    def count(self, records: Sequence[HasTextAndLanguage]) -> csr_array:
        """Return which concepts stand in each record, shape (n, concepts), ones and zeros."""
        indices: list[int] = []
        borders = [0]
        for record in records:
            hits = self.lexicon_.find_hits(record.text, record.language)
            indices.extend(sorted({self.columns_[hit.concept] for hit in hits}))
            borders.append(len(indices))
        data = np.ones(len(indices), dtype=np.float32)
        shape = (len(records), len(self.columns_))
        parts = (data, np.array(indices, dtype=np.int32), np.array(borders, dtype=np.int32))
        return csr_array(parts, shape=shape)

    def find_rarity(self, texts_with: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
        """Return the weight of each concept: all alike, however many texts hold it."""
        return np.ones(len(self.columns_), dtype=np.float32)
