"""Two who offer the same and need the same are of little use to each other.

Their texts speak of one subject, so each one's offer comes near the other's need without
answering it. What gives them away: offer is nearer to offer and need to need than either offer
is to the other's need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Block, Encoder, Floats
from matchmaker.affinity.compared import Compared


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """Likeness sums blocks by ``weights``; scores shrink from ``harmless`` to ``useless``."""

    weights: Mapping[Block, float]
    harmless: float
    useless: float


SUSPICIONS: Final[Mapping[Encoder, Suspicion]] = {
    Encoder.AUTO: Suspicion(
        weights={Block.SEMANTIC: 1.0, Block.CONCEPTS: 0.2}, harmless=0.05, useless=0.25
    ),
    Encoder.LIGHT: Suspicion(
        weights={Block.TABLE: 1.0, Block.CONCEPTS: 0.4}, harmless=0.1, useless=0.4
    ),
}


def find_usefulness(blocks: Mapping[Block, Compared], *, ready: NDArray[np.bool_]) -> Floats:
    """Return by what a mutual score is multiplied, in 0..1, for each pair that is compared.

    ``ready`` tells which pairs are compared by their sentence vectors, the others by the table.
    """
    useful = np.ones(ready.shape, dtype=np.float32)
    for encoder, chosen in ((Encoder.AUTO, ready), (Encoder.LIGHT, ~ready)):
        if chosen.any():
            suspicion = SUSPICIONS[encoder]
            likeness = _find_likeness(blocks, suspicion.weights, ready.shape)
            useful = np.where(chosen, _scale(likeness, suspicion), useful)
    return useful


def _scale(likeness: Floats, suspicion: Suspicion) -> Floats:
    span = np.float32(suspicion.useless - suspicion.harmless)
    return np.asarray(np.clip((np.float32(suspicion.useless) - likeness) / span, 0, 1))


def _find_likeness(
    blocks: Mapping[Block, Compared], weights: Mapping[Block, float], shape: tuple[int, ...]
) -> Floats:
    """Return offer-offer plus need-need cosines less both offer-need ones."""
    likeness = np.zeros(shape, dtype=np.float32)
    for block, weight in weights.items():
        if block in blocks:
            likeness += np.float32(weight) * blocks[block].cosines_between()
    return likeness
