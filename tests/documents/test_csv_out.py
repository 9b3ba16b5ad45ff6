"""Tables that leave the house: readable everywhere, run by nobody."""

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.documents.csv_out import clean_cell, write_csv
from matchmaker.documents.formula_guard import guard_cell, unguard_cell

NASTY = st.text(st.sampled_from("=+-@＝＋'\";,|\t\r\n\0\ufeff \u00a0aא1\ud800\x1b"), max_size=12)
CELLS = NASTY | st.text(max_size=20)


def read_back(data: bytes, delimiter: str = ",") -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_table_is_utf_8_with_its_mark_and_windows_lines() -> None:
    data = write_csv(["tên", "שם"], [["Phạm", 'say "hi", twice'], [None, 3]])
    assert data == '\ufefftên,שם\r\nPhạm,"say ""hi"", twice"\r\n,3\r\n'.encode()


def test_truth_is_yes_and_nothing_is_empty() -> None:
    assert write_csv(["here"], [[True, False, None, 0.5]]).endswith(b"yes,,,0.5\r\n")


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1+1",
        "-1",
        "@SUM(A1)",
        "  =1",
        "\ufeff=1",
        "\u00a0=1",
        "\t=1",
        "＝1+1",
        "＠SUM(A1)",
        "+39 333 123",
        "+39333123456789012",
        "'=1",
    ],
)
def test_a_cell_that_begins_like_a_formula_becomes_text(formula: str) -> None:
    assert guard_cell(formula) == "'" + formula


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "ana@example.org", "'tis", "a +b", "3+4"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guard_cell(text) == text


def test_a_telephone_number_stays_usable() -> None:
    assert write_csv(["phone"], [["+84901234567"]]).endswith(b"\r\n+84901234567\r\n")


def test_what_a_spreadsheet_with_another_separator_would_cut_off_is_guarded_too() -> None:
    assert guard_cell("tea;=1+1") == "tea;'=1+1"
    assert guard_cell("tea\n @SUM(A1)") == "tea\n' @SUM(A1)"


def test_control_characters_and_lone_surrogates_do_not_leave_the_house() -> None:
    assert clean_cell("a\0b\r\nc\rd\t\x1b\ud800") == "ab\nc\nd ?"
    assert guard_cell(clean_cell("\0\r=1")) == "\n'=1"


def starts_a_formula(cell: str) -> bool:
    if re.fullmatch(r"\+[1-9][0-9]{6,14}", cell):
        return False
    return cell.lstrip("\ufeff\u00a0 \0\t\r\n").startswith(tuple("=+-@＝＋－＠"))


@settings(max_examples=400)
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4))
def test_every_cell_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    back = read_back(write_csv(["a", "b"], rows))
    assert back[0] == ["a", "b"]
    assert [[unguard_cell(cell) for cell in row] for row in back[1:]] == [
        [clean_cell(cell) for cell in row] for row in rows
    ]
    assert not any(starts_a_formula(cell) for row in back for cell in row)


@settings(max_examples=400)
@given(
    rows=st.lists(st.lists(NASTY, min_size=1, max_size=4), max_size=4), other=st.sampled_from(";\t")
)
def test_no_cell_is_a_formula_where_another_separator_is_set(
    rows: list[list[str]], other: str
) -> None:
    # Commas and quotes belong to the file itself: a spreadsheet cuts at them by its own rules.
    plain = [[re.sub('[",]', "", cell) for cell in row] for row in rows]
    for row in read_back(write_csv(["a"], plain), other):
        for cell in row:
            first, *_others = cell.split(",")
            assert not starts_a_formula(first)


@given(text=CELLS)
def test_guarding_can_be_undone(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
