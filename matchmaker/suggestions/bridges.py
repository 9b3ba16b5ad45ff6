"""Bridges: who can't help with a need, but can introduce somebody who can, or is close to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from matchmaker.affinity.profile import Profile, Recommendation
from matchmaker.people.attendee import Attendee
from matchmaker.people.bands import GOOD_FROM, SOME_FROM
from matchmaker.people.ids import AttendeeId
from matchmaker.people.suggestion import Bridge

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher

Found = Mapping[AttendeeId, Sequence[Recommendation]]
Apart = Mapping[AttendeeId, Collection[AttendeeId]]

NEAR_FROM: Final = 0.1
"""From which affinity somebody counts as close to what one looks for, though no match."""

_MOST: Final = 2
_WORTH: Final = 0.6
"""An introduction to an answer is worth this much of the answer itself."""


class IntroductionMatcher:
    """Knows whom everybody can introduce, and whose need that answers."""

    def __init__(self, make_matcher: Callable[[], MutualMatcher]) -> None:
        self._make_matcher = make_matcher
        self._matcher: MutualMatcher | None = None
        self._known: dict[AttendeeId, Profile] = {}

    def catch_up(self, people: Mapping[AttendeeId, Attendee]) -> None:
        """Learn of everybody who is new or wrote something else, and forget who is gone."""
        told = {who: _profile(one) for who, one in people.items()}
        changed = [one for who, one in told.items() if self._known.get(who) != one]
        if self._matcher is None:
            self._matcher = self._make_matcher().fit(changed)
        else:
            self._matcher.remove(self._known.keys() - told.keys())
            self._matcher.partial_fit(changed)
        self._known = told

    def find_introducers(
        self, takers: Collection[AttendeeId], among: Collection[AttendeeId], apart: Apart
    ) -> dict[AttendeeId, list[tuple[AttendeeId, float]]]:
        """Return for each taker who can introduce them to what they look for, best first."""
        if self._matcher is None:
            return {}
        may = [who for who in sorted(among) if self._known[who].offer]
        asking = [who for who in sorted(takers) if self._known[who].need]
        if not may or not asking:
            return {}
        found = self._matcher.affinities(may, asking)
        return {
            taker: chosen
            for column, taker in enumerate(asking)
            if (chosen := self._choose(may, found[:, column], taker, apart))
        }

    def _choose(
        self,
        may: Sequence[AttendeeId],
        affinity: np.ndarray[tuple[int], np.dtype[np.float32]],
        taker: AttendeeId,
        apart: Apart,
    ) -> list[tuple[AttendeeId, float]]:
        chosen: list[tuple[AttendeeId, float]] = []
        for row in np.argsort(-affinity, kind="stable"):
            if affinity[row] < GOOD_FROM or len(chosen) == _MOST:
                break
            if self._may_meet(taker, may[row], apart):
                chosen.append((may[row], float(affinity[row])))
        return chosen

    def _may_meet(self, one: AttendeeId, other: AttendeeId, apart: Apart) -> bool:
        if one == other or other in apart.get(one, ()):
            return False
        here, there = self._known[one], self._known[other]
        colleagues = here.organization and here.organization == there.organization
        return not colleagues or (here.meets_own_organization and there.meets_own_organization)


def add_introducers(
    recommended: Found,
    introducers: Mapping[AttendeeId, Sequence[tuple[AttendeeId, float]]],
    recommend: Callable[[AttendeeId, AttendeeId], Recommendation],
    merge: Callable[[float, float], float],
) -> tuple[dict[AttendeeId, list[Recommendation]], dict[tuple[AttendeeId, AttendeeId], Bridge]]:
    """Add who can introduce to lists that hold no good answer; also return which those are."""
    lists = {to: list(found) for to, found in recommended.items()}
    bridges: dict[tuple[AttendeeId, AttendeeId], Bridge] = {}
    for to, found in introducers.items():
        listed = {r.about: r for r in lists.get(to, [])}
        if max((r.get for r in listed.values()), default=0.0) >= GOOD_FROM:
            continue
        for about, affinity in found:
            known = listed.get(about) or recommend(to, about)
            if known.get >= SOME_FROM:
                continue
            score = max(known.score, merge(known.give, _WORTH * affinity))
            listed[about] = known._replace(score=score)
            bridges[to, about] = Bridge.INTRODUCES
        lists[to] = list(listed.values())
    return lists, bridges


def find_near(found: Sequence[Recommendation]) -> Recommendation | None:
    """Return who is closest to what one looks for where nothing better exists, or None."""
    near = [r for r in found if NEAR_FROM <= r.get < SOME_FROM and r.useful >= _WORTH]
    return max(near, key=lambda r: r.get, default=None)


def _profile(attendee: Attendee) -> Profile:
    return Profile(
        id=attendee.id,
        offer=attendee.can_introduce,
        need=attendee.need,
        language=attendee.person.language,
        organization=" ".join(attendee.person.business.organization.casefold().split()),
        meets_own_organization=attendee.meets_own_organization,
    )
