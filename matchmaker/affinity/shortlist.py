"""Whom to score at full width in a large room: the best few of everybody along few axes.

Dense blocks are narrowed together to the axes that carry most of their products; concepts, whose
products few axes can't carry, stay as they are. Words and characters, which count little, wait
for the full score. Who may meet whom, missing texts and unshared languages are heeded here as
they are there, so that nobody takes up a place who can't be suggested.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from matchmaker.affinity.blocks import Block, Encoder, Floats, normalize_rows
from matchmaker.affinity.calibration import CALIBRATIONS, EPSILON, ONE_WAY_PRIOR
from matchmaker.affinity.competition import USUAL, Rivals, adjust
from matchmaker.affinity.dense_block import ITEM_SHARE, DenseBlock
from matchmaker.affinity.dense_side import DenseSide
from matchmaker.affinity.meeting_rules import find_blank
from matchmaker.affinity.mutual_vectors import AXES, LEARNT_FROM, find_axes
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Role
from matchmaker.affinity.ranking import AllRivals
from matchmaker.affinity.scoring import HOST_SCORE, UNSHARED_LANGUAGE
from matchmaker.affinity.sparse_block import SparseBlock
from matchmaker.affinity.top_k import Best, Rows, find_best

Places = NDArray[np.intp]
Weights = Mapping[Encoder, Mapping[Block, float]]

_JOINED_AT_ONCE: Final = 4_096

_UNIT: Final = 4 * ((1 + EPSILON) ** 2 - EPSILON**2)
_ZERO: Final = 4 * EPSILON**2
"""A mutual score s stands here as s times ``_UNIT`` plus ``_ZERO``."""


def find_shortlists(
    pool: Pool,
    people: Places,
    weights: Weights,
    rivals: AllRivals,
    *,
    k: int,
    threads: int | None = None,
) -> Best:
    """Return about the best ``k`` others of each of ``people``, as positions among them.

    ``rivals`` are those of every row of the pool.
    """
    with threadpool_limits(1, user_api="blas"):
        score = _NarrowScore(pool, people, weights, rivals)
    return find_best(len(people), score, k=k, threads=threads)


class _NarrowScore:
    """About the order of ``pair_scoring.Scored`` between blocks of people."""

    def __init__(self, pool: Pool, people: Places, weights: Weights, rivals: AllRivals) -> None:
        ready = pool.ready[people]
        if Block.SEMANTIC not in pool.blocks:
            ready = np.zeros(len(people), dtype=bool)
        self._ready = ready
        self._spaces = {
            encoder: _NarrowSpace(pool, people, encoder, weights[encoder], rivals[encoder])
            for encoder, serves in ((Encoder.AUTO, ready.any()), (Encoder.LIGHT, not ready.all()))
            if serves
        }
        self._rules = _Rules(pool, people)

    def __call__(self, one: Rows, other: Rows) -> Floats:
        give = self._likely(one, other, giving=True)
        get = self._likely(one, other, giving=False)
        give *= get
        return self._rules.apply(give, one, other)

    def _likely(self, one: Rows, other: Rows, *, giving: bool) -> Floats:
        """Return twice the likelihood plus ε of what some give others, or get from them."""
        found = self._find_exponents(one, other, giving=giving)
        # The logistic curve of x is (1 + tanh(x / 2)) / 2.
        np.tanh(found, out=found)
        found += np.float32(1 + 2 * EPSILON)
        return found

    def _find_exponents(self, one: Rows, other: Rows, *, giving: bool) -> Floats:
        found = {e: space.multiply(one, other, giving=giving) for e, space in self._spaces.items()}
        if len(found) == 1:
            return next(iter(found.values()))
        both = self._ready[one][:, None] & self._ready[other]
        auto, light = (found[encoder] for encoder in Encoder)
        return np.where(both, auto, light)


class _NarrowSpace:
    """Offers and needs of one encoder, whose products are half the exponents of likelihoods."""

    def __init__(
        self,
        pool: Pool,
        people: Places,
        encoder: Encoder,
        weights: Mapping[Block, float],
        rivals: Rivals | None,
    ) -> None:
        curve = CALIBRATIONS[encoder]
        scale = np.float32(1 / (2 * curve.width))
        offers, needs = _narrow(pool, people, weights)
        known = {role: pool.has[role][people].astype(np.float32) for role in Role}
        unknown = np.float32(np.log(ONE_WAY_PRIOR / (1 - ONE_WAY_PRIOR)) / 2)
        giver, taker = _find_elsewhere(rivals, people, encoder)
        # Three more columns add what belongs to one text alone within the product itself.
        own = (np.float32(-curve.middle) - giver) * scale - unknown
        whole = np.ones(len(people), dtype=np.float32)
        self._offers = np.column_stack(
            [offers * scale, own * known[Role.OFFER], known[Role.OFFER], unknown * whole]
        )
        self._needs = np.column_stack(
            [needs, known[Role.NEED], -scale * taker * known[Role.NEED], whole]
        )
        self._sparse = _find_sparse(pool, people, weights, scale)

    def multiply(self, one: Rows, other: Rows, *, giving: bool) -> Floats:
        """Return the products of some offers with other needs, or of some needs with offers."""
        mine, theirs = (self._offers, self._needs) if giving else (self._needs, self._offers)
        found = np.asarray(mine[one] @ theirs[other].T)
        if self._sparse is not None:
            mine_of, theirs_of = self._sparse if giving else self._sparse[::-1]
            added = mine_of.take(one) @ theirs_of.take_columns(other)
            rows = np.repeat(np.arange(len(found)) * found.shape[1], np.diff(added.indptr))
            found.ravel()[rows + added.indices] += added.data
        return found


def _find_elsewhere(
    rivals: Rivals | None, people: Places, encoder: Encoder
) -> tuple[Floats, Floats]:
    """Return what is taken off raw scores for other possibilities of offers and of needs."""
    nothing = np.zeros(len(people), dtype=np.float32)
    if rivals is None:
        return nothing, nothing
    mine, usual = rivals.take(people), USUAL[encoder]
    giver = adjust(nothing, mine.offers, usual, encoder)
    taker = adjust(nothing, usual, mine.needs, encoder)
    return -giver, -taker


class _Rules:
    """Who can't meet, who is hosted, and who share no language."""

    def __init__(self, pool: Pool, people: Places) -> None:
        self._organization = pool.organization[people]
        self._open = pool.open_organization[people]
        self._speaks = pool.speaks[people]
        self._blank = find_blank(pool)[people]
        self._host = pool.host[people]
        offers, needs = pool.has[Role.OFFER][people], pool.has[Role.NEED][people]
        self._only_offer, self._only_need = offers & ~needs, needs & ~offers
        self._some_speak = bool(np.any(self._speaks))
        self._some_colleagues = bool(np.any(self._organization))

    def apply(self, scores: Floats, one: Rows, other: Rows) -> Floats:
        """Return scores, changed in place; -inf where two must not meet."""
        for side in (self._only_offer, self._only_need):
            _put(scores, side[one], side[other], _ZERO)
        blank, others_blank = self._blank[one], self._blank[other]
        some_blank = bool(blank.any() or others_blank.any())
        if some_blank:
            every = np.ones(scores.shape[1], dtype=bool)
            _put(scores, blank, every, -np.inf)
            _put(scores, np.ones(len(scores), dtype=bool), others_blank, -np.inf)
            hosted = np.float32(HOST_SCORE * _UNIT + _ZERO)
            _put(scores, blank, self._host[other], hosted)
            _put(scores, self._host[one], others_blank, hosted)
        if self._some_speak:
            mine, theirs = self._speaks[one, None], self._speaks[other]
            apart = ((mine & theirs) == 0) & (mine != 0) & (theirs != 0)
            scores -= apart * np.float32(UNSHARED_LANGUAGE * _UNIT)
        if self._some_colleagues:
            firm = self._organization[one, None]
            colleagues = (firm == self._organization[other]) & (firm > 0)
            if colleagues.any():
                colleagues &= ~(self._open[one, None] & self._open[other])
                scores[colleagues] = -np.inf
        return scores


