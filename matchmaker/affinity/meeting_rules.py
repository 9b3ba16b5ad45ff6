"""Who may be suggested to whom at all.

Every answer has shape (some rows, others): all rows by default, or for each of some rows others
of its own, an array of shape (some, any).
"""

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import EVERYBODY, Others
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


def find_allowed(pool: Pool, places: Places, hosted: Mask, others: Others = EVERYBODY) -> Mask:
    """Return pairs that may meet: not oneself, not colleagues unless both agree.

    Somebody who wrote nothing is met by those who welcome newcomers alone.
    """
    theirs = pool.organization[others]
    mine = pool.organization[places, None]
    colleagues = (mine == theirs) & (mine > 0)
    both_open = pool.open_organization[places, None] & pool.open_organization[others]
    blank = find_blank(pool)
    one_blank = blank[places, None] | blank[others]
    oneself = np.arange(pool.rows)[others] == places[:, None]
    allowed = pool.alive[others] & (~colleagues | both_open) & (~one_blank | hosted)
    return np.asarray(allowed & ~oneself)


def find_hosted(pool: Pool, places: Places, others: Others = EVERYBODY) -> Mask:
    """Return pairs of somebody who wrote nothing and somebody who welcomes newcomers."""
    blank = find_blank(pool)
    mine, theirs = blank[places, None], blank[others]
    return np.asarray((mine & pool.host[others]) | (pool.host[places, None] & theirs))


def find_shared(pool: Pool, places: Places, others: Others = EVERYBODY) -> Mask:
    """Return pairs who share a language, or one of whom states none."""
    mine, theirs = pool.speaks[places, None], pool.speaks[others]
    return np.asarray(((mine & theirs) != 0) | (mine == 0) | (theirs == 0))


def find_blank(pool: Pool) -> Mask:
    """Return which rows wrote nothing at all, shape (rows,)."""
    return np.asarray(~(pool.has[Role.OFFER] | pool.has[Role.NEED]))
