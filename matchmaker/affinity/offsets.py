"""Taking out of a text's vector what comes from its language and its side, not its topic.

A sentence vector says first which language it is in and whether it asks or offers; in a room of
four languages that alone decides who is near whom. Each encoder ships what was learnt from our
own parallel networking sentences (``data/build_offsets.py``):

1. the mean of every (language, role) cell; their common centre is subtracted and the directions
   that join them are projected out, as in language-bias removal by a low-rank subspace (Yang and
   others, "A Simple and Effective Method To Eliminate the Self Language Bias", EMNLP 2021);
2. a symmetric map of the space: directions in which the languages of one topic differ weigh less
   (within-class covariance normalisation: Hatch, Kajarekar and Stolcke, Interspeech 2006, shrunk
   towards the identity), those in which the concepts of our lexicon differ weigh more.

Neither looks at the language a text was detected in, so a wrong guess there costs nothing here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.profile import Role
from matchmaker.affinity.shipped_arrays import DamagedData, read_arrays
from matchmaker.settings import find_shipped

Matrix = NDArray[np.float32]

EVENT_STRENGTH: Final = 10
"""How many texts of a role weigh as much as what was shipped; measured, see ``data/README.md``."""


@dataclass(frozen=True, kw_only=True)
class OffsetMeans:
    """What to take out of one encoder's vectors.

    ``centre`` is (dims,), ``directions`` (k, dims) with orthonormal rows, ``spread`` (dims, dims)
    the symmetric map described above. ``of_role`` holds, in the space after these, the mean that
    an event's own texts of a role have, already shrunk; empty until ``blend_means``.
    """

    centre: Matrix
    directions: Matrix
    spread: Matrix
    of_role: Mapping[Role, Matrix] = field(default_factory=dict)

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
    centre, directions, spread = (
        array.astype(np.float32) for array in read_arrays(path, ("centre", "directions", "spread"))
    )
    dims = centre.shape[-1] if centre.ndim == 1 else -1
    if directions.shape[1:] != (dims,) or spread.shape != (dims, dims):
        raise DamagedData(path)
    return OffsetMeans(centre=centre, directions=directions, spread=spread)


def remove_offsets(
    vectors: Matrix, languages: Sequence[str], roles: Sequence[Role], means: OffsetMeans
) -> Matrix:
    """Return vectors (n, dims) of unit length that differ by topic, hardly by language or role.

    Rows of zeros, texts in which nothing could be read, stay zeros.

    Raises
    ------
    ValueError
        If there isn't one language and one role per row, or the rows have another length.
    """
    if not len(vectors) == len(languages) == len(roles):
        raise ValueError("each vector needs a language and a role")
    if vectors.ndim != 2 or vectors.shape[1] != means.dimensions:
        raise ValueError(f"expected vectors of {means.dimensions} dimensions")
    read = np.any(vectors != 0, axis=1)
    centred = vectors - means.centre
    centred -= (centred @ means.directions.T) @ means.directions
    topical = unit_rows(unit_rows(centred) @ means.spread)
    for role, mean in means.of_role.items():
        topical[[other is role for other in roles]] -= mean
    topical = unit_rows(topical)
    topical[~read] = 0
    return topical


def blend_means(
    means: OffsetMeans,
    vectors: Matrix,
    languages: Sequence[str],
    roles: Sequence[Role],
    strength: float = EVENT_STRENGTH,
) -> OffsetMeans:
    """Return means that also take out what an event's texts of one role have in common.

    ``vectors`` (n, dims) are the event's raw ones. A role with n texts counts n / (n + strength)
    of its own mean, so that three people don't erase their own topic.
    """
    shipped = replace(means, of_role={})
    topical = remove_offsets(vectors, languages, roles, shipped)
    blended: dict[Role, Matrix] = {}
    for role in Role:
        rows = topical[[other is role for other in roles]]
        rows = rows[np.any(rows != 0, axis=1)]
        if len(rows):
            blended[role] = rows.sum(axis=0) / np.float32(len(rows) + strength)
    return replace(means, of_role=blended)


def unit_rows(vectors: Matrix) -> Matrix:
    """Return the rows at length one; rows of zeros stay zeros."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Matrix = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-12)
    return scaled
