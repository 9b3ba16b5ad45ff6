"""Files whose encoding nobody declared: guessed by how they look, damage said."""

import codecs
import unicodedata

import pytest

from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.documents.code_pages import guess_code_page
from matchmaker.documents.file_text import FileText, read_text
from matchmaker.documents.import_problem import ProblemKind

HEBREW = "שם,הצעה\nדנה שלו,הפקת אירועים קטנים\n"
ITALIAN = "nome,offro\nNiccolò,Può darsi che più in là cucini perché mi va: caffè e città\n"
VIETNAMESE = "họ tên,tôi có thể giúp\nVõ Thị Lê,Làm bánh và giao hàng tận nơi\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_cp1258(text: str) -> bytes:
    """Spell ``text`` with its tone marks as letters of their own, where the code page wants it."""
    return b"".join(_letter_in_cp1258(c) for c in unicodedata.normalize("NFC", text))


def _letter_in_cp1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        vowel = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        return (vowel + "".join(c for c in parts if c in TONES)).encode("cp1258")


def text_of(data: bytes) -> str:
    found = read_text(data)
    assert isinstance(found, FileText)
    assert not found.is_damaged
    return unicodedata.normalize("NFC", found.text)


@pytest.mark.parametrize("text", [HEBREW, ITALIAN, VIETNAMESE], ids=["he", "it", "vi"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(text: str, mark: bytes, encoding: str) -> None:
    assert text_of(mark + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "data", "page"),
    [
        (HEBREW, HEBREW.encode("cp1255"), "cp1255"),
        (ITALIAN, ITALIAN.encode("cp1252"), "cp1252"),
        (VIETNAMESE, in_cp1258(VIETNAMESE), "cp1258"),
    ],
)
def test_a_windows_code_page_is_guessed(text: str, data: bytes, page: str) -> None:
    assert guess_code_page(data) == page
    assert text_of(data) == text


@pytest.mark.parametrize("name", ["Phạm", "Trần", "Nguyễn", "Đỗ", "Võ", "Hồ", "Đặng", "Lưu"])
def test_one_vietnamese_name_is_enough_to_tell_the_code_page(name: str) -> None:
    assert guess_code_page(b"name\n" + in_cp1258(name)) == "cp1258"


@pytest.mark.parametrize(
    "text",
    ["può", "così", "però", "più in là", "iniziò", "señor Núñez", "où", "Müller", "São Simões"],
)
def test_western_words_are_not_taken_for_vietnamese(text: str) -> None:
    assert guess_code_page(text.encode("cp1252")) == "cp1252"


def test_one_torn_letter_does_not_spoil_the_others() -> None:
    data = VIETNAMESE.encode() * 3 + "Nguyễ".encode()[:-1]
    file = read_attendees(data)
    assert file.rows[0].name == "Võ Thị Lê"
    assert file.problems[0].kind is ProblemKind.DAMAGED_TEXT


def test_half_a_letter_at_the_end_of_utf_16_is_damage_and_no_error() -> None:
    file = read_attendees(codecs.BOM_UTF16_LE + ITALIAN.encode("utf-16-le") + b"x")
    assert file.rows[0].name == "Niccolò"
    assert file.problems[0].kind is ProblemKind.DAMAGED_TEXT
