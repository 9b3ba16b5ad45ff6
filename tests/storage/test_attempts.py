"""Guesses are counted per target, whatever becomes of the request that made them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from matchmaker.people.refusals import TooManyTries
from matchmaker.storage.attempts import count_attempt
from matchmaker.storage.connect import Database

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""Windows of ten minutes begin at whole tens."""


def try_often(database: Database, times: int, *, most: int, target: str = "desk:1") -> int:
    """Try so many times; return how many tries were refused."""
    refused = 0
    for _try in range(times):
        try:
            count_attempt(database, target, most=most, now=START)
        except TooManyTries:
            refused += 1
    return refused


def test_as_many_tries_as_allowed_pass_and_no_more(database: Database) -> None:
    assert try_often(database, 3, most=3) == 0
    assert try_often(database, 2, most=3) == 2


def test_refused_tries_count_too(database: Database) -> None:
    """Else a guesser could go on at the limit for ever."""
    try_often(database, 10, most=3)
    assert try_often(database, 1, most=9) == 1


def test_a_try_counts_although_the_request_around_it_was_refused(database: Database) -> None:
    for _request in range(2):
        with pytest.raises(LookupError):
            _request_that_is_refused(database)
    with pytest.raises(TooManyTries):
        count_attempt(database, "desk:1", most=2, now=START)


def _request_that_is_refused(database: Database) -> None:
    count_attempt(database, "desk:1", most=2, now=START)
    with database.writing():
        raise LookupError


def test_targets_are_counted_apart(database: Database) -> None:
    try_often(database, 5, most=3, target="desk:1")
    assert try_often(database, 3, most=3, target="desk:2") == 0


def test_a_new_window_begins_after_ten_minutes(database: Database) -> None:
    try_often(database, 5, most=3)
    with pytest.raises(TooManyTries):
        count_attempt(database, "desk:1", most=3, now=START + timedelta(minutes=9, seconds=59))
    count_attempt(database, "desk:1", most=3, now=START + timedelta(minutes=10))


@pytest.mark.parametrize(("second", "wait"), [(0, 601), (1, 600), (599, 2)])
def test_a_refusal_says_when_the_window_ends(database: Database, second: int, wait: int) -> None:
    with pytest.raises(TooManyTries) as refused:
        count_attempt(database, "desk:1", most=0, now=START + timedelta(seconds=second))
    assert refused.value.retry_after == wait


def test_tries_at_the_same_time_are_all_counted(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        refused = sum(pool.map(lambda _: try_often(database, 10, most=30), range(8)))
    assert refused == 50


def test_a_very_long_target_is_counted(database: Database) -> None:
    assert try_often(database, 2, most=1, target="ơ" * 5000) == 1
