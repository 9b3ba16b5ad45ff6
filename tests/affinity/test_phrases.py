"""A phrase of one's own words, worth asking about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.affinity.phrases import MAX_WORDS, count_rarity, quote_phrase
from matchmaker.affinity.stop_phrases import is_function_word
from matchmaker.affinity.text import tokenize


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I can help you with organic fertiliser from coffee grounds.", None),
        ("Tôi có thể giúp bạn làm phân bón hữu cơ từ bã cà phê.", None),
        ("Posso aiutarti con il compostaggio dei fondi di caffè.", None),
        ("אני יכולה לעזור עם קומפוסט ממשקעי קפה לגינות קהילתיות.", None),
    ],
)
def test_a_phrase_stands_in_the_text_in_every_language(text: str, phrase: None) -> None:
    found = quote_phrase(text)
    assert found in text
    assert 2 <= len(tokenize(found)) <= MAX_WORDS


def test_the_rarest_words_of_the_event_are_quoted() -> None:
    texts = ["wooden boats", "wooden toys", "wooden houses and glass harmonicas"]
    assert quote_phrase(texts[-1], rarity=count_rarity(texts)) == "glass harmonicas"


def test_a_phrase_to_avoid_gives_way_to_another() -> None:
    text = "glass harmonicas; wooden boats"
    first = quote_phrase(text)
    assert quote_phrase(text, avoid=[first.upper()]) not in ("", first)


def test_a_phrase_does_not_cross_a_comma_or_a_line() -> None:
    assert quote_phrase("wooden boats,\nglass harmonicas") in ("wooden boats", "glass harmonicas")


def test_a_single_word_is_better_than_nothing_and_nothing_gives_nothing() -> None:
    assert quote_phrase("I can offer beekeeping.") == "beekeeping"
    assert quote_phrase("the of and 😀") == ""


@given(st.text(max_size=200))
def test_a_phrase_is_verbatim_and_begins_and_ends_with_a_word_of_meaning(text: str) -> None:
    found = quote_phrase(text)
    assert found in text
    inside = tokenize(found)
    assert len(inside) <= MAX_WORDS
    if found:
        assert not is_function_word(inside[0].word)
        assert not is_function_word(inside[-1].word)
