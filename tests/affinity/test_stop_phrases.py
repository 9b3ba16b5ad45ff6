"""Words that carry no subject, in each language by its own lists."""

import pytest

from matchmaker.affinity.stop_phrases import mark_stops
from matchmaker.affinity.text import tokenize


def content(text: str) -> list[str]:
    tokens = tokenize(text)
    return [token.word for token, stop in zip(tokens, mark_stops(tokens), strict=True) if not stop]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I am looking for someone to print posters", ["print", "posters"]),
        ("Cerco qualcuno che ripara biciclette", ["ripara", "biciclette"]),
        ("Tôi đang tìm người sửa xe", ["sửa", "xe"]),
        ("אני מחפשת מישהו שיכול לתקן אופניים", ["לתקן", "אופניים"]),
        ("toi can tho moc", ["tho", "moc"]),
    ],
)
def test_asking_and_offering_leave_the_subject(text: str, left: list[str]) -> None:
    assert content(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tôi sửa máy và làm gỗ", ["sửa", "máy", "gỗ"]),
        ("Nhận in thẻ, in lịch", ["in", "thẻ", "in", "lịch"]),
        ("Bác sĩ da liễu", ["bác", "sĩ", "da", "liễu"]),
        ("Cần mua than đá", ["mua", "than", "đá"]),
        ("Đồ ăn cho bé và mẹ", ["đồ", "ăn", "bé", "mẹ"]),
    ],
)
def test_vietnamese_words_are_not_taken_for_english_or_italian_ones(
    text: str, left: list[str]
) -> None:
    assert content(text) == left


def test_one_vietnamese_word_does_not_make_a_text_vietnamese() -> None:
    assert content("I am looking for a phở cook") == ["phở", "cook"]
