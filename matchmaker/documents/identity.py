"""Who of a file is who of an event: the rule by which an import finds people it knows.

A typed e-mail or telephone number proves nothing by itself: couples and offices share them. So a
person is known by the number of their ticket, else by e-mail *and* name, else by telephone *and*
name. Somebody who left none of these is known by name and organization, so that the same list can
be brought twice; that key never finds anybody who has a ticket, an e-mail or a telephone number.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from matchmaker.people.clean import fold_key


class Identifiable(Protocol):
    """What is needed of a person, be it an imported row or somebody who is known already."""

    @property
    def ticket(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def organization(self) -> str: ...


class KeyKind(StrEnum):
    """By what a person is known, the surest first."""

    TICKET = "ticket"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class IdentityKey:
    """What tells a person from others; equal keys mean the same person. Values are folded."""

    kind: KeyKind
    value: tuple[str, ...]


_KINDS: Final = tuple(KeyKind)


def key_of(person: Identifiable) -> IdentityKey | None:
    """Return the surest key of ``person``, or None for somebody without ticket and name."""
    return next((key for kind in _KINDS if (key := _key(person, kind))), None)


def pair_with_known(
    rows: Sequence[Identifiable], known: Sequence[Identifiable]
) -> tuple[int | None, ...]:
    """Return for each row which of ``known`` it is, as an index, or None for somebody new.

    Surer keys go first over the whole file, so that a ticket is never taken by a namesake. Two
    rows are never the same person, and people with different tickets are never paired. Rows and
    known people with equal keys are paired in their order.
    """
    pairs: list[int | None] = [None] * len(rows)
    taken: set[int] = set()
    for kind in _KINDS:
        waiting = _Waiting(kind, ((i, p) for i, p in enumerate(known) if i not in taken))
        for index, row in enumerate(rows):
            match = waiting.take(row) if pairs[index] is None else None
            if match is not None:
                pairs[index] = match
                taken.add(match)
    return tuple(pairs)


class _Waiting:
    """Known people who wait for their row, by one kind of key."""

    def __init__(self, kind: KeyKind, people: Iterable[tuple[int, Identifiable]]) -> None:
        self._kind = kind
        self._queues: dict[tuple[IdentityKey, bool], deque[int]] = defaultdict(deque)
        for index, person in people:
            if key := _key(person, kind):
                self._queues[key, bool(person.ticket)].append(index)

    def take(self, row: Identifiable) -> int | None:
        key = _key(row, self._kind)
        if key is None:
            return None
        # Behind the stage of tickets, a ticket on both sides is a different one.
        with_ticket = (True,) if self._kind is KeyKind.TICKET else (False, True)
        for has_ticket in with_ticket:
            if has_ticket and row.ticket and self._kind is not KeyKind.TICKET:
                continue
            if queue := self._queues.get((key, has_ticket)):
                return queue.popleft()
        return None


def _key(person: Identifiable, kind: KeyKind) -> IdentityKey | None:
    name = fold_key(person.name)
    match kind:
        case KeyKind.TICKET:
            value: tuple[str, ...] = (fold_key(person.ticket),)
        case KeyKind.EMAIL:
            value = (fold_key(person.email), name)
        case KeyKind.PHONE:
            value = (fold_key(person.phone), name)
        case KeyKind.NAME:
            return _name_key(person, name)
    return IdentityKey(kind=kind, value=value) if all(value) else None


def _name_key(person: Identifiable, name: str) -> IdentityKey | None:
    if not name or person.ticket or person.email or person.phone:
        return None
    return IdentityKey(kind=KeyKind.NAME, value=(name, fold_key(person.organization)))
