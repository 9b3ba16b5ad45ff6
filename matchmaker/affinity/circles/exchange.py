"""Local search on a disjoint choice of threes: let one in, refill around it, keep what gains."""

from typing import Final

import numpy as np

from matchmaker.affinity.circles.cycles import Floats, Ints

PASSES: Final = 3
TRIES: Final = 6_000
"""Threes tried in each pass, the most profitable first."""

STARTS: Final = 12
"""Threes with which a refill may begin."""


def exchange(chosen: Ints, members: Ints, values: Floats, profits: Floats) -> Ints:
    """Return a disjoint choice of threes worth at least as much as the given one.

    In the order of ``profits`` every three is tried: it replaces those it overlaps, and the
    people whom that frees are used for others as well as a few greedy attempts can (local
    search for k-set packing; E. M. Arkin, R. Hassin, *On local search for weighted k-set
    packing*, Mathematics of Operations Research 1998).
    """
    choice = _Choice(chosen, members, values)
    order = np.argsort(-profits, kind="stable")[:TRIES].tolist()
    for _ in range(PASSES):
        if not any([choice.let_in(three) for three in order]):
            break
    return np.array(choice.chosen(), dtype=np.intp)


class _Choice:
    """Which three each person is in (-1: none), with an index from people to threes."""

    def __init__(self, chosen: Ints, members: Ints, values: Floats) -> None:
        people = int(members.max()) + 1
        order = np.argsort(members.ravel(), kind="stable")
        self._start = np.searchsorted(members.ravel()[order], np.arange(people + 1)).tolist()
        self._threes = order // 3
        self._members, self._values = members, values
        self._people: list[list[int]] = members.tolist()
        self._value: list[float] = values.tolist()
        self._busy_in = [-1] * people
        self._free = np.ones(people, dtype=np.bool_)
        for three in chosen.tolist():
            self._place(three)

    def chosen(self) -> list[int]:
        """Return the threes chosen now, in order."""
        return sorted({three for three in self._busy_in if three >= 0})

    def let_in(self, three: int) -> bool:
        """Choose a three in place of those it overlaps if that gains; return whether it did."""
        out = {self._busy_in[person] for person in self._people[three]} - {-1}
        if three in out:
            return False
        for one in out:
            self._remove(one)
        self._place(three)
        new = [three, *self._refill(around=out, without=three)]
        if self._worth(new) > self._worth(out) + 1e-9:
            return True
        for one in new:
            self._remove(one)
        for one in out:
            self._place(one)
        return False

    def _refill(self, *, around: set[int], without: int) -> list[int]:
        """Place further threes among the free people that include somebody just freed."""
        freed = {person for one in around for person in self._people[one]}
        freed.difference_update(self._people[without])
        parts = [self._threes[self._start[one] : self._start[one + 1]] for one in sorted(freed)]
        if not parts:
            return []
        near = np.unique(np.concatenate(parts))
        best = self._best_disjoint(near[self._free[self._members[near]].all(axis=1)])
        for one in best:
            self._place(one)
        return best

    def _best_disjoint(self, near: Ints) -> list[int]:
        order = near[np.argsort(-self._values[near], kind="stable")][:STARTS].tolist()
        best: list[int] = []
        for first in order:
            taken = [first]
            busy = set(self._people[first])
            for one in order:
                if busy.isdisjoint(self._people[one]):
                    taken.append(one)
                    busy.update(self._people[one])
            if self._worth(taken) > self._worth(best):
                best = taken
        return best

    def _worth(self, threes: list[int] | set[int]) -> float:
        return sum(self._value[three] for three in sorted(threes))

    def _place(self, three: int) -> None:
        for person in self._people[three]:
            self._busy_in[person] = three
            self._free[person] = False

    def _remove(self, three: int) -> None:
        for person in self._people[three]:
            self._busy_in[person] = -1
            self._free[person] = True
