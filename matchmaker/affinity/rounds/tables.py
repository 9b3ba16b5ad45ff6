"""A finished seating, and what becomes of those for whom it had no allowed place."""

from dataclasses import dataclass

import numpy as np

from matchmaker.affinity.rounds.weights import Table, Weights


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Tables as rows of the weights, and an upper bound on the value of any seating."""

    tables: list[Table]
    bound: float


def without_forbidden(tables: list[Table], weights: Weights) -> list[Table]:
    """Return tables at which no forbidden pair sits.

    Whoever has to leave joins the best table of two that allows them, or somebody else who had
    to leave, and otherwise sits alone: a table of one.
    """
    kept: list[Table] = []
    leaving: list[int] = []
    for table in tables:
        staying = list(table)
        while len(staying) > 1 and not weights.allows(staying):
            leaving.append(staying.pop(_most_forbidden(staying, weights)))
        kept.append(tuple(staying))
    kept, single = [t for t in kept if len(t) > 1], [t[0] for t in kept if len(t) == 1]
    for person in sorted(leaving + single):
        _join(person, kept, weights)
    return kept


def _most_forbidden(table: list[int], weights: Weights) -> int:
    inside = weights.matrix[np.ix_(table, table)] <= -weights.forbidden
    return int(inside.sum(axis=1).argmax())


def _join(person: int, tables: list[Table], weights: Weights) -> None:
    """Add a person to the table, of one or two, that gains most or loses least."""
    gains = [
        (weights.value((*table, person)) - weights.value(table), -number)
        for number, table in enumerate(tables)
        if len(table) < 3 and weights.allows((*table, person))
    ]
    if gains:
        number = -max(gains)[1]
        tables[number] = (*tables[number], person)
    else:
        tables.append((person,))
