"""From candidates to lists: prices, the best pairs and places, upgrades, repair."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from matchmaker.affinity.fairness.choice import Choice, choose_best_first, fill_places
from matchmaker.affinity.fairness.graph import build_graph
from matchmaker.affinity.fairness.prices import find_reduced_scores
from matchmaker.affinity.fairness.repair import give_everyone_someone
from matchmaker.affinity.fairness.upgrade import upgrade_entries
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

NOTHING_HELD: Final[Mapping[AttendeeId, Collection[AttendeeId]]] = MappingProxyType({})


def fair_lists(
    candidates: Mapping[AttendeeId, Sequence[Recommendation]],
    *,
    free: Mapping[AttendeeId, int],
    capacity: Mapping[AttendeeId, int],
    held: Mapping[AttendeeId, Collection[AttendeeId]] = NOTHING_HELD,
) -> dict[AttendeeId, list[AttendeeId]]:
    """Return whom each person's list newly shows, best score first.

    ``free`` is how many places each list has left, ``capacity`` in how many further lists each
    person may appear (their wish less the lists that hold them), ``held`` who stands on each
    list already: they keep their places and are not given again. Pass both numbers as they
    are, negative where a wish is already exceeded. Only candidates are given, with one
    exception: somebody who is nobody's candidate may be shown to those they have as candidates,
    so leave out on both sides pairs that must not meet. The order of the arguments is without
    influence.

    What gives way to what, first to last: scores; pairs that show each other; other lists'
    second and further entries; and only where somebody would otherwise see nobody or be seen
    by nobody, one place beyond a wish or a list's length. Never more than that one, and never
    beyond ``MOST_OVER_FAIR`` times the fair share (of at least one place): a list all of whose
    candidates are at that bound stays empty.
    """
    graph = build_graph(candidates, free=free, capacity=capacity, held=held)
    reduced = find_reduced_scores(graph)
    choice = Choice(graph)
    choose_best_first(choice, reduced)
    upgrade_entries(choice)
    give_everyone_someone(choice, refill=lambda: fill_places(choice, reduced))
    return _as_lists(choice)


def _as_lists(choice: Choice) -> dict[AttendeeId, list[AttendeeId]]:
    graph = choice.graph
    lists: dict[AttendeeId, list[AttendeeId]] = {who: [] for who in graph.people}
    taken = [edge for edge, is_chosen in enumerate(choice.chosen) if is_chosen]
    for edge in sorted(taken, key=lambda edge: (-graph.score[edge], edge)):
        owner, about = choice.owner[edge], choice.about[edge]
        lists[graph.people[owner]].append(graph.people[about])
    return lists
