"""Taking out of a text's vector what comes from its language and its side, not its topic.

A sentence vector says first which language it is in and whether it asks or offers; in a room of
four languages that alone decides who is near whom. Each encoder ships what was learnt from our
own parallel networking sentences (``data/build_offsets.py``):

1. the mean of every (language, role) cell; their common centre is subtracted and the directions
   that join them are projected out, as in language-bias removal by a low-rank subspace (Yang and
   others, "A Simple and Effective Method To Eliminate the Self Language Bias", EMNLP 2021);
2. a map of the space under which an offer comes near the needs it answers, in whatever language
   they are written. It was learnt from those sentences too (``data/build_contrast.py``), from a
   start in which directions that part the languages of one topic weigh less (within-class
   covariance normalisation: Hatch, Kajarekar and Stolcke, Interspeech 2006) and those that part
   the concepts of our lexicon weigh more.

Neither looks at the language a text was detected in, so a wrong guess there costs nothing here.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.shipped_arrays import read_arrays
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.settings import find_shipped

Matrix = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class OffsetMeans:
    """What to take out of one encoder's vectors, and the map to read the rest by.

    ``centre`` is (dims,), ``directions`` (k, dims) with orthonormal rows,
    ``projection`` (dims, dims) the map described above.
    """

    centre: Matrix
    directions: Matrix
    projection: Matrix

    @property
    def dimensions(self) -> int:
        """The length of the vectors these means belong to."""
        return int(self.centre.shape[0])


def load_means(encoder: str, folder: Path | None = None) -> OffsetMeans:
    """Return the shipped means of an encoder: ``"e5"`` or ``"table"``.

    Raises
    ------
    DamagedData
        If the file is missing, unreadable, or of shapes that don't fit together.
    """
    path = (folder or find_shipped("data")) / f"offsets_{encoder}.npz"
    centre, directions, projection = (
        array.astype(np.float32)
        for array in read_arrays(path, ("centre", "directions", "projection"))
    )
    dims = centre.shape[-1] if centre.ndim == 1 else -1
    if directions.shape[1:] != (dims,) or projection.shape != (dims, dims):
        raise DamagedData(path)
    return OffsetMeans(centre=centre, directions=directions, projection=projection)


def remove_offsets(vectors: Matrix, means: OffsetMeans) -> Matrix:
    """Return vectors (n, dims) of unit length that differ by topic, hardly by language or role.

    Rows of zeros, texts in which nothing could be read, stay zeros.

    Raises
    ------
    ValueError
        If the rows have another length.
    """
    if vectors.ndim != 2 or vectors.shape[1] != means.dimensions:
        raise ValueError(f"expected vectors of {means.dimensions} dimensions")
    read = np.any(vectors != 0, axis=1)
    centred = vectors - means.centre
    centred -= (centred @ means.directions.T) @ means.directions
    topical = unit_rows(unit_rows(centred) @ means.projection)
    topical[~read] = 0
    return topical


def unit_rows(vectors: Matrix) -> Matrix:
    """Return the rows at length one; rows of zeros stay zeros."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Matrix = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-12)
    return scaled
