"""The text of a file whose encoding nobody declared, or what the file is instead."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from matchmaker.documents.code_pages import guess_code_page
from matchmaker.documents.import_problem import FileKind

_SAMPLE: Final = 1 << 16
_FEW_CONTROLS: Final = 8
_MOST_CONTROLS: Final = 0.02
_MOST_DAMAGE: Final = 0.05
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: the mark of UTF-32 begins with the mark of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_HTML: Final = re.compile(r"\s*<(?:!doctype|html|head|body|table)\b", re.IGNORECASE)
_HIGH_BYTES: Final = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, kw_only=True)
class FileText:
    """The text of a file; ``is_damaged`` where some bytes could not be read."""

    text: str
    is_damaged: bool = False


def read_text(data: bytes) -> FileText | FileKind:
    """Return the text of ``data``, or the kind of file it is if it is no text.

    A byte order mark decides; else UTF-16 shows by where its zero bytes stand, UTF-8 by being
    valid; all else is taken for a Windows code page. Never raises.
    """
    if kind := _binary_kind(data):
        return kind
    found = _decode(data)
    sample = found.text[:_SAMPLE]
    if _HTML.match(sample):
        return FileKind.HTML
    if len(_CONTROLS.findall(sample)) > _FEW_CONTROLS + _MOST_CONTROLS * len(sample):
        return FileKind.OTHER
    return found


def _binary_kind(data: bytes) -> FileKind | None:
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.XLS
    if not data.startswith(b"PK\x03\x04"):
        return None
    if b"application/vnd.oasis.opendocument.spreadsheet" in data[:_SAMPLE]:
        return FileKind.ODS
    return FileKind.XLSX if b"xl/" in data else FileKind.ZIP


def _decode(data: bytes) -> FileText:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    if utf_16 := _guess_utf_16(data):
        return _decode_as(data, utf_16)
    as_utf_8 = _decode_as(data, "utf-8")
    if not as_utf_8.is_damaged or _is_mostly_utf_8(data, as_utf_8.text):
        return as_utf_8
    return _decode_as(data, guess_code_page(data))


def _decode_as(data: bytes, encoding: str) -> FileText:
    try:
        return FileText(text=data.decode(encoding))
    except UnicodeDecodeError:
        return FileText(text=data.decode(encoding, errors="replace"), is_damaged=True)


def _guess_utf_16(data: bytes) -> str | None:
    """Return the byte order by the zero bytes of the Latin letters and separators, or None."""
    sample = data[: _SAMPLE & ~1]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 20
    if second > enough and second > 4 * first:
        return "utf-16-le"
    if first > enough and first > 4 * second:
        return "utf-16-be"
    return None


def _is_mostly_utf_8(data: bytes, text: str) -> bool:
    """Return whether only a few bytes keep ``data`` from being UTF-8.

    One torn letter must not turn every other accented letter of the file into two wrong ones.
    """
    high = len(_HIGH_BYTES.findall(data))
    return text.count("\ufffd") <= _MOST_DAMAGE * high
