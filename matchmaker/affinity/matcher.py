"""Who should meet whom: offers matched to needs, both ways."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from matchmaker.affinity.assembly import (
    ShippedData,
    build_blocks,
    build_transformers,
    load_shipped_data,
)
from matchmaker.affinity.blocks import WEIGHTS, Encoder
from matchmaker.affinity.calibration import CALIBRATIONS
from matchmaker.affinity.crowd import Crowd
from matchmaker.affinity.explanation import BlockShare, Explanation, find_marks
from matchmaker.affinity.mutual_vectors import FULL_WIDTH_UP_TO
from matchmaker.affinity.pool import Pool
from matchmaker.affinity.profile import Profile, Recommendation, Role
from matchmaker.affinity.ranking import Ranker, find_all_rivals
from matchmaker.affinity.records import Vectors, build_records
from matchmaker.affinity.scoring import Scorer, Weights
from matchmaker.people.ids import AttendeeId

_CHUNK: Final = 128
_READ_AT_ONCE: Final = 48


class MutualMatcher(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Recommends the people with whom a conversation helps both.

    Parameters
    ----------
    encoder : {"auto", "light"}
        ``auto`` uses sentence vectors for pairs all of whose texts have one, and otherwise the
        light blocks; ``light`` never uses them.
    data : ShippedData or None
        Shipped data already loaded (``load_shipped_data``); loaded once a process if None.

    weights : mapping or None
        What each block counts, for each encoder; the tuned ``blocks.WEIGHTS`` if None.

    Attributes
    ----------
    pool_ : Pool
        The people, after ``fit``.
    """

    def __init__(
        self,
        *,
        encoder: str = "auto",
        data: ShippedData | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.encoder = encoder
        self.data = data
        self.weights = weights

    def fit(self, profiles: Sequence[Profile], *, vectors: Vectors | None = None) -> Self:
        """Forget everybody and take these people; returns self.

        ``vectors`` maps ``e5.text_hash(view)`` to the sentence vector (384,) of each string that
        ``list_views(text)`` names for an offer or a need; a text whose first view has none is
        compared by the light blocks.
        """
        encoder = Encoder(self.encoder)
        self.data_ = self.data if self.data is not None else load_shipped_data(encoder)
        self.pool_ = Pool(build_blocks(build_transformers(encoder, self.data_)))
        self.scorer_ = Scorer(self.pool_, weights=self.weights or WEIGHTS)
        return self.partial_fit(profiles, vectors=vectors)

    def partial_fit(self, profiles: Sequence[Profile], *, vectors: Vectors | None = None) -> Self:
        """Add people, or replace those with the same ids; returns self."""
        if not hasattr(self, "pool_"):
            return self.fit(profiles, vectors=vectors)
        # A few at a time, so that what several blocks read of a text is read once.
        for start in range(0, len(profiles), _READ_AT_ONCE):
            some = profiles[start : start + _READ_AT_ONCE]
            self.pool_.add(some, [build_records(profile, vectors or {}) for profile in some])
        return self

    def remove(self, ids: Iterable[AttendeeId]) -> Self:
        """Take people out; ids that aren't here are ignored; returns self."""
        self.pool_.discard(ids)
        return self

    def recommend(
        self,
        id: AttendeeId,
        *,
        k: int = 5,
        exclude: AbstractSet[AttendeeId] = frozenset(),
        among: Collection[AttendeeId] | None = None,
    ) -> list[Recommendation]:
        """Return the best ``k`` people for one person, best first, never themselves.

        Only people ``among`` the given ones, if any are given.

        Raises
        ------
        UnknownAttendeeError
            If nobody here has this id.
        """
        row = self.pool_.get_row(id)
        scores = self.scorer_.score(np.array([row]))
        present = self._find_present(among)
        scores.order[:, ~present] = -np.inf
        ranker = Ranker(self.pool_, present)
        return ranker.list_best(scores, 0, row, k=k, barred=self._find_rows(exclude))

    def recommendation(self, to: AttendeeId, about: AttendeeId) -> Recommendation:
        """Return how one certain person would stand on somebody's list.

        Raises
        ------
        UnknownAttendeeError
            If one of them isn't here.
        """
        row, other = self.pool_.get_row(to), self.pool_.get_row(about)
        scores = self.scorer_.score(np.array([row]))
        ranker = Ranker(self.pool_, self._find_present(None))
        return ranker.recommend(scores, 0, row, np.array([other], dtype=np.intp))[0]

    def candidates(
        self,
        *,
        k: int,
        exclude: Mapping[AttendeeId, AbstractSet[AttendeeId]] | None = None,
        among: Collection[AttendeeId] | None = None,
    ) -> dict[AttendeeId, list[Recommendation]]:
        """Return the best ``k`` people for everybody at once, or for and from those ``among``.

        Among more than ``FULL_WIDTH_UP_TO`` people, pairs are first looked for along few axes
        (``crowd``): scores are exact, but a list may miss somebody who belongs near its end.
        """
        present = self._find_present(among)
        people = [id for id in self.pool_ if present[self.pool_.get_row(id)]]
        if len(people) > FULL_WIDTH_UP_TO:
            return self._list_crowd(people, k, exclude or {})
        ranker = Ranker(self.pool_, present, find_all_rivals(self.pool_, present))
        found: dict[AttendeeId, list[Recommendation]] = {}
        for start in range(0, len(people), _CHUNK):
            chunk = people[start : start + _CHUNK]
            rows = self._find_rows(chunk)
            scores = self.scorer_.score(rows)
            scores.order[:, ~present] = -np.inf
            for place, id in enumerate(chunk):
                barred = self._find_rows((exclude or {}).get(id, frozenset()))
                found[id] = ranker.list_best(scores, place, int(rows[place]), k=k, barred=barred)
        return found

    def _list_crowd(
        self,
        people: Sequence[AttendeeId],
        k: int,
        exclude: Mapping[AttendeeId, AbstractSet[AttendeeId]],
    ) -> dict[AttendeeId, list[Recommendation]]:
        crowd = Crowd(self.pool_, self.scorer_, self._find_rows(people))
        barred = {
            self.pool_.get_row(id): self._find_rows(gone)
            for id, gone in exclude.items()
            if id in self.pool_
        }
        return dict(crowd.list_best(k=k, barred=barred))

    def affinity(self, giver: AttendeeId, taker: AttendeeId) -> float:
        """Return how well the giver's offer answers the taker's need, in 0..1."""
        return float(self.affinities([giver], [taker])[0, 0])

    def affinities(
        self, givers: Sequence[AttendeeId], takers: Sequence[AttendeeId]
    ) -> NDArray[np.float32]:
        """Return affinities of several givers for several takers, shape (givers, takers)."""
        columns = [self.pool_.get_row(id) for id in takers]
        rows = np.array([self.pool_.get_row(id) for id in givers], dtype=np.intp)
        found = np.zeros((len(rows), len(columns)), dtype=np.float32)
        for start in range(0, len(rows), _CHUNK):
            given = self.scorer_.direct(rows[start : start + _CHUNK], giving=True)
            found[start : start + _CHUNK] = given.affinity[:, columns]
        return found

    def score_text(
        self, text: str, role: Role, *, language: str = "", vectors: Vectors | None = None
    ) -> dict[AttendeeId, float]:
        """Return the affinity of a stranger's text with everybody here, without adding it.

        An offer is held against everybody's need, a need against everybody's offer; so this
        tells a room's fit before joining, and whose need an introduction would answer.
        """
        guest = AttendeeId(min(self.pool_, default=0) - 1)
        offer, need = (text, "") if role is Role.OFFER else ("", text)
        stranger = Profile(id=guest, offer=offer, need=need, language=language)
        try:
            self.partial_fit([stranger], vectors=vectors)
            row = np.array([self.pool_.get_row(guest)])
            found = self.scorer_.direct(row, giving=role is Role.OFFER).affinity[0]
            return {id: float(found[self.pool_.get_row(id)]) for id in self.pool_ if id != guest}
        finally:
            self.remove([guest])

    def best_offers(
        self, ids: Sequence[AttendeeId], *, among: Collection[AttendeeId] | None = None
    ) -> dict[AttendeeId, float]:
        """Return for each need the best affinity that another's offer (``among``) has for it."""
        others = self._find_present(among)
        found: dict[AttendeeId, float] = {}
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            rows = np.array([self.pool_.get_row(id) for id in some], dtype=np.intp)
            taken = np.where(others, self.scorer_.direct(rows, giving=False).affinity, 0)
            taken[np.arange(len(rows)), rows] = 0
            found |= zip(some, taken.max(axis=1, initial=0.0).tolist(), strict=True)
        return found

    def explain(self, giver: AttendeeId, taker: AttendeeId) -> Explanation:
        """Return why the giver's offer answers the taker's need.

        Raises
        ------
        UnknownAttendeeError
            If one of them isn't here.
        """
        offer = self.pool_.get_record(giver, Role.OFFER)
        need = self.pool_.get_record(taker, Role.NEED)
        if not offer.text.strip() or not need.text.strip():
            return Explanation(affinity=0.0, raw=0.0, shares=())
        rows = self.pool_.get_row(giver), self.pool_.get_row(taker)
        added = self.scorer_.share_out(*rows)
        shares = tuple(BlockShare(block=block, value=value) for block, value in added.items())
        raw = sum(added.values())
        marks = find_marks(
            offer.text,
            need.text,
            languages=(offer.language, need.language),
            lexicon=self.data_.lexicon,
            table=self.data_.table,
        )
        affinity = CALIBRATIONS[self.scorer_.encoder_of(*rows)].apply(
            np.array([raw], dtype=np.float32)
        )
        return Explanation(
            affinity=float(affinity[0]),
            raw=raw,
            shares=shares,
            giver_marks=marks.giver,
            taker_marks=marks.taker,
            concepts=marks.concepts,
        )

    def _find_present(self, among: Collection[AttendeeId] | None) -> NDArray[np.bool_]:
        if among is None:
            return self.pool_.alive.copy()
        present = np.zeros(self.pool_.rows, dtype=bool)
        present[self._find_rows(among)] = True
        return present

    def _find_rows(self, ids: Iterable[AttendeeId]) -> NDArray[np.intp]:
        rows = [self.pool_.get_row(id) for id in ids if id in self.pool_]
        return np.array(rows, dtype=np.intp)
