"""The candidate graph as flat arrays: one row per *this list may show that person*."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.fairness.exposure import MOST_OVER_FAIR
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CandidateGraph:
    """Edges sorted by list owner, then by person, both as positions in ``people``.

    ``twin`` is the edge in the opposite direction, or -1. ``answers_held`` marks edges to
    somebody whose list already holds the owner. ``room`` is how many further places a list has,
    ``limit`` in how many further lists a person may appear; ``spare_room`` and ``spare_limit``
    add the one place that may be used when somebody would otherwise be left with nobody.
    ``listed`` and ``shown`` count what is held already.
    """

    people: list[AttendeeId]
    owner: Ints
    about: Ints
    score: Floats
    twin: Ints
    answers_held: NDArray[np.bool_]
    room: Ints
    limit: Ints
    spare_room: Ints
    spare_limit: Ints
    listed: Ints
    shown: Ints


def build_graph(
    candidates: Mapping[AttendeeId, Sequence[Recommendation]],
    *,
    free: Mapping[AttendeeId, int],
    capacity: Mapping[AttendeeId, int],
    held: Mapping[AttendeeId, Collection[AttendeeId]],
) -> CandidateGraph:
    """Return the graph of all candidates that are neither held already nor the owner.

    Somebody who is nobody's candidate, as happens with short candidate lists, becomes one for
    everybody they have as a candidate, with the same score.
    """
    people = sorted({*candidates, *free, *capacity, *held})
    position = {who: index for index, who in enumerate(people)}
    held_keys = _held_keys(held, position)
    keys, score = _candidate_edges(candidates, position)
    keys, score = _with_the_unseen(keys, score, held_keys=held_keys, people=len(people))
    new = ~np.isin(keys, held_keys)
    keys, score = keys[new], score[new]
    owner, about = np.divmod(keys, max(len(people), 1))
    reverse = about * len(people) + owner
    listed = np.array([len(set(held.get(who, ()))) for who in people], dtype=np.int64)
    shown = np.bincount(held_keys % max(len(people), 1), minlength=len(people)).astype(np.int64)
    room, spare_room = _list_room(people, free=free, listed=listed)
    limit, spare_limit = _limits(
        np.array([capacity.get(who, 0) for who in people], dtype=np.int64),
        shown=shown,
        slots=int((listed + np.minimum(room, np.bincount(owner, minlength=len(people)))).sum()),
    )
    return CandidateGraph(
        people=people,
        owner=owner,
        about=about,
        score=score,
        twin=_find_keys(keys, reverse),
        answers_held=np.isin(reverse, held_keys),
        room=room,
        limit=limit,
        spare_room=spare_room,
        spare_limit=spare_limit,
        listed=listed,
        shown=shown,
    )


def _candidate_edges(
    candidates: Mapping[AttendeeId, Sequence[Recommendation]],
    position: Mapping[AttendeeId, int],
) -> tuple[Ints, Floats]:
    """Return keys (owner × people + about) in rising order, each once, with the best score."""
    sizes = [len(listed) for listed in candidates.values()]
    owner = np.repeat(np.array([position[who] for who in candidates], dtype=np.int64), sizes)
    listed = [candidate for row in candidates.values() for candidate in row]
    about = np.array([position.get(one.about, -1) for one in listed], dtype=np.int64)
    score = np.array([one.score for one in listed], dtype=np.float64)
    usable = (about >= 0) & (about != owner) & np.isfinite(score)
    keys, score = (owner * len(position) + about)[usable], score[usable]
    order = np.lexsort((-score, keys))
    keys, first = np.unique(keys[order], return_index=True)
    return keys, score[order][first]


def _with_the_unseen(
    keys: Ints, score: Floats, *, held_keys: Ints, people: int
) -> tuple[Ints, Floats]:
    """Let people who are nobody's candidate, and on no list, be shown to their own candidates."""
    owner, about = np.divmod(keys, max(people, 1))
    is_seen = np.zeros(people, dtype=np.bool_)
    is_seen[about] = True
    is_seen[held_keys % max(people, 1)] = True
    unseen = ~is_seen[owner]
    keys = np.concatenate([keys, (about * people + owner)[unseen]])
    order = np.argsort(keys, kind="stable")
    return keys[order], np.concatenate([score, score[unseen]])[order]


def _held_keys(
    held: Mapping[AttendeeId, Collection[AttendeeId]], position: Mapping[AttendeeId, int]
) -> Ints:
    keys = [
        position[who] * len(position) + position[about]
        for who, abouts in held.items()
        for about in set(abouts)
        if about in position
    ]
    return np.sort(np.array(keys, dtype=np.int64))


def _list_room(
    people: list[AttendeeId], *, free: Mapping[AttendeeId, int], listed: Ints
) -> tuple[Ints, Ints]:
    given = np.array([free.get(who, 0) for who in people], dtype=np.int64)
    has_list = given + listed > 0
    return np.maximum(given, 0), np.maximum(given + has_list, 0)


def _limits(capacity: Ints, *, shown: Ints, slots: int) -> tuple[Ints, Ints]:
    wishes = np.maximum(capacity + shown, 0)
    shares = slots * wishes / max(int(wishes.sum()), 1)
    most = np.maximum(np.floor(MOST_OVER_FAIR * shares + 1e-9), 1).astype(np.int64) - shown
    limit = np.minimum(capacity, most)
    spare = np.minimum(capacity + (wishes > 0), most)
    return np.maximum(limit, 0), np.maximum(spare, 0)


def _find_keys(keys: Ints, wanted: Ints) -> Ints:
    if keys.size == 0:
        return np.empty(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[at] == wanted, at, -1).astype(np.int64)
