"""Records of CSV texts, wellformed or not, and the lines they start on."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.csv_records import (
    CellTooLarge,
    Record,
    UnclosedQuote,
    declared_delimiter,
    read_records,
)
from matchmaker.documents.header_search import find_header


def cells(text: str, delimiter: str = ",") -> list[tuple[int, tuple[str, ...]]]:
    return [(record.line, record.cells) for record in read_records(text, delimiter)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_unix_windows_or_an_old_mac_ends_them(end: str) -> None:
    text = end.join(["name,offer", 'Ana,"bread', 'and rolls"', "", "Bea,tea"])
    assert cells(text) == [
        (1, ("name", "offer")),
        (2, ("Ana", f"bread{end}and rolls")),
        (5, ("Bea", "tea")),
    ]


def test_doubled_quotes_stand_for_one() -> None:
    assert cells('"say ""hi""",b') == [(1, ('say "hi"', "b"))]


def test_blanks_before_a_quote_and_text_behind_it_are_tolerated() -> None:
    assert cells('a, "b, c" d') == [(1, ("a", "b, c d"))]


def test_a_quote_within_a_cell_is_a_quote() -> None:
    assert cells('12" disc,b') == [(1, ('12" disc', "b"))]


def test_records_of_blanks_are_passed_over() -> None:
    assert cells("a\n ,\t,\n\n\nb") == [(1, ("a",)), (5, ("b",))]


def test_an_open_quote_is_found_at_the_end_and_placed_where_it_began() -> None:
    with pytest.raises(UnclosedQuote) as raised:
        cells('a,b\nc,"d\ne,f\n')
    assert raised.value.line == 2


def test_a_line_that_is_no_line_any_more_is_refused() -> None:
    with pytest.raises(CellTooLarge) as raised:
        cells("a\n" + "b," * 600_000)
    assert raised.value.line == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_sense_of_the_header(delimiter: str) -> None:
    text = delimiter.join(["name", '"offer, need; and | more"', "email", "what; else"]) + "\n"
    header = find_header(text.replace("what; else", '"what; else"'), {})
    assert header is not None
    assert header.delimiter == delimiter
    assert len(header.record.cells) == 4


def test_the_line_that_excel_puts_first_names_the_delimiter() -> None:
    text = "sep=;\r\nname;offer\r\nAna;bread\r\n"
    assert declared_delimiter(text) == ";"
    assert cells(text, ";") == [(2, ("name", "offer")), (3, ("Ana", "bread"))]


def test_a_list_of_names_alone_keeps_its_commas() -> None:
    header = find_header("name\nRuiz, Ana\n", {})
    assert header is not None
    assert cells("Ruiz, Ana\n", header.delimiter) == [(1, ("Ruiz, Ana",))]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)


@given(
    table=st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=5),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_csv_writer_wrote_is_read_back(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    expected = [tuple(row) for row in table if any(cell.strip() for cell in row)]
    found: list[Record] = list(read_records(out.getvalue(), delimiter))
    assert [record.cells for record in found] == expected
