"""Ten ways to be shown to everybody, each against lists that are fair.

People here are rows of word weights over made-up subjects: an offer and a need each, scored both
ways with the smoothed product. Every attack rewrites the rows of a few attackers.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.affinity.fairness import exposure, fair_lists
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

PEOPLE, SUBJECTS, LANGUAGES, CANDIDATES, PLACES = 300, 40, 4, 50, 5
ATTACKERS = range(5)
Candidates = dict[AttendeeId, list[Recommendation]]


@dataclass(frozen=True, kw_only=True)
class Room:
    """Word weights of offers and needs, shape (people, languages × subjects), and the wishes."""

    offers: NDArray[np.float64]
    needs: NDArray[np.float64]
    wishes: tuple[int, ...]


def make_room(seed: int = 7, people: int = PEOPLE) -> Room:
    rng = np.random.default_rng(seed)
    popularity = 1.0 / np.arange(1, SUBJECTS + 1)
    popularity /= popularity.sum()

    def make_side() -> NDArray[np.float64]:
        rows = np.zeros((people, LANGUAGES, SUBJECTS))
        for person, language in enumerate(rng.integers(LANGUAGES, size=people)):
            chosen = rng.choice(SUBJECTS, 3, p=popularity, replace=False)
            rows[person, language, chosen] = rng.uniform(0.5, 1.5, 3)
            rows[person, :, chosen] += 0.3
        return rows.reshape(people, -1)

    return Room(offers=make_side(), needs=make_side(), wishes=(PLACES,) * people)


def score_pairs(room: Room) -> NDArray[np.float64]:
    offers, needs = (
        rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        for rows in (room.offers, room.needs)
    )
    affinity = offers @ needs.T
    scores = (affinity + 0.1) * (affinity.T + 0.1) / 1.21
    np.fill_diagonal(scores, -1.0)
    return np.asarray(scores)


def list_candidates(room: Room) -> Candidates:
    scores = score_pairs(room)
    best = np.argsort(-scores, axis=1, kind="stable")[:, : min(CANDIDATES, len(scores) - 1)]
    return {
        AttendeeId(who): [
            Recommendation(about=AttendeeId(int(v)), score=float(scores[who, v]), give=0.0, get=0.0)
            for v in row
        ]
        for who, row in enumerate(best)
    }


def with_rows(room: Room, offer: NDArray[np.float64], need: NDArray[np.float64]) -> Room:
    offers, needs = room.offers.copy(), room.needs.copy()
    offers[list(ATTACKERS)], needs[list(ATTACKERS)] = offer, need
    return replace(room, offers=offers, needs=needs)


def stuff_popular_words(room: Room) -> Room:
    words = np.argsort(-(room.needs.sum(0) + room.offers.sum(0)))[:12]
    row = np.zeros(room.needs.shape[1])
    row[words] = 1.0
    return with_rows(room, row, row)


def copy_the_most_popular_profile(room: Room) -> Room:
    shown = Counter(r.about for row in list_candidates(room).values() for r in row[:PLACES])
    star = max(sorted(shown), key=lambda who: shown[who])
    return with_rows(room, room.offers[star], room.needs[star])


def write_in_all_languages_at_once(room: Room) -> Room:
    def in_all(row: NDArray[np.float64]) -> NDArray[np.float64]:
        subjects = row.reshape(LANGUAGES, SUBJECTS).sum(0)
        return np.tile(subjects, LANGUAGES)

    return with_rows(room, in_all(room.offers[0]), in_all(room.needs[0]))


def repeat_one_word_a_thousand_times(room: Room) -> Room:
    offer, need = room.offers[0].copy(), room.needs[0].copy()
    offer[int(room.needs.sum(0).argmax())] += 1000.0
    need[int(room.offers.sum(0).argmax())] += 1000.0
    return with_rows(room, offer, need)


def name_all_concepts(room: Room) -> Room:
    row = np.ones(room.offers.shape[1])
    return with_rows(room, row, row)


def answer_the_average_need(room: Room) -> Room:
    return with_rows(room, room.needs.mean(0), room.offers.mean(0))


def come_as_forty_people(room: Room) -> Room:
    offers, needs = room.offers.copy(), room.needs.copy()
    offers[:40], needs[:40] = room.needs.mean(0), room.offers.mean(0)
    return replace(room, offers=offers, needs=needs)


def boost_each_other(room: Room) -> Room:
    secret = np.zeros((room.offers.shape[0], 1))
    secret[list(ATTACKERS)] = 50.0
    offers, needs = (np.hstack([rows, secret]) for rows in (room.offers, room.needs))
    return replace(room, offers=offers, needs=needs)


def surround_one_victim(room: Room) -> Room:
    return with_rows(room, room.needs[100], room.offers[100])


def wish_for_everybody(room: Room) -> Room:
    wishes = tuple(50 if who in ATTACKERS else wish for who, wish in enumerate(room.wishes))
    return replace(answer_the_average_need(room), wishes=wishes)


ATTACKS: tuple[Callable[[Room], Room], ...] = (
    stuff_popular_words,
    copy_the_most_popular_profile,
    write_in_all_languages_at_once,
    repeat_one_word_a_thousand_times,
    name_all_concepts,
    answer_the_average_need,
    come_as_forty_people,
    boost_each_other,
    surround_one_victim,
    wish_for_everybody,
)
SWAMPING = (stuff_popular_words, answer_the_average_need, wish_for_everybody)


def list_fairly(room: Room, candidates: Candidates) -> dict[AttendeeId, list[AttendeeId]]:
    wishes = {AttendeeId(who): wish for who, wish in enumerate(room.wishes)}
    return fair_lists(candidates, free=dict.fromkeys(wishes, PLACES), capacity=wishes)


def list_greedily(room: Room, candidates: Candidates) -> dict[AttendeeId, list[AttendeeId]]:
    """Best pair of list and person first under the same caps: the reference for lost score."""
    places, wishes = dict.fromkeys(candidates, PLACES), list(room.wishes)
    lists: dict[AttendeeId, list[AttendeeId]] = {who: [] for who in candidates}
    edges = ((-r.score, who, r.about) for who, row in candidates.items() for r in row)
    for _, who, about in sorted(edges):
        if places[who] and wishes[about]:
            places[who] -= 1
            wishes[about] -= 1
            lists[who].append(about)
    return lists


def total_score(room: Room, lists: Mapping[AttendeeId, list[AttendeeId]]) -> float:
    scores = score_pairs(room)
    return float(sum(scores[who, about] for who, row in lists.items() for about in row))


def mean_score(room: Room, lists: Mapping[AttendeeId, list[AttendeeId]]) -> float:
    return total_score(room, lists) / sum(map(len, lists.values()))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_neither_swamps_the_lists_nor_pushes_anybody_out(
    attack: Callable[[Room], Room],
) -> None:
    room = attack(make_room())
    candidates = list_candidates(room)
    lists = list_fairly(room, candidates)
    report = exposure(lists, {AttendeeId(who): wish for who, wish in enumerate(room.wishes)})
    assert report.never_shown == 0
    assert report.max_over_fair <= 3.0
    assert all(lists.values())
    assert mean_score(room, lists) >= 0.95 * mean_score(room, list_greedily(room, candidates))


@pytest.mark.parametrize("attack", SWAMPING, ids=lambda attack: attack.__name__)
def test_without_fairness_the_same_attack_would_swamp_the_lists(
    attack: Callable[[Room], Room],
) -> None:
    room = attack(make_room())
    best = {who: [r.about for r in row[:PLACES]] for who, row in list_candidates(room).items()}
    assert exposure(best, dict.fromkeys(best, PLACES)).max_over_fair > 6.0


@pytest.mark.parametrize(("people", "seed"), [(12, 1), (60, 2), (300, 3), (800, 4)])
def test_an_honest_room_loses_little_score_and_leaves_nobody_out(people: int, seed: int) -> None:
    room = make_room(seed, people)
    candidates = list_candidates(room)
    lists, greedy = list_fairly(room, candidates), list_greedily(room, candidates)
    report = exposure(lists, dict.fromkeys(candidates, PLACES))
    assert (report.never_shown, all(lists.values())) == (0, True)
    assert report.max_over_fair <= 1.5
    assert mean_score(room, lists) >= 0.95 * mean_score(room, greedy)
    assert sum(map(len, lists.values())) >= sum(map(len, greedy.values()))
    assert total_score(room, lists) >= (1.01 if people >= 300 else 0.99) * total_score(room, greedy)
