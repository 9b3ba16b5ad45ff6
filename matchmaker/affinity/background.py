"""Sentences that tell which words are common when people speak of offers and needs."""

from pathlib import Path

from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.settings import find_shipped

_TEXT_COLUMNS = 4
_LINES = 120
"""Of nearly three thousand: counting all takes two seconds and changed none of the figures."""


def read_background(path: Path | None = None) -> tuple[str, ...]:
    """Return the first sentences of ``networking_sentences.tsv``, all languages.

    Raises
    ------
    DamagedData
        If the file is missing or not UTF-8.
    """
    source = path or find_shipped("data") / "networking_sentences.tsv"
    try:
        lines = source.read_text(encoding="utf-8").splitlines()[1 : 1 + _LINES]
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedData(source) from error
    return tuple(cell for line in lines for cell in line.split("\t")[-_TEXT_COLUMNS:] if cell)
