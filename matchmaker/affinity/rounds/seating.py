"""Round after round: nobody meets twice while that is possible, and who fell behind catches up."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaker.affinity.rounds.pairs import seat_in_pairs
from matchmaker.affinity.rounds.prices import find_prices
from matchmaker.affinity.rounds.room import Pair, Room, Score
from matchmaker.affinity.rounds.round_robin import schedule_round_robin
from matchmaker.affinity.rounds.tables import Seating
from matchmaker.affinity.rounds.threes import seat_in_threes
from matchmaker.affinity.rounds.weights import Ints, Table, Weights
from matchmaker.people.ids import AttendeeId


@dataclass(frozen=True, kw_only=True)
class Round:
    """One seating of everybody present.

    ``value`` is the sum of what its tables are worth in this round: a table of two its score,
    a table of three half the sum of its three, both tilted to those who lag behind. ``bound``
    is proven to be at least the value of any seating with as few repeats. ``alone`` holds those
    for whom there was nobody allowed, ``repeats`` the pairs that had met before.
    """

    tables: tuple[tuple[AttendeeId, ...], ...]
    alone: tuple[AttendeeId, ...]
    repeats: tuple[Pair, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the value may be below the best possible, as a share of it; 0 is proven best."""
        return max(self.bound - self.value, 0.0) / self.bound if self.bound > 0 else 0.0


def seat_rounds(
    people: Sequence[AttendeeId],
    score: Score,
    *,
    rounds: int,
    table_size: Literal[2, 3] = 2,
    forbidden: Iterable[Pair] = (),
    present: Sequence[Collection[AttendeeId]] | None = None,
    earlier: Iterable[Pair] = (),
) -> list[Round]:
    """Seat ``people`` for a number of rounds, each as well as possible given those before it.

    ``score`` is a function of two people or an array of shape (people, people) in the order of
    ``people``; the mean of both directions counts, what is negative or no number counts as 0.
    ``forbidden`` pairs never share a table; ``earlier`` pairs have already met; ``present``
    says for each round who is there (default: everybody in all of them).

    Everybody present sits once in a round. Nobody meets the same person twice while the round
    can be seated otherwise; an even number in pairs, all there all the time, gets as many
    rounds without repeats as there are other people. From the second round on the scores of
    those whose tables so far were worth less than the average count for more. Memory is about
    32 bytes a pair of people: 160 MB for 2,000 people, 800 MB for 5,000.

    Raises ValueError if somebody is named twice or the array or ``present`` doesn't fit.
    """
    forbidden, earlier = list(forbidden), list(earlier)
    room = Room(people, score, forbidden=forbidden, earlier=earlier)
    if present is not None and len(present) != rounds:
        raise ValueError("present needs one entry per round")
    everybody = np.arange(len(people))
    there = [room.rows_of(who) for who in present] if present else [everybody] * rounds
    seated = [_seat(room, rows, table_size=table_size) for rows in there]
    if table_size == 2 and not (forbidden or earlier) and _met_too_soon(seated, there, room):
        return _seat_by_schedule(Room(people, score, forbidden=(), earlier=()), rounds=rounds)
    return seated


def _met_too_soon(seated: list[Round], there: list[Ints], room: Room) -> bool:
    """Whether pairs met twice although a schedule of everybody with everybody would do."""
    others = len(room.people) - 1
    constant = all(rows.size == len(room.people) for rows in there)
    possible = constant and others % 2 == 1 and len(seated) <= others
    return possible and any(round_.repeats for round_ in seated)


def _seat(room: Room, rows: Ints, *, table_size: Literal[2, 3]) -> Round:
    weights = room.weights(rows)
    seating = (seat_in_pairs if table_size == 2 else seat_in_threes)(weights)
    return _record(room, rows, weights, seating)


def _seat_by_schedule(room: Room, *, rounds: int) -> list[Round]:
    everybody = np.arange(len(room.people))
    seated = []
    for tables in schedule_round_robin(room.weights(everybody).matrix, rounds=rounds):
        weights = room.weights(everybody)
        bound = find_prices(weights).bound
        seated.append(_record(room, everybody, weights, Seating(tables=tables, bound=bound)))
    return seated


def _record(room: Room, rows: Ints, weights: Weights, seating: Seating) -> Round:
    """Return a seating as a round, freed of penalties, and remember it in the room."""
    tables: list[Table] = sorted(tuple(sorted(rows[list(t)].tolist())) for t in seating.tables)
    repeats = room.repeats(tables)
    value = sum(weights.value(table) for table in seating.tables)
    penalty = sum(_penalty(table, room, weights) for table in tables)
    room.record(tables)
    name = room.people
    return Round(
        tables=tuple(tuple(name[row] for row in table) for table in tables if len(table) > 1),
        alone=tuple(name[table[0]] for table in tables if len(table) == 1),
        repeats=tuple((name[one], name[other]) for one, other in repeats),
        value=value + penalty,
        bound=max(seating.bound, value) + penalty,
    )


def _penalty(table: Table, room: Room, weights: Weights) -> float:
    if len(table) == 1:
        return -0.5 * float(weights.matrix[0, 0])
    return weights.repeat * len(room.repeats([table])) / (len(table) - 1)
