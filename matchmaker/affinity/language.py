"""Which of the product's languages a short text is written in.

Hebrew is told by its letters; English, Italian and Vietnamese by letter trigrams of the text with
its accents folded away (Cavnar and Trenkle, "N-Gram-Based Text Categorization", 1994, with log
probabilities in place of ranks), so Vietnamese typed without tones counts as Vietnamese too.
The language of the form decides where the text doesn't.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.shipped_arrays import read_arrays
from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.settings import find_shipped

DETECTABLE: Final = ("en", "vi", "it", "he")
TRIGRAM_LANGUAGES: Final = ("en", "vi", "it")
TRIGRAMS: Final = 27**3

_MAX_CHARACTERS: Final = 1000
_HEBREW_SHARE: Final = 0.3
"""Share of Hebrew letters from which a text is Hebrew: many Hebrew texts name English things."""

_PRIOR_NATS: Final = 4.0
_TONE_NATS: Final = 3.0
_VIETNAMESE_MARKS: Final = frozenset("\u0309\u0323\u031b\u0306")
"""Hook above, dot below, horn and breve: neither English nor Italian writes them."""


def detect_language(text: str, prior: str = "") -> str:
    """Return the likeliest of ``DETECTABLE`` for a text.

    ``prior`` is the language of the form (``"vi"``, ``"it-IT"``): it wins where the text says
    nothing, and weighs about as much as one short word where it does.
    """
    read = text[:_MAX_CHARACTERS]
    known = _known_language(prior)
    hebrew = sum("\u05d0" <= letter <= "\u05ea" for letter in read)
    if hebrew > _HEBREW_SHARE * sum(map(str.isalpha, read)):
        return "he"
    trigrams = index_trigrams(read)
    if not len(trigrams):
        return known or "en"
    nats = _load_trigrams()[:, trigrams].sum(axis=1)
    if known in TRIGRAM_LANGUAGES:
        nats[TRIGRAM_LANGUAGES.index(known)] += _PRIOR_NATS
    nats[TRIGRAM_LANGUAGES.index("vi")] += _TONE_NATS * _count_vietnamese_marks(read)
    return TRIGRAM_LANGUAGES[int(np.argmax(nats))]


def index_trigrams(text: str) -> NDArray[np.intp]:
    """Return the number of each trigram of a text's Latin words, borders included.

    Letters count 1 to 26 and a border 0, as digits to the base of 27.
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    letters = (
        letter if "a" <= letter <= "z" else " "
        for letter in decomposed
        if not unicodedata.combining(letter)
    )
    words = "".join(letters).split()
    if not words:
        return np.zeros(0, dtype=np.intp)
    codes = np.frombuffer(f" {' '.join(words)} ".encode("ascii"), dtype=np.uint8).astype(np.intp)
    digits = np.where(codes == ord(" "), 0, codes - ord("a") + 1)
    trigrams: NDArray[np.intp] = digits[:-2] * 729 + digits[1:-1] * 27 + digits[2:]
    return trigrams


def _known_language(prior: str) -> str:
    base = prior.lower().replace("_", "-").partition("-")[0]
    base = "he" if base == "iw" else base
    return base if base in DETECTABLE else ""


def _count_vietnamese_marks(text: str) -> int:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return sum(mark == "đ" or mark in _VIETNAMESE_MARKS for mark in decomposed)


@lru_cache(maxsize=1)
def _load_trigrams(folder: Path | None = None) -> NDArray[np.float32]:
    """Return log probabilities (languages, ``TRIGRAMS``), or raise ``DamagedData``."""
    path = (folder or find_shipped("data")) / "language_trigrams.npz"
    (sixteenths,) = read_arrays(path, ("sixteenths",))
    nats: NDArray[np.float32] = sixteenths.astype(np.float32) / np.float32(-16)
    if nats.shape != (len(TRIGRAM_LANGUAGES), TRIGRAMS):
        raise DamagedData(path)
    return nats
