"""The shipped word table: texts to vectors, words to vectors."""

import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.affinity.profile import Role
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.affinity.word_table import LANGUAGES, WordTable
from matchmaker.settings import find_shipped

TABLE = WordTable.load()

BAKERY = {
    "en": "We bake sourdough bread and deliver it to restaurants",
    "vi": "Chúng tôi làm bánh mì và giao cho nhà hàng",
    "it": "Facciamo il pane e lo consegniamo ai ristoranti",
    "he": "אנחנו אופים לחם ומספקים למסעדות",
}
TAX = {
    "en": "Tax advice and accounting for small companies",
    "vi": "Tư vấn thuế và kế toán cho công ty nhỏ",
    "it": "Consulenza fiscale e contabilità per piccole imprese",
    "he": "ייעוץ מס והנהלת חשבונות לחברות קטנות",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("other", LANGUAGES)
def test_a_topic_is_nearer_to_itself_in_any_language_than_to_another(
    language: str, other: str
) -> None:
    vectors = TABLE.encode(
        [BAKERY[language], BAKERY[other], TAX[other]],
        [language, other, other],
        [Role.NEED, Role.OFFER, Role.OFFER],
    )
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_rows_are_unit_vectors_of_float32() -> None:
    vectors = TABLE.encode(list(BAKERY.values()), list(BAKERY), [Role.OFFER] * 4)
    assert vectors.shape == (4, TABLE.width)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "🎉", "12345", "...", "\x00"])
def test_a_text_without_a_known_word_is_zero(text: str) -> None:
    assert not np.any(TABLE.encode([text], ["en"], [Role.OFFER]))


def test_no_texts_give_no_rows() -> None:
    assert TABLE.encode([], [], []).shape == (0, TABLE.width)


def test_the_shipped_table_has_twenty_thousand_entries_a_language() -> None:
    counts = {one: TABLE.vocabulary.count(one) for one in LANGUAGES}
    assert min(counts.values()) >= 20_000, counts


def test_a_word_said_a_hundred_times_does_not_drown_the_others() -> None:
    once = "We repair bicycles, teach piano and sell bread"
    often = once + " bread" * 100
    rows = TABLE.encode([once, often, "bread"], ["en"] * 3, [Role.OFFER] * 3)
    assert rows[0] @ rows[1] > 0.9
    assert rows[0] @ rows[1] > rows[1] @ rows[2]


def test_asking_weighs_little_beside_what_is_asked_for() -> None:
    asking, thing, other = TABLE.encode(
        ["I am looking for someone who could help me find a lawyer", "lawyer", "looking for"],
        ["en"] * 3,
        [Role.NEED] * 3,
    )
    assert asking @ thing > asking @ other


def test_words_of_two_languages_align() -> None:
    italian = TABLE.word_vectors("Cerco un avvocato", "it")
    vietnamese = TABLE.word_vectors("Tôi là luật sư, thích cà phê", "vi")
    text = "Tôi là luật sư, thích cà phê"
    (_, _, lawyer) = italian[-1]
    nearest = max(vietnamese, key=lambda word: float(word[2] @ lawyer))
    assert text[nearest[0] : nearest[1]] == "luật sư"


def test_words_that_only_ask_align_with_nothing() -> None:
    assert TABLE.word_vectors("I am looking for", "en") == []


@given(st.text(max_size=400), st.sampled_from([*LANGUAGES, "", "fr"]))
def test_word_vectors_keep_to_the_text(text: str, language: str) -> None:
    end = 0
    for start, stop, vector in TABLE.word_vectors(text, language):
        assert end <= start < stop <= len(text)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
        end = stop


@settings(max_examples=50)
@given(st.lists(st.text(max_size=400), max_size=5))
def test_whatever_is_typed_gets_a_finite_row(texts: list[str]) -> None:
    vectors = TABLE.encode(texts, ["vi"] * len(texts), [Role.NEED] * len(texts))
    norms = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(norms - 1) < 1e-4) | (norms == 0))


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "bread " * 10_000, "\ufdfa" * 2000, "🎉" * 5000, "a\u0301" * 9000]
)
def test_hostile_texts_take_bounded_time(text: str) -> None:
    start = time.process_time()
    TABLE.encode([text], ["en"], [Role.OFFER])
    assert time.process_time() - start < 0.5


def test_a_text_takes_a_fraction_of_a_millisecond() -> None:
    texts = [text for text in BAKERY.values() for _ in range(100)]
    languages = [language for language in BAKERY for _ in range(100)]
    roles = [Role.OFFER] * len(texts)
    TABLE.encode(texts, languages, roles)
    start = time.process_time()
    TABLE.encode(texts, languages, roles)
    assert (time.process_time() - start) / len(texts) < 0.001


def _copy(folder: Path) -> Path:
    for name in ("word_table.npz", "offsets_table.npz", "topics_table.npz"):
        shutil.copy(find_shipped("data") / name, folder / name)
    return folder / "word_table.npz"


def test_a_copy_elsewhere_loads(tmp_path: Path) -> None:
    table = WordTable.load(_copy(tmp_path))
    assert table.dimensions == TABLE.dimensions


def test_a_table_cut_off_is_refused_by_name(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(DamagedData, match=r"word_table\.npz"):
        WordTable.load(path)


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedData):
        WordTable.load(path)


def test_a_missing_table_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DamagedData, match=r"word_table\.npz"):
        WordTable.load(tmp_path / "word_table.npz")


def test_a_table_without_a_language_is_refused(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "words_he"}
    np.savez_compressed(path, **arrays)
    with pytest.raises(DamagedData):
        WordTable.load(path)


def test_words_that_do_not_fit_the_vectors_are_refused(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    arrays["words_he"] = np.frombuffer("אחד\nשתיים".encode(), dtype=np.uint8)
    np.savez_compressed(path, **arrays)
    with pytest.raises(DamagedData):
        WordTable.load(path)
