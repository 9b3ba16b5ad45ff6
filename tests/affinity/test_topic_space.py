"""Telling texts by the topics they are near."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from matchmaker.affinity.offsets import unit_rows
from matchmaker.affinity.profile import Role
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.affinity.topic_space import TopicSpace, load_topics, name_topics, save_topics

Matrix = NDArray[np.float32]

TOPICS, DIMS, WIDTH = 5, 8, 6


def _rows(count: int, width: int, seed: int) -> Matrix:
    drawn = np.random.default_rng(seed).normal(size=(count, width))
    return unit_rows(drawn.astype(np.float32))


def _space(*, own_axes: bool = False) -> TopicSpace:
    """Return made-up topics; ``own_axes`` keeps each topic on an axis of its own."""
    known = {Role.OFFER: _rows(TOPICS, DIMS, 1), Role.NEED: _rows(TOPICS, DIMS, 2)}
    if own_axes:
        width = np.eye(DIMS + TOPICS, dtype=np.float32)
        return TopicSpace(known=known, whole=width[:DIMS], about=width[DIMS:])
    return TopicSpace(known=known, whole=_rows(DIMS, WIDTH, 3), about=_rows(TOPICS, WIDTH, 4))


def test_an_offer_and_a_need_of_one_topic_come_nearer_than_their_vectors_are() -> None:
    space = _space(own_axes=True)
    offer, need = (space.known[role][2:3] for role in (Role.OFFER, Role.NEED))
    placed = space.place(np.vstack([offer, need]), [Role.OFFER, Role.NEED])
    assert placed[0] @ placed[1] > float((offer @ need.T).item()) + 0.2


def test_an_offer_is_told_by_offers_and_a_need_by_needs() -> None:
    space = _space(own_axes=True)
    text = space.known[Role.OFFER][1:2]
    told = space.place(np.vstack([text, text]), [Role.OFFER, Role.NEED])[:, DIMS:]
    assert told[0].argmax() == 1
    assert told[0, 1] > told[1, 1]


def test_the_nearest_topic_counts_most() -> None:
    known = _rows(TOPICS, DIMS, 1)
    assert name_topics(known, known).argmax(axis=1).tolist() == list(range(TOPICS))


@given(arrays(np.float32, (4, DIMS), elements=st.floats(-1, 1, width=32)))
def test_rows_have_length_one_or_are_zero_like_their_vectors(vectors: Matrix) -> None:
    units = unit_rows(vectors)
    placed = _space().place(units, [Role.OFFER, Role.NEED] * 2)
    lengths = np.linalg.norm(placed, axis=1)
    read = np.any(units != 0, axis=1)
    np.testing.assert_allclose(lengths[read], 1, atol=1e-4)
    assert not placed[~read].any()


def test_a_text_is_placed_alike_alone_and_among_many() -> None:
    vectors = _rows(5000, DIMS, 7)
    space = _space()
    together = space.place(vectors, [Role.NEED] * len(vectors))
    np.testing.assert_allclose(together[-1:], space.place(vectors[-1:], [Role.NEED]), atol=1e-6)


def test_no_texts_give_no_rows() -> None:
    assert _space().place(_rows(0, DIMS, 0), []).shape == (0, WIDTH)


def test_a_row_without_role_is_refused() -> None:
    with pytest.raises(ValueError, match="role"):
        _space().place(_rows(2, DIMS, 0), [Role.OFFER])


def test_rows_of_another_encoder_are_refused() -> None:
    with pytest.raises(ValueError, match="8 dimensions"):
        _space().place(_rows(1, DIMS + 1, 0), [Role.OFFER])


@pytest.mark.parametrize(("encoder", "dims"), [("e5", 384), ("table", 64)])
def test_the_shipped_topics_fit_their_encoder(encoder: str, dims: int) -> None:
    space = load_topics(encoder)
    placed = space.place(_rows(3, dims, 0), [Role.OFFER, Role.NEED, Role.NEED])
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-5)


def test_what_was_saved_places_texts_as_before(tmp_path: Path) -> None:
    space, vectors = _space(), _rows(20, DIMS, 5)
    save_topics(space, tmp_path / "topics_e5.npz")
    roles = [Role.OFFER, Role.NEED] * 10
    again = load_topics("e5", tmp_path).place(vectors, roles)
    assert np.vecdot(again, space.place(vectors, roles)).min() > 0.999


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"hello"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "topics_e5.npz").write_bytes(content)
    with pytest.raises(DamagedData, match=r"topics_e5\.npz"):
        load_topics("e5", tmp_path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DamagedData, match=r"topics_table\.npz"):
        load_topics("table", tmp_path)


def test_shapes_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "topics_e5.npz",
        offers=np.ones((TOPICS, DIMS), np.int8),
        needs=np.ones((TOPICS, DIMS), np.int8),
        whole=np.ones((DIMS, WIDTH)),
        about=np.ones((TOPICS, WIDTH + 1), np.int8),
        about_steps=np.ones(TOPICS),
    )
    with pytest.raises(DamagedData):
        load_topics("e5", tmp_path)
