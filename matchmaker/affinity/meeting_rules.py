"""Who may be suggested to whom at all; every answer has shape (some rows, all rows)."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


def find_allowed(pool: Pool, places: Places, hosted: Mask) -> Mask:
    """Return pairs that may meet: not oneself, not colleagues unless both agree.

    Somebody who wrote nothing is met by those who welcome newcomers alone.
    """
    mine = pool.organization[places, None]
    colleagues = (mine == pool.organization) & (mine > 0)
    both_open = pool.open_organization[places, None] & pool.open_organization
    blank = _find_blank(pool)
    one_blank = blank[places, None] | blank
    allowed = pool.alive & (~colleagues | both_open) & (~one_blank | hosted)
    allowed[np.arange(len(places)), places] = False
    return np.asarray(allowed)


def find_hosted(pool: Pool, places: Places) -> Mask:
    """Return pairs of somebody who wrote nothing and somebody who welcomes newcomers."""
    blank = _find_blank(pool)
    return np.asarray((blank[places, None] & pool.host) | (pool.host[places, None] & blank))


def find_shared(pool: Pool, places: Places) -> Mask:
    """Return pairs who share a language, or one of whom states none."""
    mine = pool.speaks[places, None]
    return np.asarray(((mine & pool.speaks) != 0) | (mine == 0) | (pool.speaks == 0))


def _find_blank(pool: Pool) -> Mask:
    return np.asarray(~(pool.has[Role.OFFER] | pool.has[Role.NEED]))
