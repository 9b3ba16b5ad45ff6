"""Typed text made safe to keep: NFC, no control or direction-override characters."""

import re
import unicodedata

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
# No writing stacks more than a few marks (Unicode TR 15 allows 30 in a stream-safe text).
_MARK_PILE = re.compile(r"([\u0300-\u036f]{30})[\u0300-\u036f]+")
_MANY_BREAKS = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return free text in NFC, with line breaks as ``\\n`` and unsafe characters dropped.

    Directional overrides go (Unicode TR 36); the plain marks U+200E and U+200F stay, since
    Hebrew writers need them. Blank runs are folded, at most one empty line stays. Long piles of
    combining marks, which take quadratic time to normalize, are cut.
    """
    text = _LINE_BREAKS.sub("\n", text)
    if not text.isprintable():
        text = "".join(c for c in text if c == "\n" or not _is_unsafe(c))
    text = unicodedata.normalize("NFC", _MARK_PILE.sub(r"\1", text))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line."""
    return " ".join(clean_text(text).split())


def fold_key(text: str) -> str:
    """Return ``text`` as a key for comparing names and addresses: NFKC, case folded."""
    return " ".join(unicodedata.normalize("NFKC", clean_line(text)).casefold().split())


def _is_unsafe(character: str) -> bool:
    if character in _BIDI_CONTROLS:
        return True
    return unicodedata.category(character) in {"Cc", "Cs"} and character != "\t"
