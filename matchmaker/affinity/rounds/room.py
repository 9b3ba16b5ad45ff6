"""A room over the rounds: who has met whom, and who had how much from it so far."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from matchmaker.affinity.rounds.weights import (
    Bools,
    Floats,
    Ints,
    Table,
    Weights,
    build_weights,
    measure_deficit,
)
from matchmaker.people.ids import AttendeeId

Pair = tuple[AttendeeId, AttendeeId]
Score = Callable[[AttendeeId, AttendeeId], float] | Floats


class Room:
    """People as rows, their symmetric scores, and what past rounds left behind."""

    def __init__(
        self,
        people: Sequence[AttendeeId],
        score: Score,
        *,
        forbidden: Iterable[Pair],
        earlier: Iterable[Pair],
    ) -> None:
        self.people = list(people)
        self._row = {who: row for row, who in enumerate(self.people)}
        if len(self._row) != len(self.people):
            raise ValueError("people must be named once each")
        self._score = _symmetric_scores(self.people, score)
        self._forbidden = self._mark(forbidden)
        self._met = self._mark(earlier)
        self._served = np.where(self._met, self._score, 0.0).sum(axis=1)

    def rows_of(self, who: Collection[AttendeeId]) -> Ints:
        """Return the rows of those of the people who are in ``who``, in order."""
        return np.array([self._row[one] for one in self.people if one in set(who)], dtype=np.intp)

    def weights(self, rows: Ints) -> Weights:
        """Return what seating these rows together is worth now."""
        inside = np.ix_(rows, rows)
        return build_weights(
            self._score[inside],
            met=self._met[inside],
            forbidden=self._forbidden[inside],
            deficit=measure_deficit(self._served[rows]),
        )

    def repeats(self, tables: Iterable[Table]) -> list[tuple[int, int]]:
        """Return the pairs at these tables who have met before."""
        return sorted(pair for pair in pairs_at(tables) if self._met[pair])

    def record(self, tables: Collection[Table]) -> None:
        """Remember who sat together."""
        for table in tables:
            for one in table:
                others = [other for other in table if other != one]
                if others:
                    self._served[one] += float(self._score[one, others].mean())
        for one, other in pairs_at(tables):
            self._met[one, other] = self._met[other, one] = True

    @property
    def has_history(self) -> bool:
        """Whether any pair has met or must not."""
        return bool(self._met.any() or self._forbidden.any())

    def _mark(self, pairs: Iterable[Pair]) -> Bools:
        marked = np.zeros(self._score.shape, dtype=np.bool_)
        for one, other in pairs:
            if one in self._row and other in self._row and one != other:
                row, column = self._row[one], self._row[other]
                marked[row, column] = marked[column, row] = True
        return marked


def pairs_at(tables: Iterable[Table]) -> Iterator[tuple[int, int]]:
    """Yield all pairs who share a table, smaller row first."""
    for table in tables:
        yield from combinations(sorted(table), 2)


def _symmetric_scores(people: list[AttendeeId], score: Score) -> Floats:
    if callable(score):
        given = np.array([[score(a, b) if a != b else 0.0 for b in people] for a in people])
    else:
        given = np.asarray(score, dtype=np.float64)
    given = given.reshape(0, 0) if not people and given.size == 0 else given
    if given.shape != (len(people), len(people)):
        raise ValueError("score must have one row and one column per person")
    finite = np.where(np.isfinite(given), given, 0.0)
    scores = np.maximum(0.5 * (finite + finite.T), 0.0)
    np.fill_diagonal(scores, 0.0)
    return np.asarray(scores)
