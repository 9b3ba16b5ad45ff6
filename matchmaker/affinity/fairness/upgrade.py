"""Upgrades: a full list gives its worst entry up for a better person who still has room."""

from array import array
from collections import defaultdict

import numpy as np

from matchmaker.affinity.fairness.choice import PAIR_BONUS, Choice
from matchmaker.affinity.fairness.prices import mean_best_score


def upgrade_entries(choice: Choice) -> None:
    """Replace entries of full lists where that raises the score, best candidates first.

    A direction that is answered counts for two bonuses more (see ``choose_best_first``). Nobody
    loses their only place.
    """
    graph = choice.graph
    if graph.owner.size == 0:
        return
    worth = _Worth(choice)
    entries: defaultdict[int, set[int]] = defaultdict(set)
    for edge in np.flatnonzero(np.frombuffer(choice.chosen, dtype=np.bool_)).tolist():
        entries[choice.owner[edge]].add(edge)
    has_limit = np.array(choice.limit)[graph.about] > 0
    wanted = np.flatnonzero(has_limit & ~np.array(choice.chosen, dtype=np.bool_))
    for edge in wanted[np.argsort(-graph.score[wanted], kind="stable")].tolist():
        listed = entries[choice.owner[edge]]
        if choice.limit[choice.about[edge]] <= 0 or choice.room[choice.owner[edge]] > 0:
            continue
        worst = min(listed, key=lambda one: (worth.of(one), one), default=edge)
        if choice.shown[choice.about[worst]] > 1 and worth.of(edge) > worth.of(worst) + 1e-12:
            choice.drop(worst)
            choice.add(edge)
            listed.remove(worst)
            listed.add(edge)


class _Worth:
    """What an entry is worth as things stand: its score, and more if it is answered."""

    def __init__(self, choice: Choice) -> None:
        graph = choice.graph
        self._chosen = choice.chosen
        self._score = array("d", graph.score.tobytes())
        self._twin = array("i", graph.twin.astype(np.intc).tobytes())
        self._answers_held = graph.answers_held.tobytes()
        self._bonus = 2 * PAIR_BONUS * mean_best_score(graph.owner, graph.score)

    def of(self, edge: int) -> float:
        twin = self._twin[edge]
        answered = bool(self._answers_held[edge] or (twin >= 0 and self._chosen[twin]))
        return self._score[edge] + self._bonus * answered
