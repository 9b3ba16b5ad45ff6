"""How strong a match is, in words: one set of bounds for phone, report and poster alike.

Scores are affinities in 0..1 (see ``matchmaker.affinity``). They are never shown as
percentages, because nothing here is a calibrated probability.
"""

from enum import StrEnum
from typing import Final


class Band(StrEnum):
    """Strength of one direction, or of a pair."""

    NONE = "none"
    SOME = "some"
    GOOD = "good"
    STRONG = "strong"


SOME_FROM: Final = 0.2
GOOD_FROM: Final = 0.4
STRONG_FROM: Final = 0.6
"""Lower bounds of the bands on an affinity in 0..1."""


def band_of(affinity: float) -> Band:
    """Return the band that an affinity in 0..1 falls into."""
    if affinity >= STRONG_FROM:
        return Band.STRONG
    if affinity >= GOOD_FROM:
        return Band.GOOD
    if affinity >= SOME_FROM:
        return Band.SOME
    return Band.NONE


def is_mutual(give: float, get: float) -> bool:
    """Return whether both directions reach the lowest band."""
    return min(give, get) >= SOME_FROM


def is_answered(best_affinity: float) -> bool:
    """Return whether a need counts as answered by its best offer in the room.

    Worth a try is no answer yet: a need without a good match is one to invite somebody for.
    """
    return best_affinity >= GOOD_FROM
