"""Dense rows of one role: whole texts and their items, centred on whoever is in the pool.

The centre follows the pool, so what is scored depends on who is there and never on the order in
which they came.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Floats, TextRecord
from matchmaker.affinity.rows import DenseRows
from matchmaker.affinity.vectorizers import DenseVectorizer, centre_rows, shrink_centre

Places = NDArray[np.intp]
Doubles = NDArray[np.float64]


class DenseSide:
    """One role's rows: (people, width), and those of the items of texts that have several."""

    def __init__(self, vectorizer: DenseVectorizer) -> None:
        self._vectorizer = vectorizer
        self._wholes = DenseRows(vectorizer.width)
        self._items = DenseRows(vectorizer.width)
        self._borders = np.zeros(1, dtype=np.intp)
        self._total = np.zeros(vectorizer.width, dtype=np.float64)
        self._count = 0
        self._centred: Floats | None = None

    @property
    def has_items(self) -> bool:
        """Whether some text speaks of several things."""
        return len(self._items.view()) > 0

    def append(self, records: Sequence[TextRecord]) -> None:
        """Add people at the end."""
        wholes = self._vectorizer.encode(records)
        items, counts = self._vectorizer.encode_items(records)
        self._wholes.append(wholes)
        self._items.append(items[np.repeat(counts > 1, counts)])
        lengths = np.where(counts > 1, counts, 0)
        self._borders = np.concatenate([self._borders, self._borders[-1] + np.cumsum(lengths)])
        self._shift_centre(wholes, 1)

    def drop(self, row: int) -> None:
        """Take a person out of the centre; the row stays until ``keep``."""
        self._shift_centre(self._wholes.view()[row : row + 1], -1)

    def keep(self, places: Places) -> None:
        """Drop all people but those at ``places``."""
        lengths = self.count_items()[places]
        self._items.keep(self._find_items(places))
        self._wholes.keep(places)
        self._borders = np.concatenate([[0], np.cumsum(lengths)])
        self._forget()

    def count_items(self) -> Places:
        """Return how many items each text has; 0 for texts of one piece."""
        return np.diff(self._borders)

    def centred(self) -> Floats:
        """Return centred rows of whole texts, shape (people, width)."""
        return self.all_centred()[: len(self._wholes.view())]

    def centred_items(self) -> Floats:
        """Return the centred items of texts that have several, shape (items, width)."""
        return self.all_centred()[len(self._wholes.view()) :]

    def all_centred(self) -> Floats:
        """Return ``centred`` and below it ``centred_items``, held as one array."""
        if self._centred is None:
            wholes, items, centre = self._wholes.view(), self._items.view(), self._find_centre()
            self._centred = np.empty((len(wholes) + len(items), len(centre)), dtype=np.float32)
            centre_rows(wholes, centre, out=self._centred[: len(wholes)])
            centre_rows(items, centre, out=self._centred[len(wholes) :])
        return self._centred

    def several(self) -> tuple[Places, Places]:
        """Return whose texts have several items, and where each one's begin in these."""
        people = np.flatnonzero(self.count_items())
        return people, self._borders[people]

    def items_of(self, places: Places) -> tuple[Doubles, Places]:
        """Return the centred items of some people and where each one's begin.

        The whole text is the one item of a text of one piece.
        """
        counts = self.count_items()[places]
        lengths = np.maximum(counts, 1)
        rows = np.repeat(self.centred()[places], lengths, axis=0)
        rows[np.repeat(counts > 0, lengths)] = self.centred_items()[self._find_items(places)]
        return rows.astype(np.float64), np.cumsum(lengths) - lengths

    def find_items(self, places: Places) -> tuple[Places, Places]:
        """Return which rows of ``centred_items`` begin each one's, and how many are theirs."""
        return self._borders[places], self.count_items()[places]

    def _find_items(self, places: Places) -> Places:
        starts, lengths = self.find_items(places)
        borders = np.cumsum(lengths) - lengths
        return np.asarray(np.arange(lengths.sum()) + np.repeat(starts - borders, lengths))

    def _shift_centre(self, rows: Floats, sign: int) -> None:
        self._total += sign * rows.sum(axis=0, dtype=np.float64)
        self._count += sign * int(np.count_nonzero(np.any(rows != 0, axis=1)))
        self._forget()

    def _find_centre(self) -> Floats:
        return shrink_centre(self._total, self._count)

    def _forget(self) -> None:
        self._centred = None
