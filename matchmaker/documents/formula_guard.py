"""Cells that a spreadsheet would run as a formula, made harmless and read back.

A cell that begins with ``=``, ``+``, ``-`` or ``@``, also in full width or behind blanks and tabs,
may be run when the file is opened (OWASP, "CSV Injection"). An apostrophe in front makes it text.
Spreadsheets set to another list separator cut cells at ``;`` and at line breaks, so what follows
those is guarded as well. A telephone number in E.164 (``+84901234567``) is left alone: run as a
formula it is that number, and with an apostrophe no other program could dial it.
"""

import re
from typing import Final

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
# An apostrophe that stands there already gets one more, so that taking one away restores it.
_DANGER: Final = r"(?='*[^\S\r\n]*(?:\ufeff[^\S\r\n]*)*[=+\-@＝＋－＠])"
_UNGUARDED: Final = re.compile(r"(\A|[;\r\n])" + _DANGER)
_GUARDED: Final = re.compile(r"(\A|[;\r\n])'" + _DANGER)


def guard_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it, or a part of it, for a formula."""
    if _E164.fullmatch(text):
        return text
    return _UNGUARDED.sub(r"\1'", text)


def unguard_cell(text: str) -> str:
    """Return what `guard_cell` was given; other text comes back as it is."""
    return _GUARDED.sub(r"\1", text)
