"""An exchange can be undone for ten minutes, and knows the scans that led to it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.exchange import UNDO_FOR, Exchange, add_key
from matchmaker.people.ids import PersonId

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
EXCHANGE = Exchange(low=PersonId(1), high=PersonId(2), at=NOW)
LONGEST = 64
"""Characters that the database keeps."""


def test_it_can_be_undone_for_ten_minutes_and_once() -> None:
    assert EXCHANGE.can_be_undone(NOW + UNDO_FOR - timedelta(seconds=1))
    assert not EXCHANGE.can_be_undone(NOW + UNDO_FOR)
    undone = Exchange(low=PersonId(1), high=PersonId(2), at=NOW, undone_at=NOW)
    assert not undone.can_be_undone(NOW)


@given(st.lists(st.text(min_size=1, max_size=64), min_size=1, max_size=12))
def test_the_latest_scans_are_known_again_and_fit_the_database(typed: list[str]) -> None:
    keys = ""
    for key in typed:
        keys = add_key(keys, key)
        assert len(keys) <= LONGEST
        assert add_key(keys, key) == keys
    known = Exchange(low=PersonId(1), high=PersonId(2), at=NOW, keys=keys)
    latest = list(dict.fromkeys(reversed(typed)))[:4]
    assert all(known.knows(key) for key in latest)
    assert not known.knows("")
    assert not known.knows("a key that nobody sent" * 3)


def test_a_scan_without_a_key_is_always_a_fresh_one() -> None:
    assert add_key("", "") == ""
    assert not EXCHANGE.knows("")
