"""Reading the arrays that ship in ``data/``, or saying which file is damaged."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.shipped_files import DamagedData


def read_arrays(path: Path, names: Sequence[str]) -> list[NDArray[Any]]:
    """Return the arrays of these names from an ``.npz`` file, in this order.

    Raises
    ------
    DamagedData
        If the file is missing, cut off, changed, or lacks one of them.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return [stored[name] for name in names]
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error) as error:
        raise DamagedData(path) from error
