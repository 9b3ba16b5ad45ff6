"""Text as it may stand in a file or code that other programs read line by line.

``people.clean`` decides what a typed text is when it is stored. This is the last guard before
a format: it changes only what would end a line or could not be encoded, in linear time.
"""

import re
from typing import Final

# Everything that str.splitlines or a phone's parser takes for the end of a line.
_LINE_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, halves of surrogate pairs (they have no UTF-8), characters that turn the
# reading direction of what follows them, byte order marks and noncharacters.
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    r"\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def as_block(text: str) -> str:
    r"""Return ``text`` with ``\n`` as its only line break and no control characters.

    Joiners and direction marks, which Indic, Persian and Hebrew spelling needs, stay.
    """
    broken = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    return _UNWANTED.sub("", broken).strip()


def as_line(text: str) -> str:
    """Return ``text`` as one line: like ``as_block``, with blanks for the line breaks."""
    return as_block(text).replace("\n", " ")
