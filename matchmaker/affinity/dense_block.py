"""Dense rows of a pool: whole texts and their items, centred on whoever is in the pool.

The centre follows the pool, so what is scored depends on who is there and never on the order in
which they came. Products are taken in double precision and then rounded: in single precision the
place of a row within a matrix product changes its last bit, and people who wrote the same would
change places.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Floats, TextRecord
from matchmaker.affinity.profile import Role
from matchmaker.affinity.rows import DenseRows
from matchmaker.affinity.vectorizers import DenseVectorizer, centre_rows, shrink_centre

Places = NDArray[np.intp]
Doubles = NDArray[np.float64]

ITEM_SHARE: Final = 0.5
"""What the best pair of items counts beside the whole texts."""


class DenseSide:
    """One role's rows: (people, width), and (items, width) with at least one item a person."""

    def __init__(self, vectorizer: DenseVectorizer) -> None:
        self._vectorizer = vectorizer
        self._wholes = DenseRows(vectorizer.width)
        self._items = DenseRows(vectorizer.width)
        self._borders = np.zeros(1, dtype=np.intp)
        self._total = np.zeros(vectorizer.width, dtype=np.float64)
        self._count = 0
        self._centred: tuple[Doubles, Doubles] | None = None
        self._several: tuple[Places, Doubles, Places] | None = None

    @property
    def has_items(self) -> bool:
        """Whether some text speaks of several things."""
        return len(self._items.view()) > len(self._wholes.view())

    def append(self, records: Sequence[TextRecord]) -> None:
        """Add people at the end."""
        wholes = self._vectorizer.encode(records)
        items, lengths = self._list_items(records, wholes)
        self._wholes.append(wholes)
        self._items.append(items)
        self._borders = np.concatenate([self._borders, self._borders[-1] + np.cumsum(lengths)])
        self._shift_centre(wholes, 1)

    def drop(self, row: int) -> None:
        """Take a person out of the centre; the row stays until ``keep``."""
        self._shift_centre(self._wholes.view()[row : row + 1], -1)

    def keep(self, places: Places) -> None:
        """Drop all people but those at ``places``."""
        chosen, borders = self._find_items(places)
        self._items.keep(chosen)
        self._wholes.keep(places)
        self._borders = np.append(borders, len(chosen))
        self._centred = self._several = None

    def wholes(self) -> Doubles:
        """Return centred rows of whole texts, shape (people, width)."""
        return self._centre()[0]

    def several(self) -> tuple[Places, Doubles, Places]:
        """Return who speaks of several things, and ``items_of`` them."""
        if self._several is None:
            people = np.flatnonzero(np.diff(self._borders) > 1)
            self._several = (people, *self.items_of(people))
        return self._several

    def items_of(self, places: Places) -> tuple[Doubles, Places]:
        """Return the centred items of some people and where each one's begin."""
        chosen, borders = self._find_items(places)
        return self._centre()[1][chosen], borders

    def _list_items(self, records: Sequence[TextRecord], wholes: Floats) -> tuple[Floats, Places]:
        """Return the items of all, and how many each has; the whole text where it is one."""
        found, counts = self._vectorizer.encode_items(records)
        lengths = np.maximum(counts, 1)
        items = np.repeat(wholes, lengths, axis=0)
        items[np.repeat(counts > 1, lengths)] = found[np.repeat(counts > 1, counts)]
        return items, lengths

    def _find_items(self, places: Places) -> tuple[Places, Places]:
        starts, stops = self._borders[places], self._borders[places + 1]
        lengths = stops - starts
        borders = np.cumsum(lengths) - lengths
        return np.arange(lengths.sum()) + np.repeat(starts - borders, lengths), borders

    def _shift_centre(self, rows: Floats, sign: int) -> None:
        self._total += sign * rows.sum(axis=0, dtype=np.float64)
        self._count += sign * int(np.count_nonzero(np.any(rows != 0, axis=1)))
        self._centred = self._several = None

    def _centre(self) -> tuple[Doubles, Doubles]:
        if self._centred is None:
            centre = shrink_centre(self._total, self._count)
            wholes = centre_rows(self._wholes.view(), centre).astype(np.float64)
            items = wholes
            if self.has_items:
                items = centre_rows(self._items.view(), centre).astype(np.float64)
            self._centred = (wholes, items)
        return self._centred


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
        pairs = np.asarray(some @ other.wholes().T, dtype=np.float32)
        several, every, borders = other.several()
        if len(several):
            pairs[:, several] = np.maximum.reduceat(some @ every.T, borders, axis=1)
        best = np.maximum.reduceat(pairs, starts, axis=0)
        return np.asarray((1 - ITEM_SHARE) * whole + ITEM_SHARE * best, dtype=np.float32)

    def whole_cosines(self, places: Places, mine: Role, theirs: Role) -> Floats:
        """Return the cosines of whole texts alone, shape (some, all)."""
        some = self.sides[mine].wholes()[places]
        return np.asarray(some @ self.sides[theirs].wholes().T, dtype=np.float32)

    def cosine(self, place: int, other: int, mine: Role, theirs: Role) -> float:
        """Return ``cosines`` of one pair."""
        one, two = self.sides[mine], self.sides[theirs]
        whole = float(one.wholes()[place] @ two.wholes()[other])
        if not (one.has_items or two.has_items):
            return whole
        my_items, _ = one.items_of(np.array([place]))
        their_items, _ = two.items_of(np.array([other]))
        best = float(np.max(my_items @ their_items.T))
        return (1 - ITEM_SHARE) * whole + ITEM_SHARE * best

    def cosines_between(self, places: Places) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines, shape (some, all)."""
        offers, needs = (self.sides[role].wholes() for role in (Role.OFFER, Role.NEED))
        apart = offers[places] - needs[places]
        return np.asarray(apart @ offers.T - apart @ needs.T, dtype=np.float32)
