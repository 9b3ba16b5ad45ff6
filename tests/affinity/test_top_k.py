"""The best few of everybody: exactly those of the whole table."""

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.affinity import mutual_vectors
from matchmaker.affinity.mutual_vectors import SmoothedProduct, find_mutual_best
from matchmaker.affinity.top_k import NOBODY, Best, Rows, find_best, find_best_of

Floats = NDArray[np.float32]


def draw_unit_rows(people: int, width: int, *, seed: int, falling: float = 0.0) -> Floats:
    spread = np.arange(1, width + 1) ** -falling
    rows = np.random.default_rng(seed).normal(size=(people, width)) * spread
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def draw_score(people: int, width: int = 24) -> SmoothedProduct:
    return SmoothedProduct(
        draw_unit_rows(people, width, seed=1), draw_unit_rows(people, width, seed=2)
    )


def rank_whole_table(score: SmoothedProduct, people: int, k: int) -> Floats:
    table = score(slice(0, people), slice(0, people))
    np.fill_diagonal(table, -np.inf)
    return -np.sort(-table, axis=1)[:, :k]


def assert_consistent(score: SmoothedProduct, found: Best) -> None:
    """Each other stands once on a list, never oneself, with the score of that pair, in order."""
    for row, (others, scores) in enumerate(zip(found.others, found.scores, strict=True)):
        there = others[others != NOBODY]
        assert len(set(there.tolist()) | {row}) == len(there) + 1
        anew = score(np.array([row]), there.astype(np.intp))[0]
        np.testing.assert_allclose(anew, scores[: len(there)], atol=1e-6)
        assert np.all(np.diff(scores[: len(there)]) <= 0)


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize(("people", "k"), [(2, 5), (7, 3), (300, 10), (2600, 20)])
def test_lists_are_those_of_the_whole_table(people: int, k: int, threads: int) -> None:
    score = draw_score(people)
    found = find_best(people, score, k=k, threads=threads, block=128)
    expected = rank_whole_table(score, people, min(k, people - 1))
    assert found.others.shape == expected.shape
    np.testing.assert_allclose(found.scores, expected, atol=1e-6)
    assert_consistent(score, found)


def test_nobody_has_a_list_in_a_room_of_one() -> None:
    found = find_best(1, draw_score(1), k=5)
    assert found.others.shape == (1, 0)


def test_many_who_wrote_the_same_fill_lists_without_filling_memory() -> None:
    people, k = 1500, 5
    offers = np.repeat(draw_unit_rows(1, 8, seed=1), people, axis=0)
    score = SmoothedProduct(offers, offers)
    found = find_best(people, score, k=k, block=64)
    np.testing.assert_allclose(found.scores, (1 + mutual_vectors.SMOOTHING) ** 2, atol=1e-5)
    assert_consistent(score, found)


def test_those_who_must_not_meet_are_on_no_list() -> None:
    people = 400
    score = draw_score(people)
    camp = np.arange(people) % 2

    def apart(one: Rows, other: Rows) -> Floats:
        return np.where(camp[one][:, None] == camp[other], score(one, other), -np.inf)

    found = find_best(people, apart, k=10, block=64)
    assert np.all(found.others != NOBODY)
    assert np.all(camp[found.others] == camp[:, None])


def test_who_may_meet_fewer_than_asked_gets_a_short_list() -> None:
    people = 300
    score = draw_score(people)

    def first_ten_only(one: Rows, other: Rows) -> Floats:
        first = np.arange(people) < 10
        return np.where(first[one][:, None] & first[other], score(one, other), -np.inf)

    found = find_best(people, first_ten_only, k=12, block=64)
    assert np.all((found.others[:10] != NOBODY).sum(axis=1) == 9)
    assert np.all(found.others[10:] == NOBODY)


def test_some_rows_get_the_lists_they_get_among_all() -> None:
    score = draw_score(700)
    rows = np.array([3, 600, 41])
    some, everybody = find_best_of(rows, 700, score, k=8), find_best(700, score, k=8)
    np.testing.assert_array_equal(some.others, everybody.others[rows])


def test_few_axes_find_nearly_the_lists_of_full_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutual_vectors, "FULL_WIDTH_UP_TO", 500)
    monkeypatch.setattr(mutual_vectors, "AXES", 16)
    offers, needs = (draw_unit_rows(1200, 48, seed=seed, falling=0.8) for seed in (1, 2))
    found = find_mutual_best(offers, needs, k=10)
    score = SmoothedProduct(offers, needs)
    expected = rank_whole_table(score, len(offers), 10)
    assert_consistent(score, found)
    assert np.mean(found.scores >= expected[:, -1:] - 1e-6) > 0.95
