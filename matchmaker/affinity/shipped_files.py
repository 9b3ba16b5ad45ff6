"""Whether all that ships in ``data/`` is there and whole, without reading it into memory."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from matchmaker.settings import find_shipped

_OFFSETS: Final = ("centre", "directions", "projection")
_TOPICS: Final = ("offers", "needs", "whole", "about", "about_steps")

ARRAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "language_trigrams.npz": ("sixteenths",),
    "word_table.npz": ("vectors", "weights", "words_en", "words_vi", "words_it", "words_he"),
    "offsets_table.npz": _OFFSETS,
    "topics_table.npz": _TOPICS,
    "offsets_e5.npz": _OFFSETS,
    "topics_e5.npz": _TOPICS,
}
"""The arrays that each file must hold."""

COLUMNS: Final[Mapping[str, int]] = {"concepts.tsv": 10, "networking_sentences.tsv": 6}
"""How many columns each line of a table has."""


class DamagedData(Exception):  # noqa: N818 - it names what is wrong with the file
    """A shipped data file is missing or can't be read; ``path`` names it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the data file {path.name} is missing or damaged")
        self.path = path


def check_files(folder: Path | None = None) -> None:
    """Read every shipped file once, about a tenth of a second, and return if all are whole.

    Raises
    ------
    DamagedData
        If one is missing, cut off, changed, or lacks something.
    """
    source = folder or find_shipped("data")
    for name, arrays in ARRAYS.items():
        _check_arrays(source / name, arrays)
    for name, columns in COLUMNS.items():
        _check_table(source / name, columns)


def _check_arrays(path: Path, arrays: tuple[str, ...]) -> None:
    try:
        with ZipFile(path) as file:
            whole = {f"{name}.npy" for name in arrays} <= set(file.namelist())
            whole = whole and file.testzip() is None
    except (OSError, ValueError, EOFError, BadZipFile, zlib.error, NotImplementedError) as error:
        raise DamagedData(path) from error
    if not whole:
        raise DamagedData(path)


def _check_table(path: Path, columns: int) -> None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedData(path) from error
    if not lines or any(line.count("\t") != columns - 1 for line in lines):
        raise DamagedData(path)
