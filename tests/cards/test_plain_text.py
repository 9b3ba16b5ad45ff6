"""The last guard before a format that is read line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.cards.plain_text import as_block, as_line

BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
anything = st.text(st.characters())


@pytest.mark.parametrize("line_break", BREAKS)
def test_every_line_break_is_one(line_break: str) -> None:
    assert as_block(f"a{line_break}b") == "a\nb"
    assert as_line(f"a{line_break}b") == "a b"


@pytest.mark.parametrize(
    "character", "\x00\x07\x1b\x1f\x7f\x9f\ud800\udfff\u202e\u2066\ufeff\uffff"
)
def test_what_no_reader_should_see_is_dropped(character: str) -> None:
    assert as_block(f"a{character}b") == "ab"


@given(anything)
def test_the_result_has_no_line_break_but_ours_and_can_be_encoded(text: str) -> None:
    block = as_block(text)
    assert ("x" + block).splitlines() == ("x" + block).split("\n")
    assert block.encode().decode() == block
    assert len(as_line(text).splitlines()) <= 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"])))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert as_line(text) == text.strip()


@given(anything)
def test_twice_is_once(text: str) -> None:
    assert as_block(as_block(text)) == as_block(text)
