"""What is compared with what: some people with everybody, or with a few others each."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matchmaker.affinity.blocks import Block, Floats
from matchmaker.affinity.dense_block import ITEM_SHARE, DenseBlock
from matchmaker.affinity.item_pairs import ItemRows, find_nearest
from matchmaker.affinity.profile import Role
from matchmaker.affinity.sparse_block import SparseBlock

Places = NDArray[np.intp]


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
            return self._multiply(self._rows[mine][places], self._rows[theirs], others)

        found = _Once(cosines)
        return _PairsCompared(found, found)

    def _multiply(self, mine: csr_array, theirs: csr_array, others: Places) -> Floats:
        """Return the products of each row with the rows of its own ``others``.

        My rows stand side by side in one long dense vector of the columns that any of them has,
        after a zero for all columns that none has; each other's columns are moved to the stretch
        of the one they are compared with.
        """
        columns, found_at = np.unique(mine.indices, return_inverse=True)
        width = len(columns) + 1
        stretches = np.arange(len(others), dtype=np.int32) * width
        spread = np.zeros(len(others) * width, dtype=np.float32)
        spread[np.repeat(stretches, np.diff(mine.indptr)) + found_at + 1] = mine.data
        chosen = theirs[others.ravel()]
        number = self._find_numbers(theirs.shape[1])
        number[columns] = np.arange(1, width)
        moved = number[chosen.indices]
        number[columns] = 0
        moved += np.repeat(stretches, np.diff(chosen.indptr[:: others.shape[1]]))
        parts = (chosen.data, moved, chosen.indptr)
        products = csr_array(parts, shape=(others.size, len(spread)), copy=False) @ spread
        return np.asarray(products, dtype=np.float32).reshape(others.shape)

    def _find_numbers(self, columns: int) -> NDArray[np.int32]:
        """Return zeros that this thread alone uses and leaves zero again."""
        known: NDArray[np.int32] | None = getattr(self._own, "numbers", None)
        if known is None:
            self._own.numbers = known = np.zeros(columns, dtype=np.int32)
        return known


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
