"""Which Windows code page an old program wrote: Vietnamese, Hebrew or Western European.

The three give every byte a letter, so nothing but the look of the words tells them apart.
"""

import re
from typing import Final

_SAMPLE: Final = 1 << 18
_HIGH_RUNS: Final = re.compile(rb"[\x80-\xff]+")
_HEBREW_WORDS: Final = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xe0-\xfa]{2,}(?![A-Za-z])")
# CP1258 writes tone marks as letters of their own after the vowel; the vowels with a
# circumflex, breve or horn are single bytes.
_PLAIN_VOWELS: Final = rb"AEIOUYaeiouy"
_MARKED_VOWELS: Final = rb"\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd"
_TONES: Final = rb"\xcc\xd2\xde\xec\xf2"
_VIETNAMESE: Final = re.compile(
    # A tone on a plain vowel inside a word ("Phạm") or on a marked vowel ("Trần", "số"). At the
    # end of a word behind a plain vowel it may be Italian ("può") and says nothing.
    rb"[" + _PLAIN_VOWELS + rb"][" + _TONES + rb"](?=[A-Za-z])"
    rb"|[" + _MARKED_VOWELS + rb"][" + _TONES + rb"]"
    # A tilde behind a vowel ("Võ"): the byte is a rare Icelandic letter elsewhere.
    rb"|[" + _PLAIN_VOWELS + rb"]\xde"
    # The letters d with stroke and u with horn.
    rb"|[\xd0\xf0\xdd\xfd]"
)
_NOT_VIETNAMESE: Final = re.compile(
    rb"(?<![" + _PLAIN_VOWELS + _MARKED_VOWELS + rb"])[" + _TONES + rb"]"
)


def guess_code_page(data: bytes) -> str:
    """Return ``cp1255``, ``cp1258`` or ``cp1252``, whichever fits the first 256 KB best."""
    sample = data[:_SAMPLE]
    high = sum(map(len, _HIGH_RUNS.findall(sample)))
    hebrew = sum(map(len, _HEBREW_WORDS.findall(sample)))
    if 2 * hebrew > high:
        return "cp1255"
    vietnamese = len(_VIETNAMESE.findall(sample))
    return "cp1258" if vietnamese > len(_NOT_VIETNAMESE.findall(sample)) else "cp1252"
