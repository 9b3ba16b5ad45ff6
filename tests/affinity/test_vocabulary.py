"""Finding a table's entries in what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.affinity.text import tokenize
from matchmaker.affinity.vocabulary import Vocabulary, respell_vietnamese

ENTRIES = {
    "en": ["the", "plan", "business", "business plan", "import", "importer", "important"],
    "vi": ["bao", "bì", "bao bì", "phân", "huỷ", "phân huỷ", "phân huỷ sinh học", "kế toán"],
    "it": ["azienda", "confezione", "qualità", "startup"],
    "he": ["אריזה", "משרד", "שרד", "בית"],
}


@pytest.fixture
def vocabulary() -> Vocabulary:
    rows: dict[str, dict[str, int]] = {}
    for language, words in ENTRIES.items():
        first = sum(map(len, rows.values()))
        rows[language] = {word: first + rank for rank, word in enumerate(words)}
    return Vocabulary(rows)


def _find(vocabulary: Vocabulary, text: str, language: str) -> list[str]:
    listed = [word for words in ENTRIES.values() for word in words]
    found = vocabulary.iter_found(text, tokenize(text), language)
    return [listed[one.row] for one in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "bao bì phân huỷ sinh học", ["bao bì", "phân huỷ sinh học"]),
        ("vi", "bao bì phân huỷ nhanh", ["bao bì", "phân huỷ"]),
        ("en", "a Business-Plan", ["business plan"]),
    ],
)
def test_the_longest_entry_wins(
    vocabulary: Vocabulary, language: str, text: str, expected: list[str]
) -> None:
    assert _find(vocabulary, text, language) == expected


def test_a_comma_parts_a_phrase(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "business, plan", "en") == ["business", "plan"]


def test_vietnamese_without_tones_finds_its_phrases(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "bao bi, ke toan", "vi") == ["bao bì", "kế toán"]


def test_vietnamese_with_tones_is_not_folded(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "bào bí ở đây", "vi") != ["bao bì"]


@pytest.mark.parametrize("text", ["phân huỷ", "phân hủy"])
def test_both_ways_of_writing_a_tone_are_one_word(vocabulary: Vocabulary, text: str) -> None:
    assert _find(vocabulary, text, "vi") == ["phân huỷ"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thúy", "thuý"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("bìa", "bìa"),
    ],
)
def test_only_floating_tones_move(older: str, newer: str) -> None:
    assert respell_vietnamese(older) == newer


def test_decomposed_accents_are_the_same_word(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "qualita\u0300", "it") == ["qualità"]


def test_an_accent_left_out_is_forgiven(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "qualita", "it") == ["qualità"]


def test_an_elided_article_is_no_part_of_the_word(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "l'azienda", "it") == ["azienda"]


@pytest.mark.parametrize("word", ["הבית", "בבית", "ושהבית"])
def test_particles_are_stripped_when_the_bare_word_is_listed(
    vocabulary: Vocabulary, word: str
) -> None:
    assert _find(vocabulary, word, "he") == ["בית"]


def test_a_listed_word_keeps_its_first_letter(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "משרד", "he") == ["משרד"]


def test_words_of_other_languages_are_found_too(vocabulary: Vocabulary) -> None:
    assert _find(vocabulary, "startup azienda", "he") == ["startup", "azienda"]


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("it", "confezioni", "confezione"),
        ("en", "importers", "importer"),
        ("he", "אריזות", "אריזה"),
    ],
)
def test_an_inflected_word_is_taken_for_a_listed_one_that_begins_alike(
    vocabulary: Vocabulary, language: str, word: str, expected: str
) -> None:
    assert _find(vocabulary, word, language) == [expected]


def test_a_guess_is_trusted_less(vocabulary: Vocabulary) -> None:
    (listed,) = vocabulary.iter_found("importer", tokenize("importer"), "en")
    (guessed,) = vocabulary.iter_found("importers", tokenize("importers"), "en")
    assert guessed.row == listed.row
    assert guessed.trust < listed.trust == 1


@pytest.mark.parametrize("text", ["", "2024", "xyzzyq", "🎉", "...", "conferma"])
def test_nothing_is_made_up(vocabulary: Vocabulary, text: str) -> None:
    assert _find(vocabulary, text, "it") == []


@given(st.text(max_size=300), st.sampled_from([*ENTRIES, "", "fr"]))
def test_entries_never_overlap(text: str, language: str) -> None:
    rows = {one: {word: rank for rank, word in enumerate(words)} for one, words in ENTRIES.items()}
    tokens = tokenize(text)
    end = 0
    for found in Vocabulary(rows).iter_found(text, tokens, language):
        assert end <= found.first < found.end <= len(tokens)
        end = found.end
