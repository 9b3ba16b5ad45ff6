"""Everybody meets everybody: a schedule of pairs that never runs into a dead end."""

from typing import Final

import numpy as np

from matchmaker.affinity.rounds.weights import Floats, Table

ORDERS: Final = 30
"""Seeded random orders of the people, of which the best schedule is kept."""


def schedule_round_robin(score: Floats, *, rounds: int) -> list[list[Table]]:
    """Return ``rounds`` seatings of an even number in pairs in which no pair meets twice.

    The circle method of tournaments (Kirkman 1847): one person stays, the others move round by
    one place. There are as many rounds as other people; the best are kept, best first.
    """
    best: list[list[Table]] = []
    best_value = -np.inf
    for seed in range(ORDERS):
        turns = _turn(np.random.default_rng(seed).permutation(len(score)).tolist())
        values = [sum(float(score[pair]) for pair in turn) for turn in turns]
        order = sorted(range(len(turns)), key=lambda turn: (-values[turn], turn))[:rounds]
        value = sum(values[turn] for turn in order)
        if value > best_value:
            best, best_value = [turns[turn] for turn in order], value
    return best


def _turn(people: list[int]) -> list[list[Table]]:
    stays, moving = people[0], people[1:]
    turns = []
    for turn in range(len(moving)):
        circle = [stays, *moving[turn:], *moving[:turn]]
        half = len(circle) // 2
        turns.append(list(zip(circle[:half], reversed(circle[half:]), strict=True)))
    return [[(min(pair), max(pair)) for pair in turn] for turn in turns]
