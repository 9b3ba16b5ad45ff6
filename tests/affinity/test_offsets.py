"""Taking language and role out of vectors."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.affinity.offsets import (
    OffsetMeans,
    load_means,
    remove_offsets,
)
from matchmaker.affinity.shipped_files import DamagedData

Matrix = NDArray[np.float32]


def _vectors(count: int, dimensions: int, seed: int = 0) -> Matrix:
    return np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)


def _means(dimensions: int, directions: Matrix | None = None) -> OffsetMeans:
    return OffsetMeans(
        centre=np.zeros(dimensions, dtype=np.float32),
        directions=directions if directions is not None else np.zeros((0, dimensions), "f4"),
        projection=np.eye(dimensions, dtype=np.float32),
    )


def test_a_language_direction_disappears() -> None:
    direction = np.eye(8, dtype=np.float32)[:1]
    topics = _vectors(4, 8)
    shifted = topics + 100 * direction
    means = _means(8, direction)
    plain = remove_offsets(topics, means)
    np.testing.assert_allclose(remove_offsets(shifted, means), plain, atol=1e-4)


@pytest.mark.parametrize("encoder", ["e5", "table"])
def test_the_shipped_means_give_rows_of_length_one(encoder: str) -> None:
    means = load_means(encoder)
    freed = remove_offsets(_vectors(4, means.dimensions), means)
    np.testing.assert_allclose(np.linalg.norm(freed, axis=1), 1, atol=1e-5)


def test_the_shipped_directions_are_orthonormal() -> None:
    directions = load_means("e5").directions
    np.testing.assert_allclose(directions @ directions.T, np.eye(len(directions)), atol=1e-4)


def test_a_text_with_nothing_to_read_stays_zero() -> None:
    means = load_means("e5")
    vectors = _vectors(2, means.dimensions)
    vectors[1] = 0
    freed = remove_offsets(vectors, means)
    assert np.any(freed[0])
    assert not np.any(freed[1])


def test_what_goes_in_is_left_as_it_was() -> None:
    vectors = _vectors(4, 8)
    before = vectors.copy()
    remove_offsets(vectors, _means(8, np.eye(8, dtype="f4")[:2]))
    np.testing.assert_array_equal(vectors, before)


def test_no_vectors_give_no_vectors() -> None:
    assert remove_offsets(_vectors(0, 8), _means(8)).shape == (0, 8)


def test_rows_of_another_encoder_are_refused() -> None:
    with pytest.raises(ValueError, match="8 dimensions"):
        remove_offsets(_vectors(1, 9), _means(8))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"hello"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "offsets_e5.npz").write_bytes(content)
    with pytest.raises(DamagedData, match=r"offsets_e5\.npz"):
        load_means("e5", tmp_path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DamagedData, match=r"offsets_table\.npz"):
        load_means("table", tmp_path)


def test_shapes_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "offsets_e5.npz",
        centre=np.zeros(8),
        directions=np.zeros((2, 9)),
        projection=np.eye(8),
    )
    with pytest.raises(DamagedData):
        load_means("e5", tmp_path)
