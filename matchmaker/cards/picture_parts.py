"""How a picture file is built, found without decoding it.

A small file may ask for much work: a JPEG by thousands of passes over the same pixels, any file
by millions of tiny parts. Both are counted here before a decoder sees them.
"""

import re
from typing import Final

_JPEG_START: Final = b"\xff\xd8"
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
# In the data of a scan 0xFF is followed by 0x00 or a restart marker; any other pair ends it.
_MARKER: Final = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_END_OF_IMAGE, _START_OF_SCAN = b"\xd9", b"\xda"


def count_scans(data: bytes, *, most_parts: int) -> int | None:
    """Return how many passes a JPEG makes (ITU-T T.81, annex B), 0 if it is none.

    One pass can be decoded strip by strip; more of them keep the whole picture in memory. None
    if the file has more than ``most_parts`` segments.
    """
    place, scans = 2, 0
    if not data.startswith(_JPEG_START):
        return scans
    for _ in range(most_parts):
        marker = _MARKER.search(data, place)
        if marker is None or marker[1] == _END_OF_IMAGE:
            return scans
        scans += marker[1] == _START_OF_SCAN
        place = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2])
    return None


def has_too_many_chunks(data: bytes, *, most_parts: int) -> bool:
    """Return whether a file is a PNG of more than ``most_parts`` chunks."""
    place = len(_PNG_START)
    if not data.startswith(_PNG_START):
        return False
    for _ in range(most_parts):
        if place >= len(data):
            return False
        place += 12 + int.from_bytes(data[place : place + 4])
    return True
