"""Repair: nobody with a candidate keeps an empty list, no candidate is shown to nobody."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.affinity.fairness.choice import Choice
from matchmaker.affinity.fairness.graph import Floats, Ints


def give_everyone_someone(choice: Choice, *, refill: Callable[[], None]) -> None:
    """Change ``choice`` so that every list has an entry and every candidate a list, if possible.

    First by alternating paths (C. Berge, *Two theorems in graph theory*, PNAS 1957): a place is
    taken from a list with several entries, or from somebody shown several times, along a chain
    that leaves every other count as it was; so neither side undoes the other (N. S. Mendelsohn
    and A. L. Dulmage, *Some generalizations of the problem of distinct representatives*, 1958).
    Then ``refill`` uses what became free. Where no chain exists, once more with one place
    beyond a wish or a list's length.
    """
    lists = _list_side(choice)
    sides = (lists, _turn(lists, choice))
    for side in sides:
        _cover(side, choice)
    refill()
    choice.loosen(by=1)
    for side in sides:
        _cover(side, choice)
    choice.loosen(by=-1)


@dataclass(frozen=True, kw_only=True)
class _Side:
    """One side of the bipartite graph as the near one: its nodes are to be covered."""

    near: Sequence[int]
    far: Sequence[int]
    near_degree: list[int]
    near_room: list[int]
    far_room: list[int]
    edges_at_near: list[Ints]
    edges_at_far: list[Ints]


def _list_side(choice: Choice) -> _Side:
    graph = choice.graph
    return _Side(
        near=choice.owner,
        far=choice.about,
        near_degree=choice.listed,
        near_room=choice.room,
        far_room=choice.limit,
        edges_at_near=_edges_by(graph.owner, score=graph.score, nodes=len(graph.people)),
        edges_at_far=_edges_by(graph.about, score=graph.score, nodes=len(graph.people)),
    )


def _turn(lists: _Side, choice: Choice) -> _Side:
    return _Side(
        near=choice.about,
        far=choice.owner,
        near_degree=choice.shown,
        near_room=choice.limit,
        far_room=choice.room,
        edges_at_near=lists.edges_at_far,
        edges_at_far=lists.edges_at_near,
    )


def _edges_by(node: Ints, *, score: Floats, nodes: int) -> list[Ints]:
    order = np.lexsort((np.arange(node.size), -score, node))
    ends = np.searchsorted(node[order], np.arange(1, nodes))
    return np.split(order, ends)


def _cover(side: _Side, choice: Choice) -> None:
    """Give every near node with candidates and room a first entry, where a chain exists."""
    closed: set[int] = set()
    for node, edges in enumerate(side.edges_at_near):
        if edges.size and side.near_degree[node] == 0 and side.near_room[node] > 0:
            _cover_one(node, side, choice, closed)


def _cover_one(start: int, side: _Side, choice: Choice, closed: set[int]) -> None:
    """Search breadth first for the shortest chain from ``start`` and apply it.

    What a failing search visited leads nowhere for later ones either, so it stays ``closed``
    (the Hungarian tree of a failed search can be left out of all further ones).
    """
    search = _Search(side=side, choice=choice, start=start)
    while search.queue:
        node = search.queue.popleft()
        for edge in side.edges_at_near[node].tolist():
            far = side.far[edge]
            if choice.chosen[edge] or far in closed or far in search.came_by:
                continue
            search.came_by[far] = edge
            if search.ends_at(far):
                return
    closed.update(search.came_by)


class _Search:
    """One search for a chain: which edge led to each far node, which was left at each near one."""

    def __init__(self, *, side: _Side, choice: Choice, start: int) -> None:
        self.side, self.choice, self.start = side, choice, start
        self.came_by: dict[int, int] = {}
        self.left: dict[int, int] = {start: -1}
        self.queue = deque([start])

    def ends_at(self, far: int) -> bool:
        """Apply the chain if it can end at ``far``; else go on with who stands there."""
        side = self.side
        if side.far_room[far] > 0:
            self._apply(far)
            return True
        edges = side.edges_at_far[far][::-1].tolist()
        taken = [edge for edge in edges if self.choice.chosen[edge]]
        for edge in taken:
            if side.near_degree[side.near[edge]] > 1:
                self.choice.drop(edge)
                self._apply(far)
                return True
        for edge in taken:
            if side.near[edge] not in self.left:
                self.left[side.near[edge]] = edge
                self.queue.append(side.near[edge])
        return False

    def _apply(self, far: int) -> None:
        while True:
            edge = self.came_by[far]
            self.choice.add(edge)
            left = self.left[self.side.near[edge]]
            if left < 0:
                return
            self.choice.drop(left)
            far = self.side.far[left]
