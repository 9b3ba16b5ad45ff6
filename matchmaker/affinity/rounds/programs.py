"""Tables of three as a linear or integer program over all tables there could be."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from matchmaker.affinity.rounds.weights import Floats, Ints, Table, Weights

NODES: Final = 2_000
"""Branches of the integer program before its best seating is taken as it is."""

TABLES_EACH: Final = 8
"""Tables per person that one step of column generation adds."""

STEPS: Final = 60


@dataclass(frozen=True, kw_only=True)
class TableProgram:
    """All tables of three, and of two if any are needed, with what they are worth.

    ``members`` has shape (tables, 3). Each person sits once; a table of two has in place of a
    third person the row after the last, which must be filled as often as there are such tables.
    """

    members: Ints
    values: Floats
    demand: Floats

    def columns(self, chosen: Ints) -> csc_array:
        """Return the constraint matrix of some of the tables."""
        rows = self.members[chosen].ravel()
        entries = (np.ones(rows.size), (rows, np.repeat(np.arange(chosen.size), 3)))
        return csc_array(entries, shape=(self.demand.size, chosen.size))

    def solve(self) -> tuple[list[Table], float] | None:
        """Return the best tables and an upper bound, or None where the search found none."""
        every = np.arange(self.values.size)
        result = milp(
            -self.values,
            constraints=LinearConstraint(self.columns(every), self.demand, self.demand),
            integrality=np.ones(every.size),
            bounds=(0, 1),
            options={"node_limit": NODES},
        )
        if result.x is None:
            return None
        people = self.demand.size - 1
        rows = self.members[result.x > 0.5].tolist()
        tables = [tuple(one for one in row if one < people) for row in rows]
        return tables, -float(result.mip_dual_bound)

    def bound(self, tables: list[Table]) -> float:
        """Return the optimum of the linear program (or, stopped early, somewhat more).

        Column generation: the program is solved over the given seating and the tables of
        greatest value, then those that its prices leave with a profit are added, and so on.
        """
        size = TABLES_EACH * (self.demand.size - 1)
        chosen = np.union1d(self._find(tables), np.argsort(-self.values, kind="stable")[:size])
        best = np.inf
        for _ in range(STEPS):
            price = self._prices_over(chosen)
            profit = self.values - price[self.members].sum(axis=1)
            spare = max(float(profit.max()), 0.0) * self._number_of_tables()
            best = min(best, float(self.demand @ price) + spare)
            if spare <= 1e-9 * max(abs(best), 1.0):
                break
            chosen = np.union1d(chosen, np.argsort(-profit, kind="stable")[:size])
        return best

    def _prices_over(self, chosen: Ints) -> Floats:
        result = linprog(
            -self.values[chosen], A_eq=self.columns(chosen), b_eq=self.demand, method="highs"
        )
        return np.asarray(-result.eqlin.marginals)

    def _number_of_tables(self) -> float:
        return float(self.demand.sum()) / 3

    def _find(self, tables: list[Table]) -> Ints:
        people = self.demand.size - 1
        rows = {(*sorted(table), people)[:3] for table in tables}
        return np.flatnonzero([tuple(row) in rows for row in self.members.tolist()])


def build_program(weights: Weights, *, twos: int) -> TableProgram:
    """Return the program of all tables of three, and of two where ``twos`` are needed."""
    people = len(weights.matrix)
    threes = np.array(list(combinations(range(people), 3)), dtype=np.intp).reshape(-1, 3)
    inside = [weights.matrix[threes[:, a], threes[:, b]] for a, b in ((0, 1), (0, 2), (1, 2))]
    one, other = np.triu_indices(people if twos else 0, 1)
    pairs = np.column_stack([one, other, np.full(one.size, people)])
    return TableProgram(
        members=np.concatenate([threes, pairs]),
        values=np.concatenate([0.5 * sum(inside), weights.matrix[one, other]]),
        demand=np.concatenate([np.ones(people), [float(twos)]]),
    )