def _put(
    scores: Floats, rows: NDArray[np.bool_], columns: NDArray[np.bool_], value: float | np.float32
) -> None:
    if rows.any() and columns.any():
        scores[np.ix_(rows, columns)] = value


def _narrow(pool: Pool, people: Places, weights: Mapping[Block, float]) -> tuple[Floats, Floats]:
    """Return what dense blocks say of offers and needs, along at most ``AXES`` axes."""
    some = people[:: max(1, len(people) // LEARNT_FROM)]
    wide = [_join_dense(pool, some, weights, role) for role in Role]
    width = wide[0].shape[1]
    axes = find_axes(wide, AXES) if width > AXES else np.eye(width, dtype=np.float32)

    def narrow(role: Role) -> Floats:
        found = np.empty((len(people), axes.shape[1]), dtype=np.float32)
        for start in range(0, len(people), _JOINED_AT_ONCE):
            part = people[start : start + _JOINED_AT_ONCE]
            found[start : start + _JOINED_AT_ONCE] = _join_dense(pool, part, weights, role) @ axes
        return found

    return narrow(Role.OFFER), narrow(Role.NEED)


def _join_dense(pool: Pool, people: Places, weights: Mapping[Block, float], role: Role) -> Floats:
    parts = [
        np.sqrt(np.float32(weights[block])) * _blend_items(rows.sides[role], people)
        for block, rows in pool.blocks.items()
        if isinstance(rows, DenseBlock) and weights.get(block)
    ]
    return np.hstack(parts) if parts else np.zeros((len(people), 1), dtype=np.float32)


def _blend_items(side: DenseSide, people: Places) -> Floats:
    """Return whole texts drawn towards the middle of their items, where they have several."""
    rows = side.centred()[people]
    several = np.flatnonzero(side.count_items()[people])
    if len(several):
        items, starts = side.items_of(people[several])
        middles = normalize_rows(np.add.reduceat(items, starts, axis=0).astype(np.float32))
        rows[several] = (1 - ITEM_SHARE) * rows[several] + ITEM_SHARE * middles
    return rows


class _Stripes:
    """Sparse rows of which the same stripes are asked for again and again."""

    def __init__(self, rows: csr_array) -> None:
        self._rows = rows
        self._taken: dict[tuple[int, int], csr_array] = {}
        self._columns: dict[tuple[int, int], csr_array] = {}

    def take(self, some: Rows) -> csr_array:
        """Return some rows."""
        if not isinstance(some, slice):
            return self._rows[some]
        key = (some.start, some.stop)
        if key not in self._taken:
            self._taken[key] = self._rows[some]
        return self._taken[key]

    def take_columns(self, some: Rows) -> csr_array:
        """Return some rows as columns."""
        if not isinstance(some, slice):
            return self._rows[some].T.tocsr()
        key = (some.start, some.stop)
        if key not in self._columns:
            self._columns[key] = self._rows[some].T.tocsr()
        return self._columns[key]


def _find_sparse(
    pool: Pool, people: Places, weights: Mapping[Block, float], scale: np.float32
) -> tuple[_Stripes, _Stripes] | None:
    rows, weight = pool.blocks.get(Block.CONCEPTS), weights.get(Block.CONCEPTS)
    if not isinstance(rows, SparseBlock) or not weight:
        return None
    offers, needs = (rows.weighted(role)[people] for role in (Role.OFFER, Role.NEED))
    return _Stripes(csr_array(offers * (np.float32(weight) * scale))), _Stripes(needs)
