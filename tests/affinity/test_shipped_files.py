"""Noticing before the start that a shipped data file is missing or damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from matchmaker.affinity.shipped_files import ARRAYS, COLUMNS, DamagedData, check_files
from matchmaker.settings import find_shipped

FILES = [*ARRAYS, *COLUMNS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what ships."""
    for name in FILES:
        shutil.copy(find_shipped("data") / name, tmp_path / name)
    return tmp_path


def cut_off(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 + 1])


def change_a_byte(path: Path) -> None:
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 0xFF
    path.write_bytes(changed)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def test_what_ships_is_whole(folder: Path) -> None:
    check_files()
    check_files(folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", [Path.unlink, empty, cut_off])
def test_a_file_that_is_gone_or_cut_off_is_named(
    folder: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(folder / name)
    with pytest.raises(DamagedData, match=name.replace(".", r"\.")):
        check_files(folder)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_changed_byte_is_noticed(folder: Path, name: str) -> None:
    change_a_byte(folder / name)
    with pytest.raises(DamagedData, match=name.replace(".", r"\.")):
        check_files(folder)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_file_of_another_version_is_named(folder: Path, name: str) -> None:
    other = next(one for one in ARRAYS if set(ARRAYS[one]) != set(ARRAYS[name]))
    shutil.copy(folder / other, folder / name)
    with pytest.raises(DamagedData, match=name.replace(".", r"\.")):
        check_files(folder)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_line_without_all_columns_is_noticed(folder: Path, name: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("half a line\t")
    with pytest.raises(DamagedData):
        check_files(folder)
