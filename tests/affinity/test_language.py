"""Which language a short text is in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.affinity import language
from matchmaker.affinity.language import DETECTABLE, detect_language
from matchmaker.affinity.shipped_files import DamagedData


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Looking for a bookkeeper nearby", "en"),
        ("Web design for small shops", "en"),
        ("Cerco un commercialista a Torino", "it"),
        ("Sviluppo app per i ristoranti", "it"),
        ("Cần tìm người làm kế toán", "vi"),
        ("Bán bánh mì và cà phê", "vi"),
        ("מחפשת רואה חשבון לעסק קטן", "he"),
        ("מפתח אפליקציות לעסקים", "he"),
    ],
)
def test_five_words_are_enough(text: str, expected: str) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "can tim nguoi lam ke toan",
        "thiet ke trang web ban hang",
        "toi day tieng anh cho tre em",
        "giup do thu tuc xuat khau",
    ],
)
def test_vietnamese_typed_without_tones_is_vietnamese(text: str) -> None:
    assert detect_language(text) == "vi"


def test_decomposed_vietnamese_is_vietnamese() -> None:
    assert (
        detect_language("to\u0302i ca\u0302\u0300n nha\u0300 \u0111a\u0302\u0300u tu\u031b") == "vi"
    )


def test_hebrew_that_names_english_things_is_hebrew() -> None:
    assert detect_language("אנחנו בונים CRM ו-website לעסקים עם WordPress") == "he"


def test_english_that_quotes_a_hebrew_word_is_english() -> None:
    assert detect_language("I run a small catering company for every שבת in town") == "en"


@pytest.mark.parametrize("text", ["", "   ", "12345", "🎉🎉", "日本語"])
@pytest.mark.parametrize("prior", DETECTABLE)
def test_the_form_decides_where_the_text_says_nothing(text: str, prior: str) -> None:
    assert detect_language(text, prior) == prior


def test_a_word_of_many_languages_is_the_forms() -> None:
    assert detect_language("yoga", "it") == "it"
    assert detect_language("yoga", "en") == "en"


def test_a_clear_text_wins_over_the_form() -> None:
    assert detect_language("I need help with my accounts", "vi") == "en"
    assert detect_language("Cerco aiuto con la contabilità", "en") == "it"


@pytest.mark.parametrize("prior", ["iw", "he-IL", "HE_il"])
def test_a_prior_may_be_written_in_other_ways(prior: str) -> None:
    assert detect_language("", prior) == "he"


def test_an_unknown_prior_counts_for_nothing() -> None:
    assert detect_language("", "fr") == "en"


@given(st.text(), st.text())
def test_whatever_is_typed_gets_one_of_our_languages(text: str, prior: str) -> None:
    assert detect_language(text, prior) in DETECTABLE


def test_our_own_sentences_are_told_apart_by_their_first_five_words() -> None:
    rows = (
        (language.find_shipped("data") / "networking_sentences.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    names = rows[0].split("\t")[2:]
    asked = [
        (name, " ".join(text.split()[:5]))
        for row in rows[1:]
        for name, text in zip(names, row.split("\t")[2:], strict=True)
    ]
    wrong = [(name, text) for name, text in asked if detect_language(text) != name]
    assert len(wrong) <= 0.02 * len(asked), wrong


def test_a_damaged_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "language_trigrams.npz").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(DamagedData, match=r"language_trigrams\.npz"):
        language._load_trigrams(tmp_path)
