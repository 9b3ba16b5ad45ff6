"""Row stores that grow in place: appending one row to thousands must cost next to nothing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float32]


class DenseRows:
    """Float32 rows of one width, shape (rows, width)."""

    def __init__(self, width: int) -> None:
        self._data = np.zeros((16, width), dtype=np.float32)
        self._count = 0

    def append(self, rows: Floats) -> None:
        """Add rows at the end."""
        stop = self._count + len(rows)
        if stop > len(self._data):
            grown = np.zeros((_enlarge(stop, len(self._data)), rows.shape[1]), dtype=np.float32)
            grown[: self._count] = self._data[: self._count]
            self._data = grown
        self._data[self._count : stop] = rows
        self._count = stop

    def keep(self, places: NDArray[np.intp]) -> None:
        """Drop all rows but those at ``places``."""
        self._data = self.view()[places].copy()
        self._count = len(places)

    def view(self) -> Floats:
        """Return all rows without copying."""
        return self._data[: self._count]


class SparseRows:
    """Sparse float32 rows of one width, shape (rows, width)."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._data: NDArray[np.float32] = np.zeros(1024, dtype=np.float32)
        self._indices: NDArray[np.int32] = np.zeros(1024, dtype=np.int32)
        self._borders: NDArray[np.int32] = np.zeros(17, dtype=np.int32)
        self._count = 0

    def append(self, rows: csr_array) -> None:
        """Add rows at the end."""
        start = int(self._borders[self._count])
        stop, count = start + rows.nnz, self._count + rows.shape[0]
        self._data = _grow(self._data, stop)
        self._indices = _grow(self._indices, stop)
        self._borders = _grow(self._borders, count + 1)
        self._data[start:stop] = rows.data
        self._indices[start:stop] = rows.indices
        self._borders[self._count + 1 : count + 1] = rows.indptr[1:] + start
        self._count = count

    def keep(self, places: NDArray[np.intp]) -> None:
        """Drop all rows but those at ``places``."""
        kept = csr_array(self.view()[places])
        self._data = kept.data.astype(np.float32)
        self._indices = kept.indices.astype(np.int32)
        self._borders = kept.indptr.astype(np.int32)
        self._count = len(places)

    def get_row(self, place: int) -> csr_array:
        """Return one row, shape (1, width)."""
        columns, values = self.get_entries(place)
        return csr_array((values, columns, np.array([0, len(columns)])), shape=(1, self._width))

    def get_entries(self, place: int) -> tuple[NDArray[np.int32], Floats]:
        """Return the columns of one row that hold something, each once, and what they hold."""
        start, stop = int(self._borders[place]), int(self._borders[place + 1])
        return self._indices[start:stop], self._data[start:stop]

    def view(self) -> csr_array:
        """Return all rows without copying."""
        borders = self._borders[: self._count + 1]
        filled = int(borders[-1])
        parts = (self._data[:filled], self._indices[:filled], borders)
        return csr_array(parts, shape=(self._count, self._width), copy=False)


def _grow(values: NDArray[Any], needed: int) -> NDArray[Any]:
    if needed <= len(values):
        return values
    grown = np.zeros(_enlarge(needed, len(values)), dtype=values.dtype)
    grown[: len(values)] = values
    return grown


def _enlarge(needed: int, room: int) -> int:
    """Return for how many there is to be room: a fifth of it may stay empty."""
    return max(needed, room + room // 4)
