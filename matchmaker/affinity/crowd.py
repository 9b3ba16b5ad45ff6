"""Ranking everybody at once in a room too large to score every pair at full width.

Shortlists come from few axes (``shortlist``); each shortlisted pair is then scored exactly as in
a smaller room. What a shortlist misses is missed: README.md tells how little that is.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from matchmaker.affinity.blocks import Block, Encoder
from matchmaker.affinity.hosting import list_hosts
from matchmaker.affinity.nearest_rivals import find_rivals_of_all
from matchmaker.affinity.pair_scoring import PairScorer, Scored
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Recommendation
from matchmaker.affinity.ranking import AllRivals, Ranker, find_shortlist_size
from matchmaker.affinity.scoring import Scorer
from matchmaker.affinity.shortlist import find_shortlists
from matchmaker.affinity.top_k import NOBODY, count_threads
from matchmaker.people.ids import AttendeeId

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]
Listed = tuple[AttendeeId, list[Recommendation]]

SPARE: Final[Mapping[Encoder, float]] = {Encoder.AUTO: 1, Encoder.LIGHT: 5}
"""How many times as many are scored as in a smaller room; in the table items count much."""

_MOST_LOST: Final = 0.25
"""Of whom more of a shortlist is barred is scored with everybody."""

_PAIRS_AT_ONCE: Final = 4_096


class Crowd:
    """Lists for each of ``people``, from among them.

    ``people`` are rows in the order of their ids; ``barred`` are the rows that somebody must not
    be shown, by that person's row.
    """

    def __init__(self, pool: Pool, scorer: Scorer, people: Places) -> None:
        self._pool, self._scorer, self._people = pool, scorer, people
        self._rivals = _find_rivals(pool, people)
        self._pairs = PairScorer(pool, scorer, self._rivals)
        self._ids: list[int] = pool.ids.tolist()

    def list_best(self, *, k: int, barred: Mapping[int, Places]) -> Iterator[Listed]:
        """Yield everybody's id and the best ``k`` people for them, best first."""
        if len(self._people) < 2:
            yield from ((AttendeeId(self._ids[row]), []) for row in self._people)
            return
        shortlists = self._find_shortlists(find_shortlist_size(k))
        at_once = max(1, _PAIRS_AT_ONCE // shortlists.shape[1])
        starts = range(0, len(self._people), at_once)

        def rank_some(start: int) -> list[Listed]:
            some = slice(start, start + at_once)
            return self._rank(self._people[some], shortlists[some], k, barred)

        with (
            threadpool_limits(1, user_api="blas"),
            ThreadPoolExecutor(count_threads(None)) as threads,
        ):
            for listed in threads.map(rank_some, starts):
                yield from listed

    def _find_shortlists(self, size: int) -> Places:
        """Return rows of others for each of the people; ``NOBODY`` where there are no more."""
        light = Block.SEMANTIC not in self._pool.blocks or not self._pool.ready[self._people].all()
        spare = SPARE[Encoder.LIGHT if light else Encoder.AUTO]
        found = find_shortlists(
            self._pool, self._people, self._scorer.weights, self._rivals, k=round(spare * size)
        )
        rows = np.where(found.others == NOBODY, NOBODY, self._people[found.others])
        for place, hosts in list_hosts(self._pool, self._people, rows.shape[1]):
            rows[place] = NOBODY
            rows[place, : len(hosts)] = hosts
        return rows

    def _rank(
        self, rows: Places, others: Places, k: int, barred: Mapping[int, Places]
    ) -> list[Listed]:
        gone = others == NOBODY
        short_of = _bar(gone, rows, others, barred)
        listed = self._describe(
            self._pairs.score_best(rows, np.maximum(others, 0), barred=gone, k=k)
        )
        for place in short_of:
            listed[place] = self._list_exactly(int(rows[place]), k, barred)
        return [(AttendeeId(self._ids[row]), some) for row, some in zip(rows, listed, strict=True)]

    def _describe(self, best: Scored) -> list[list[Recommendation]]:
        scores = best.scores
        values = (
            best.others,
            best.refined,
            scores.give.affinity,
            scores.get.affinity,
            ~(scores.give.known & scores.get.known),
            scores.shares_language,
            scores.useful,
            np.isfinite(scores.order),
        )
        return [
            [
                Recommendation(
                    about=AttendeeId(self._ids[other]),
                    score=value,
                    give=give,
                    get=get,
                    one_way=one_way,
                    shares_language=shares,
                    useful=useful,
                )
                for other, value, give, get, one_way, shares, useful, may in zip(*row, strict=True)
                if may
            ]
            for row in zip(*(column.tolist() for column in values), strict=True)
        ]

    def _list_exactly(self, row: int, k: int, barred: Mapping[int, Places]) -> list[Recommendation]:
        present = np.zeros(self._pool.rows, dtype=bool)
        present[self._people] = True
        scores = self._scorer.score(np.array([row], dtype=np.intp))
        scores.order[:, ~present] = -np.inf
        ranker = Ranker(self._pool, present, self._rivals)
        return ranker.list_best(scores, 0, row, k=k, barred=barred[row])


def _find_rivals(pool: Pool, people: Places) -> AllRivals:
    ready = pool.ready[people]
    has_vectors = Block.SEMANTIC in pool.blocks
    serves = {
        Encoder.AUTO: has_vectors and bool(ready.any()),
        Encoder.LIGHT: not (has_vectors and bool(ready.all())),
    }
    return {
        encoder: find_rivals_of_all(pool, encoder, people) if serves[encoder] else None
        for encoder in Encoder
    }


def _bar(gone: Mask, rows: Places, others: Places, barred: Mapping[int, Places]) -> list[int]:
    """Mark who is barred as gone; return the places of lists that lost too much by it."""
    short_of: list[int] = []
    for place, row in enumerate(rows.tolist()):
        apart = barred.get(row)
        if apart is not None and len(apart):
            lost = np.isin(others[place], apart)
            gone[place] |= lost
            if np.count_nonzero(lost) > _MOST_LOST * len(lost):
                short_of.append(place)
    return short_of
