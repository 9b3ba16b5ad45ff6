"""What is compared with what: some people with everybody, or with a few others each."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matchmaker.affinity.blocks import Block, Floats
from matchmaker.affinity.dense_block import ITEM_SHARE, DenseBlock
from matchmaker.affinity.item_pairs import ItemRows, find_nearest
from matchmaker.affinity.profile import Role
from matchmaker.affinity.sparse_block import SparseBlock

Places = NDArray[np.intp]

_SPREAD_AT_ONCE: Final = 32
"""Sparse rows made dense at a time: one of characters is a megabyte."""


class Compared(Protocol):
    """Cosines of one block, shape (some, others)."""

    def cosines(self, mine: Role, theirs: Role) -> Floats:
        """Return how near some people's texts are to the others'."""

    def cosines_between(self) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines."""


@dataclass(frozen=True, kw_only=True)
class WithAll:
    """Some people with everybody, exactly; shape (some, all)."""

    block: DenseBlock | SparseBlock
    places: Places

    def cosines(self, mine: Role, theirs: Role) -> Floats:
        """Return how near some people's texts are to everybody's."""
        return self.block.cosines(self.places, mine, theirs)

    def cosines_between(self) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines."""
        return self.block.cosines_between(self.places)


def compare_with_all(
    blocks: Mapping[Block, DenseBlock | SparseBlock], places: Places
) -> dict[Block, Compared]:
    """Return the blocks of some people ready to be compared with everybody's."""
    return {block: WithAll(block=rows, places=places) for block, rows in blocks.items()}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Some columns of what is compared, others for each row: ``columns`` (some, any)."""

    compared: Compared
    columns: Places

    def cosines(self, mine: Role, theirs: Role) -> Floats:
        """Return how near some people's texts are to the chosen others'."""
        return np.take_along_axis(self.compared.cosines(mine, theirs), self.columns, axis=1)

    def cosines_between(self) -> Floats:
        """Return offer-offer plus need-need less both offer-need cosines."""
        return np.take_along_axis(self.compared.cosines_between(), self.columns, axis=1)


class PairsOfBlock(Protocol):
    """One block, made ready for comparing many people with a few others each."""

    def compare(self, places: Places, others: Places) -> Compared:
        """Return each one of ``places`` beside the ``others`` (places, any) of its own."""


def prepare_pairs(rows: DenseBlock | SparseBlock) -> PairsOfBlock:
    """Return a block made ready for comparing many people with a few others each.

    Products are taken one pair at a time in single precision, so that those who wrote the same
    score the same wherever they stand.
    """
    return _DensePairs(rows) if isinstance(rows, DenseBlock) else _SparsePairs(rows)


class _DensePairs:
    def __init__(self, rows: DenseBlock) -> None:
        self._wholes = {role: side.centred() for role, side in rows.sides.items()}
        self._own = threading.local()
        several = any(side.has_items for side in rows.sides.values())
        self._items = {r: ItemRows(side) for r, side in rows.sides.items()} if several else None

    def compare(self, places: Places, others: Places) -> Compared:
        mine = {role: rows[places, None] for role, rows in self._wholes.items()}
        theirs = {role: self._gather(role, others) for role in Role}
        wholes = _Once(lambda one, other: np.vecdot(theirs[other], mine[one]))
        items = self._items
        if items is None:
            return _PairsCompared(wholes, wholes)

        def blend(one: Role, other: Role) -> Floats:
            whole = wholes(one, other)
            best = find_nearest(items[one], items[other], places, others, whole)
            return np.float32(1 - ITEM_SHARE) * whole + np.float32(ITEM_SHARE) * best

        return _PairsCompared(_Once(blend), wholes)

    def _gather(self, role: Role, others: Places) -> Floats:
        """Return rows of others, in memory that this thread uses again for the next.

        Fresh memory for each would cost more than all products with it.
        """
        rows = self._wholes[role]
        known: Floats | None = getattr(self._own, role, None)
        if known is None or known.shape[0] < others.size:
            known = np.empty((others.size, rows.shape[1]), dtype=np.float32)
            setattr(self._own, role, known)
        taken = known[: others.size]
        np.take(rows, others.ravel(), axis=0, out=taken, mode="clip")
        return taken.reshape(*others.shape, rows.shape[1])


class _SparsePairs:
    def __init__(self, rows: SparseBlock) -> None:
        self._rows = {role: rows.weighted(role) for role in Role}
        self._own = threading.local()

    def compare(self, places: Places, others: Places) -> Compared:
        def cosines(mine: Role, theirs: Role) -> Floats:
            found = np.empty(others.shape, dtype=np.float32)
            for start in range(0, len(places), _SPREAD_AT_ONCE):
                some = slice(start, start + _SPREAD_AT_ONCE)
                my_rows = self._rows[mine][places[some]]
                found[some] = self._multiply(my_rows, self._rows[theirs], others[some])
            return found

        found = _Once(cosines)
        return _PairsCompared(found, found)

    def _multiply(self, mine: csr_array, theirs: csr_array, others: Places) -> Floats:
        """Return the products of each row with the rows of its own ``others``.

        My rows stand side by side in one long dense vector, and each other's columns are moved
        to the stretch of the one they are compared with.
        """
        width = mine.shape[1]
        spread = self._find_spread(len(others) * width)
        mine_at = mine.indices + np.repeat(np.arange(len(others)) * width, np.diff(mine.indptr))
        chosen = theirs[others.ravel()]
        lengths = np.diff(chosen.indptr[:: others.shape[1]])
        chosen.indices += np.repeat(np.arange(len(others), dtype=np.int32) * width, lengths)
        parts = (chosen.data, chosen.indices, chosen.indptr)
        moved = csr_array(parts, shape=(others.size, len(spread)), copy=False)
        spread[mine_at] = mine.data
        found = np.asarray(moved @ spread, dtype=np.float32).reshape(others.shape)
        spread[mine_at] = 0
        return found

    def _find_spread(self, size: int) -> Floats:
        """Return zeros that this thread alone uses and leaves zero again."""
        known: Floats | None = getattr(self._own, "zeros", None)
        if known is None or len(known) < size:
            self._own.zeros = known = np.zeros(size, dtype=np.float32)
        return known[:size]


class _Once:
    """Cosines of two roles, each computed once."""

    def __init__(self, find: Callable[[Role, Role], Floats]) -> None:
        self._find = find
        self._found: dict[tuple[Role, Role], Floats] = {}

    def __call__(self, one: Role, other: Role) -> Floats:
        if (one, other) not in self._found:
            self._found[one, other] = self._find(one, other)
        return self._found[one, other]


class _PairsCompared:
    def __init__(self, cosines: _Once, wholes: _Once) -> None:
        self._cosines, self._wholes = cosines, wholes

    def cosines(self, mine: Role, theirs: Role) -> Floats:
        return self._cosines(mine, theirs)

    def cosines_between(self) -> Floats:
        wholes = self._wholes
        alike = wholes(Role.OFFER, Role.OFFER) + wholes(Role.NEED, Role.NEED)
        return alike - wholes(Role.OFFER, Role.NEED) - wholes(Role.NEED, Role.OFFER)
