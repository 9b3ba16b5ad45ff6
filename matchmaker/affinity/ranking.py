"""From scores to lists: a short list by the plain score, then its order among rivals."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Encoder, Floats
from matchmaker.affinity.competition import Rivals, adjust, find_rivals
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Recommendation
from matchmaker.affinity.scoring import Direction, PairScores, merge, rank
from matchmaker.people.ids import AttendeeId

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

MIN_SHORTLIST: Final = 60
SHORTLIST_FACTOR: Final = 3

AllRivals = dict[Encoder, Rivals | None]


class Ranker:
    """Turns rows of scores into recommendations among the rows ``present``.

    ``rivals`` of the whole pool may be given where many rows are ranked at once; otherwise those
    of the short list are found as needed, with the same result.
    """

    def __init__(self, pool: Pool, present: Mask, rivals: AllRivals | None = None) -> None:
        self._pool = pool
        self._present = present
        self._rivals = rivals

    def list_best(
        self, scores: PairScores, place: int, row: int, *, k: int, barred: Places
    ) -> list[Recommendation]:
        """Return the best ``k`` for the person at ``row``, whose scores stand at ``place``."""
        order = scores.order[place].copy()
        order[barred] = -np.inf
        short = select_best(order, self._pool.ids, find_shortlist_size(k))
        if not len(short):
            return []
        score = self._refine(scores, place, row, short)
        final = order[short] - scores.score[place, short] + score
        best = select_best(final, self._pool.ids[short], k)
        return self._describe(scores, place, short[best], score[best])

    def recommend(
        self, scores: PairScores, place: int, row: int, about: Places
    ) -> list[Recommendation]:
        """Return what is to be said about certain rows, in their order."""
        return self._describe(scores, place, about, self._refine(scores, place, row, about))

    def _describe(
        self, scores: PairScores, place: int, about: Places, score: Floats
    ) -> list[Recommendation]:
        gives, gets = scores.give.known[place, about], scores.get.known[place, about]
        give, get = scores.give.affinity_at(place, about), scores.get.affinity_at(place, about)
        return [
            Recommendation(
                about=AttendeeId(int(self._pool.ids[other])),
                score=float(score[n]),
                give=float(give[n]),
                get=float(get[n]),
                one_way=not (gives[n] and gets[n]),
                shares_language=bool(scores.shares_language[place, other]),
                useful=float(scores.useful[place, other]),
            )
            for n, other in enumerate(about)
        ]

    def _refine(self, scores: PairScores, place: int, row: int, short: Places) -> Floats:
        """Return the scores of a short list as they stand among both sides' rivals."""
        plain = scores.score[place, short]
        gives, gets = scores.give.known[place, short], scores.get.known[place, short]
        give = self._among_rivals(scores.give, place, row, short, giving=True)
        get = self._among_rivals(scores.get, place, row, short, giving=False)
        refined = merge(give, get, gives, gets) * scores.useful[place, short]
        return np.asarray(np.where(gives | gets, refined, plain), dtype=np.float32)

    def _among_rivals(
        self, direction: Direction, place: int, row: int, short: Places, *, giving: bool
    ) -> Floats:
        raw, ready = direction.raw[place, short], direction.ready[place, short]
        for encoder, chosen in ((Encoder.AUTO, ready), (Encoder.LIGHT, ~ready)):
            rivals = self._find_rivals(row, short, encoder) if chosen.any() else None
            if rivals is None:
                continue
            mine, theirs = rivals.take(np.array([0])), rivals.take(np.arange(1, len(short) + 1))
            giver, taker = (mine.offers, theirs.needs) if giving else (theirs.offers, mine.needs)
            raw = np.where(chosen, adjust(raw, giver, taker, encoder), raw)
        return rank(raw, ready)

    def _find_rivals(self, row: int, short: Places, encoder: Encoder) -> Rivals | None:
        rows = np.concatenate([[row], short])
        if self._rivals is None:
            return find_rivals(self._pool, rows, encoder, self._present)
        known = self._rivals[encoder]
        return known and known.take(rows)


def find_all_rivals(pool: Pool, present: Mask) -> AllRivals:
    """Return the rivals of every row, for ranking many rows at once."""
    everybody = np.arange(pool.rows, dtype=np.intp)
    return {encoder: find_rivals(pool, everybody, encoder, present) for encoder in Encoder}


def find_shortlist_size(k: int) -> int:
    """Return how many of the plain order are put in order among their rivals for a list of k."""
    return max(MIN_SHORTLIST, SHORTLIST_FACTOR * k)


def select_best(order: Floats, ids: NDArray[np.int64], k: int) -> Places:
    """Return the places of the ``k`` highest finite values, best first, ties by id."""
    rounded = np.round(order.astype(np.float64), 6)
    k = min(k, int(np.count_nonzero(np.isfinite(rounded))))
    if k <= 0:
        return np.zeros(0, dtype=np.intp)
    least = np.partition(rounded, len(rounded) - k)[len(rounded) - k]
    found = np.flatnonzero(rounded >= least)
    return found[np.lexsort((ids[found], -rounded[found]))][:k]
