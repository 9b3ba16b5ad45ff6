"""Words written without network meet those that were stored meanwhile; none are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.kept_note import LONGEST_NOTE, merge_note

words = st.text(alphabet="ab \n", max_size=8)


@pytest.mark.parametrize(
    ("stored", "written", "before", "then"),
    [
        ("", "tall", "", "tall"),
        ("tall", "tall, red scarf", "tall", "tall, red scarf"),
        ("tall, red scarf", "tall", "tall, red scarf", "tall"),
        ("tall", "", "tall", ""),
        ("tall, red scarf", "tall", "", "tall, red scarf"),
        ("tall", "tall, red scarf", "", "tall, red scarf"),
        ("tall", "red scarf", "", "tall\nred scarf"),
        ("tall", "short", "short", "tall"),
        ("tall", "", "short", "tall"),
    ],
)
def test_what_is_stored_after_late_words_arrive(
    stored: str, written: str, before: str, then: str
) -> None:
    assert merge_note(stored, written, before=before) == then


@given(words, words)
def test_a_note_of_a_scan_sent_twice_is_stored_once(stored: str, written: str) -> None:
    once = merge_note(stored, written, before="")
    assert merge_note(once, written, before="") == once


@given(words, words, words)
def test_nothing_written_elsewhere_is_lost(stored: str, written: str, before: str) -> None:
    then = merge_note(stored, written, before=before)
    assert then == written or stored in then


def test_a_note_stays_within_its_length() -> None:
    full = "x" * LONGEST_NOTE
    assert merge_note(full, "more", before="") == full
    assert len(merge_note(full[:-2], "more", before="")) == LONGEST_NOTE
