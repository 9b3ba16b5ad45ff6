"""Two hundred made-up evenings: learning is never worse than profiles alone, and often better.

In each, half of the evening is observed: people invite those their profiles rank first, and
answer with a probability that depends on how well the two suit, on how open and how welcome they
are, and on luck; a tenth of the answers is turned round. Judged is the chance of a mutual yes in
the lists for the other half. Every other evening has no differences between people at all.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.affinity.fairness import fair_lists
from matchmaker.affinity.learning import EveningRates, Feedback, Kind, learn_rates
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

EVENINGS, PEOPLE, INVITATIONS, PLACES = 200, 36, 5, 5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evening:
    """``scores`` from profiles; ``yes[i, j]``: the chance that i says yes about j; who met."""

    scores: Floats
    yes: Floats
    met: NDArray[np.bool_]
    rates: EveningRates


def make_evening(seed: int, *, differences: float) -> Evening:
    rng = np.random.default_rng(seed)
    suits = rng.normal(size=(PEOPLE, PEOPLE))
    profiles = squash(1.2 * (suits + rng.normal(size=suits.shape)) - 0.5)
    scores = (profiles + 0.1) * (profiles.T + 0.1) / 1.21
    openness, welcome = rng.normal(0.0, differences, size=(2, PEOPLE))
    yes = squash(suits - 0.3 + openness[:, None] + welcome[None, :])
    met = np.eye(PEOPLE, dtype=np.bool_)
    feedback = []
    for who in range(PEOPLE):
        for about in np.argsort(-scores[who])[:INVITATIONS].tolist():
            if not met[who, about]:
                met[who, about] = met[about, who] = True
                feedback += answer(who, about, yes, rng)
    return Evening(scores, yes, met, learn_rates(feedback))


def answer(who: int, about: int, yes: Floats, rng: np.random.Generator) -> list[Feedback]:
    one, other = AttendeeId(who), AttendeeId(about)
    taken = (rng.random() < yes[about, who]) != (rng.random() < 0.1)
    kind = Kind.TAKEN if taken else Kind.DECLINED
    feedback = [Feedback(by=other, about=one, kind=kind)]
    if taken and rng.random() < 0.5:
        feedback.append(Feedback(by=one, about=other, kind=Kind.EXCHANGED))
        helped = (rng.random() < yes[who, about]) != (rng.random() < 0.1)
        outcome = Kind.HELPED if helped else Kind.DID_NOT_HELP
        feedback.append(Feedback(by=one, about=other, kind=outcome))
    return feedback


def squash(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-values)))


def adjust_all(evening: Evening) -> Floats:
    adjusted = np.zeros_like(evening.scores)
    for one in range(PEOPLE):
        for other in range(PEOPLE):
            adjusted[one, other] = evening.rates.adjust(
                float(evening.scores[one, other]), one=AttendeeId(one), other=AttendeeId(other)
            )
    return adjusted


def judge_ranking(evening: Evening, scores: Floats) -> float:
    """The mean chance of a mutual yes among the first five new people of each ranking."""
    first = np.argsort(-np.where(evening.met, -1.0, scores), axis=1)[:, :PLACES]
    mutual = evening.yes * evening.yes.T
    return float(np.take_along_axis(mutual, first, axis=1).mean())


def judge_fair_lists(evening: Evening, scores: Floats) -> float:
    """The same for fair lists of five."""
    people = [AttendeeId(who) for who in range(PEOPLE)]
    candidates = {
        who: [
            Recommendation(about=about, score=float(scores[who, about]), give=0.0, get=0.0)
            for about in people
            if not evening.met[who, about]
        ]
        for who in people
    }
    places = dict.fromkeys(people, PLACES)
    lists = fair_lists(candidates, free=places, capacity=places)
    mutual = evening.yes * evening.yes.T
    return float(np.mean([mutual[who, about] for who, row in lists.items() for about in row]))


def lower_bound(differences: list[float]) -> float:
    values = np.array(differences)
    return float(values.mean() - 1.96 * values.std(ddof=1) / np.sqrt(values.size))


@pytest.mark.slow
def test_learning_is_not_worse_than_profiles_alone() -> None:
    ranking: list[float] = []
    lists: list[float] = []
    for seed in range(EVENINGS):
        evening = make_evening(seed, differences=0.8 * (seed % 2))
        adjusted = adjust_all(evening)
        for judge, differences in ((judge_ranking, ranking), (judge_fair_lists, lists)):
            differences.append(judge(evening, adjusted) / judge(evening, evening.scores) - 1.0)
    assert lower_bound(lists) >= -0.005
    assert lower_bound(ranking) >= -0.005
    assert lower_bound(ranking[::2]) >= -0.005
    assert lower_bound(ranking[1::2]) >= 0.01
