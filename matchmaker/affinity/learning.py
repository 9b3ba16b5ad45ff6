"""What the evening itself teaches: who says yes, and who is said yes to, in shrunken rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.people.ids import AttendeeId

Floats = NDArray[np.float64]

PRIOR_RATE: Final = 0.5
PRIOR_ANSWERS: Final = 4.0
"""An event's rate of yes begins here, as if after so many answers."""

MOST_SPREAD: Final = 0.3
"""Largest intra-person correlation believed, however much the answers seem to differ."""

DOUBTFUL_ANSWERS: Final = 40.0
"""With so many answers in all, half of the apparent spread between people is believed."""

REACH: Final = 0.2
"""What a score gains for a pair e times as likely as others to say yes to each other."""

MOST: Final = 0.15
"""No score is changed by more, whatever the evening says."""


class Kind(StrEnum):
    """What happened between two people at the event."""

    TAKEN = "taken"
    """``by`` took an invitation of ``about``."""

    DECLINED = "declined"
    """``by`` answered an invitation of ``about`` with *not now*."""

    EXCHANGED = "exchanged"
    """The two exchanged cards."""

    HELPED = "helped"
    """``by`` said that meeting ``about`` helped."""

    DID_NOT_HELP = "did_not_help"
    """``by`` said that it didn't."""


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """One thing that happened: ``by`` judged ``about``; in an exchange both judged each other."""

    by: AttendeeId
    about: AttendeeId
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class EveningRates:
    """How much likelier than the average each person says yes, and is said yes to.

    Ratios to the event's own rates, 1 for everybody of whom nothing is known; ``openness`` of
    saying yes, ``welcome`` of being said yes to.
    """

    openness: Mapping[AttendeeId, float]
    welcome: Mapping[AttendeeId, float]

    def adjust(self, score: float, *, one: AttendeeId, other: AttendeeId) -> float:
        """Return the score of a pair in the light of the evening; the same from both sides.

        The change is the sum of two people's shares and doesn't depend on the score. So it
        orders a list by who is likely to say yes, but doesn't draw the welcome towards the
        welcome: where everybody's places are capped and filled, a sum of shares is the same for
        all choices.
        """
        change = REACH * (self._share(one) + self._share(other))
        return max(score + min(max(change, -MOST), MOST), 0.0)

    def _share(self, who: AttendeeId) -> float:
        return log(self.openness.get(who, 1.0) * self.welcome.get(who, 1.0))


NOTHING_LEARNED: Final = EveningRates(openness={}, welcome={})


def learn_rates(feedback: Iterable[Feedback]) -> EveningRates:
    """Return the rates that the feedback of one event supports.

    Each person's rate of yes is a beta-binomial posterior mean: their answers, shrunk towards
    the event's rate. How strongly is itself learned: from the answers' spread between people
    beyond what chance alone gives (moment estimator of J. C. Kleinman, *Proportions with
    extraneous variance*, JASA 1973), itself shrunk towards none. So an evening of noise changes
    nothing, and one in which people really differ is believed by and by.
    """
    openness: dict[AttendeeId, _Tally] = {}
    welcome: dict[AttendeeId, _Tally] = {}
    for happened in feedback:
        for by, about, yes, weight in _judgements(happened):
            if by != about:
                openness.setdefault(by, _Tally()).note(yes=yes, weight=weight)
                welcome.setdefault(about, _Tally()).note(yes=yes, weight=weight)
    return EveningRates(openness=_shrink(openness), welcome=_shrink(welcome))


_WEIGHTS: Final = {
    Kind.TAKEN: (True, 1.0),
    Kind.DECLINED: (False, 1.0),
    Kind.EXCHANGED: (True, 0.5),
    Kind.HELPED: (True, 1.0),
    Kind.DID_NOT_HELP: (False, 0.5),
}


def _judgements(happened: Feedback) -> list[tuple[AttendeeId, AttendeeId, bool, float]]:
    yes, weight = _WEIGHTS[happened.kind]
    judged = [(happened.by, happened.about, yes, weight)]
    if happened.kind is Kind.EXCHANGED:
        judged.append((happened.about, happened.by, yes, weight))
    return judged


@dataclass
class _Tally:
    yes: float = 0.0
    all: float = 0.0

    def note(self, *, yes: bool, weight: float) -> None:
        self.yes += weight * yes
        self.all += weight


def _shrink(tallies: Mapping[AttendeeId, _Tally]) -> dict[AttendeeId, float]:
    people = sorted(tallies)
    yes = np.array([tallies[who].yes for who in people])
    answers = np.array([tallies[who].all for who in people])
    rate = (yes.sum() + PRIOR_ANSWERS * PRIOR_RATE) / (answers.sum() + PRIOR_ANSWERS)
    spread = _estimate_spread(yes, answers)
    if spread <= 0.0:
        return dict.fromkeys(people, 1.0)
    strength = (1.0 - spread) / spread
    posterior = (yes + strength * rate) / (answers + strength)
    return dict(zip(people, (posterior / rate).tolist(), strict=True))


def _estimate_spread(yes: Floats, answers: Floats) -> float:
    """Return the intra-person correlation of answers, 0 where chance explains their spread."""
    total = float(answers.sum())
    if answers.size < 2:
        return 0.0
    rate = float(yes.sum()) / total
    chance = rate * (1.0 - rate)
    free = answers.size - 1
    room = total - float(answers @ answers) / total - free
    if chance <= 0.0 or room <= 0.0:
        return 0.0
    observed = float(answers @ (yes / answers - rate) ** 2)
    spread = (observed / chance - free) / room
    return float(np.clip(spread * total / (total + DOUBTFUL_ANSWERS), 0.0, MOST_SPREAD))
