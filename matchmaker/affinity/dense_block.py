"""Dense rows of a pool: how near whole texts and their items are to each other.

Products are taken in double precision and then rounded: in single precision the
place of a row within a matrix product changes its last bit, and people who wrote the same would
change places.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import EVERYBODY, Floats, Others, TextRecord
from matchmaker.affinity.dense_side import DenseSide
from matchmaker.affinity.profile import Role
from matchmaker.affinity.vectorizers import DenseVectorizer

Places = NDArray[np.intp]
Doubles = NDArray[np.float64]

ITEM_SHARE: Final = 0.5
"""What the best pair of items counts beside the whole texts."""

_AT_ONCE: Final = 1024


class DenseBlock:
    """Both roles of a dense block."""

    def __init__(self, vectorizer: DenseVectorizer) -> None:
        self.sides: Mapping[Role, DenseSide] = {role: DenseSide(vectorizer) for role in Role}

    def append(self, records: Sequence[Mapping[Role, TextRecord]]) -> None:
        """Add people at the end."""
        for role, side in self.sides.items():
            side.append([both[role] for both in records])

    def drop(self, row: int) -> None:
        """Take a person out; the row stays until ``keep``."""
        for side in self.sides.values():
            side.drop(row)

    def keep(self, places: Places) -> None:
        """Drop all people but those at ``places``."""
        for side in self.sides.values():
            side.keep(places)

    def cosines(self, places: Places, mine: Role, theirs: Role) -> Floats:
        """Return how near some people's texts are to everybody's, shape (some, all).

        Half of it is the cosine of the whole texts, half that of the nearest pair of items:
        two things said in one field would blur in one vector.
        """
        one, other = self.sides[mine], self.sides[theirs]
        whole = self.whole_cosines(places, mine, theirs)
        if not (one.has_items or other.has_items):
            return whole
        some, starts = one.items_of(places)
        pairs = _multiply(some, other.centred())
        several, borders = other.several()
        if len(several):
            every = _multiply(some, other.centred_items())
            pairs[:, several] = np.maximum.reduceat(every, borders, axis=1)
        best = np.maximum.reduceat(pairs, starts, axis=0)
        return np.asarray((1 - ITEM_SHARE) * whole + ITEM_SHARE * best, dtype=np.float32)

    def whole_cosines(
        self, places: Places, mine: Role, theirs: Role, others: Others = EVERYBODY
    ) -> Floats:
        """Return the cosines of whole texts alone, shape (some, others)."""
        some = self.sides[mine].centred()[places].astype(np.float64)
        return _multiply(some, self.sides[theirs].centred()[others])

    def cosine(self, place: int, other: int, mine: Role, theirs: Role) -> float:
        """Return ``cosines`` of one pair."""
        one, two = self.sides[mine], self.sides[theirs]
        mine_of, theirs_of = one.centred()[place], two.centred()[other]
        whole = float(mine_of.astype(np.float64) @ theirs_of.astype(np.float64))
        if not (one.has_items or two.has_items):
            return whole
        my_items, _ = one.items_of(np.array([place]))
        their_items, _ = two.items_of(np.array([other]))
        best = float(np.max(my_items @ their_items.T))
        return (1 - ITEM_SHARE) * whole + ITEM_SHARE * best

    def cosines_between(self, places: Places) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines, shape (some, all)."""
        offers, needs = (self.sides[role].centred() for role in (Role.OFFER, Role.NEED))
        apart = offers[places].astype(np.float64) - needs[places]
        return _multiply(apart, offers) - _multiply(apart, needs)


def _multiply(some: Doubles, rows: Floats) -> Floats:
    """Return the products of some rows with all ``rows``, shape (some, rows).

    A few at a time in double precision: held so, all would take twice the memory again.
    """
    found = np.empty((len(some), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE].astype(np.float64)
        found[:, start : start + _AT_ONCE] = some @ part.T
    return found
