"""The blocks a text is compared by, and how much each counts.

Each block is a transformer that gives L2-normalised rows, so a dot product of an offer's and a
need's rows is a cosine; together they form one ``FeatureUnion``, whose weights are square roots
because both sides get multiplied.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import FeatureUnion

from matchmaker.affinity.profile import Role

Floats = NDArray[np.float32]

Others = slice | NDArray[np.integer]
"""Which rows some are compared with: all, chosen ones, or for each row others of its own."""

EVERYBODY: Final = slice(None)


class Block(StrEnum):
    """One way of comparing two texts."""

    WORDS = "words"
    CHARS = "chars"
    CONCEPTS = "concepts"
    TABLE = "table"
    SEMANTIC = "semantic"


class Encoder(StrEnum):
    """Which blocks serve: with sentence vectors where they exist, or without."""

    AUTO = "auto"
    LIGHT = "light"


WEIGHTS: Final[Mapping[Encoder, Mapping[Block, float]]] = {
    Encoder.AUTO: {
        Block.SEMANTIC: 1.0,
        Block.TABLE: 0.3,
        Block.CONCEPTS: 0.35,
        Block.WORDS: 0.05,
        Block.CHARS: 0.05,
    },
    Encoder.LIGHT: {
        Block.TABLE: 1.0,
        Block.CONCEPTS: 0.4,
        Block.WORDS: 0.1,
        Block.CHARS: 0.1,
    },
}
"""What a cosine of each block counts in the raw score of a pair."""


@dataclass(frozen=True, kw_only=True)
class TextRecord:
    """One side of a profile as it is compared.

    ``views`` are sentence vectors of the whole text, the first of the text as it stands; empty
    where they aren't known. ``item_views`` has one vector for each of ``items``, the separate
    things the text speaks of, or is empty.
    """

    text: str
    language: str
    role: Role
    items: tuple[str, ...] = ()
    views: tuple[Floats, ...] = field(default=(), compare=False)
    item_views: tuple[Floats, ...] = field(default=(), compare=False)

    @property
    def is_encoded(self) -> bool:
        """Whether sentence vectors are known, or there is nothing to encode."""
        return bool(self.views) or not self.text.strip()


def build_union(
    transformers: Mapping[Block, Any], *, weights: Mapping[Block, float]
) -> FeatureUnion:
    """Return the blocks side by side, each weighted by the square root of its weight."""
    return FeatureUnion(
        [(str(block), transformer) for block, transformer in transformers.items()],
        transformer_weights={
            str(block): math.sqrt(weights.get(block, 0.0)) for block in transformers
        },
    )


def normalize_rows(rows: Floats) -> Floats:
    """Return rows of length one; rows of zeros stay so."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-9, norms, 1.0), dtype=np.float32)
