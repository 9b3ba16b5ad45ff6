"""From a sum of weighted cosines to an affinity in 0..1, on one scale for both encoders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Encoder

Floats = NDArray[np.float32]

EPSILON: Final = 0.1
"""Added to each direction before multiplying, so that one silent direction isn't the end."""

ONE_WAY_PRIOR: Final = 0.15
"""Taken for a direction that can't be known because its text is missing."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A logistic curve over raw scores.

    ``middle`` and ``width`` come from logistic regressions on offers and needs of topics that
    nothing else was fitted on, with answers weighted as one in ten (Platt 1999). Both curves
    were then made flatter by the same factor, because steep ones ranked worse; so an affinity
    is not a probability, but equal affinities of both encoders stand for equally likely answers.
    """

    middle: float
    width: float

    def likelihood(self, raw: Floats) -> Floats:
        """Return where raw scores stand on the curve, in 0..1, strictly rising: for ranking."""
        exponent = np.clip((np.float32(self.middle) - raw) / np.float32(self.width), -60, 60)
        return np.asarray(1 / (1 + np.exp(exponent)), dtype=np.float32)

    def apply(self, raw: Floats) -> Floats:
        """Return the affinity in 0..1: 0 for raw scores of 0 and below."""
        lowest = self.likelihood(np.zeros(1, dtype=np.float32))
        above = self.likelihood(np.maximum(raw, np.float32(0)))
        return np.asarray((above - lowest) / (1 - lowest), dtype=np.float32)


CALIBRATIONS: Final[Mapping[Encoder, Calibration]] = {
    Encoder.AUTO: Calibration(middle=0.4, width=0.15),
    Encoder.LIGHT: Calibration(middle=0.41, width=0.175),
}


def combine(give: Floats, get: Floats) -> Floats:
    """Return the mutual score in 0..1: (give + ε)(get + ε), scaled so that 0, 0 gives 0."""
    product = (give + EPSILON) * (get + EPSILON) - EPSILON**2
    return np.asarray(product / ((1 + EPSILON) ** 2 - EPSILON**2), dtype=np.float32)
