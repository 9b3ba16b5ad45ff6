"""Who somebody who wrote nothing may meet: all alike, so the rules alone decide."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.meeting_rules import find_allowed, find_blank, find_hosted, find_shared
from matchmaker.affinity.pool import Pool

Places = NDArray[np.intp]


def list_hosts(pool: Pool, people: Places, k: int) -> Iterator[tuple[int, Places]]:
    """Yield the position of each of ``people`` who wrote nothing, and ``k`` rows for them.

    ``people`` are in the order of their ids. Those who share a language come first, then ids.
    """
    blank = find_blank(pool)
    hosts = people[pool.host[people]]
    # A host who wrote nothing also welcomes the others who did not.
    hosts_and_blank = people[pool.host[people] | blank[people]]
    for place in np.flatnonzero(blank[people]):
        row = people[place : place + 1]
        met = hosts_and_blank if pool.host[row[0]] else hosts
        others = met[None, :]
        hosted = find_hosted(pool, row, others)
        allowed = find_allowed(pool, row, hosted, others)[0]
        shares = find_shared(pool, row, others)[0]
        yield int(place), np.concatenate([met[allowed & shares], met[allowed & ~shares]])[:k]
