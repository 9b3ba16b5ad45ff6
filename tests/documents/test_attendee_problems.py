"""What is wrong with attendee files: said line by line, never by an exception."""

from time import process_time

import pytest

from matchmaker.documents.attendee_csv import FILE_LIMIT, ROW_LIMIT, read_attendees
from matchmaker.documents.import_problem import Effect, Field, FileKind, ProblemKind, RowProblem
from matchmaker.documents.imported import ImportedFile, ImportedRow
from matchmaker.documents.registration_answers import read_answers
from matchmaker.people.attendee import NAME_LIMIT, TEXT_LIMIT


def read(text: str, country: str = "IT") -> ImportedFile:
    return read_attendees(text.encode(), country=country)


def only_row(text: str) -> ImportedRow:
    (row,) = read(text).rows
    return row


def only_problem(file: ImportedFile) -> RowProblem:
    (problem,) = file.problems
    return problem


@pytest.mark.parametrize("data", [b"", b"  \r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    file = read_attendees(data)
    assert only_problem(file).kind is ProblemKind.EMPTY
    assert file.refusal == only_problem(file)


def test_a_header_without_people_is_empty_but_shows_what_was_understood() -> None:
    file = read("name,email,shoe size\n\n")
    assert only_problem(file).kind is ProblemKind.EMPTY
    assert file.columns == {"name": Field.NAME, "email": Field.EMAIL}
    assert file.ignored == ("shoe size",)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + b"\0" * 30 + b"xl/workbook.xml", FileKind.XLSX),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", FileKind.ODS),
        (b"PK\x03\x04" + b"\0" * 30 + b"photo.jpg", FileKind.ZIP),
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileKind.XLS),
        (b"\n<!DOCTYPE html><title>Sign in</title>", FileKind.HTML),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, FileKind.OTHER),
    ],
)
def test_a_file_that_is_no_text_is_called_by_its_kind(data: bytes, kind: FileKind) -> None:
    problem = only_problem(read_attendees(data))
    assert (problem.kind, problem.value) == (ProblemKind.NOT_TEXT, kind)


def test_a_file_above_the_limit_is_not_read() -> None:
    data = b"name\n" + b"A\n" * (FILE_LIMIT // 2)
    assert only_problem(read_attendees(data)).kind is ProblemKind.TOO_LARGE


def test_as_many_rows_as_allowed_are_read_and_not_one_more() -> None:
    allowed = "name\n" + "Ana\n" * ROW_LIMIT
    assert len(read(allowed).rows) == ROW_LIMIT
    file = read(allowed + "Bea\n")
    assert file.rows == ()
    assert only_problem(file).kind is ProblemKind.TOO_MANY_ROWS


def test_a_file_without_known_headers_shows_them_for_the_organizer_to_choose() -> None:
    text = "nimi;sposti;tarjoaa\nAino;aino@example.org;saunoja\n"
    file = read(text)
    assert only_problem(file).kind is ProblemKind.NO_HEADER
    assert file.ignored == ("nimi", "sposti", "tarjoaa")
    chosen = {"nimi": Field.NAME, "sposti": Field.EMAIL, "tarjoaa": Field.OFFER}
    (aino,) = read_attendees(text.encode(), columns=chosen).rows
    assert (aino.name, aino.email, aino.offer) == ("Aino", "aino@example.org", "saunoja")


def test_the_organizer_can_leave_a_column_out() -> None:
    data = b"name,phone,email\nAna,+442079460001,ana@example.org\n"
    file = read_attendees(data, columns={"phone": None})
    assert file.rows[0].phone == ""
    assert file.ignored == ("phone",)


def test_a_quote_that_is_never_closed_refuses_the_file_and_names_its_line() -> None:
    file = read('name,offer\nAna,"bread\nand rolls"\nBea,"cakes\nCai,tea\nDov,wine\n')
    assert file.rows == ()
    assert only_problem(file) == RowProblem(line=4, kind=ProblemKind.UNCLOSED_QUOTE)


def test_an_open_quote_in_the_header_is_found_too() -> None:
    problem = only_problem(read('name,"email\nAna,ana@example.org\n'))
    assert (problem.kind, problem.line) == (ProblemKind.UNCLOSED_QUOTE, 1)


def test_a_cell_of_a_megabyte_refuses_the_file() -> None:
    problem = only_problem(read(f"name,offer\nAna,bread\nBea,{'x' * 1_000_000}\n"))
    assert (problem.kind, problem.line) == (ProblemKind.CELL_TOO_LARGE, 3)


def test_a_row_whose_cells_were_shifted_by_a_bare_comma_is_left_out() -> None:
    file = read("name,offer,email\nAna,bread, rolls,ana@example.org\nBea,tea,bea@example.org,,\n")
    assert [row.name for row in file.rows] == ["Bea"]
    problem = only_problem(file)
    assert (problem.line, problem.kind) == (2, ProblemKind.TOO_MANY_CELLS)


def test_a_short_row_has_empty_cells() -> None:
    assert only_row("name,offer,email\nAna\n") == ImportedRow(line=2, name="Ana")


def test_a_row_without_name_and_address_is_left_out() -> None:
    file = read("name,email,offer\n,,bread\n")
    assert file.rows == ()
    assert only_problem(file).kind is ProblemKind.NO_NAME


@pytest.mark.parametrize(
    "address",
    [
        "ana",
        "ana@",
        "ana@localhost",
        "ana@x.invalid",
        "a b@example.org",
        "a" * 300 + "@example.org",
    ],
)
def test_a_bad_address_is_left_out_and_the_person_kept(address: str) -> None:
    file = read(f"name,email\nAna,{address}\n")
    assert file.rows == (ImportedRow(line=2, name="Ana"),)
    assert only_problem(file).kind is ProblemKind.BAD_EMAIL


@pytest.mark.parametrize(
    "address",
    [
        "Ana Ruiz <ana@example.org>",
        "mailto:ana@example.org",
        "\u200eana@example.org\u200f",
        "ana@EXAMPLE.org",
    ],
)
def test_an_address_is_understood_however_it_was_copied(address: str) -> None:
    assert only_row(f"name,email\nAna,{address}\n").email == "ana@example.org"


def test_an_impossible_telephone_number_is_left_out_and_named() -> None:
    file = read("name,phone\nAna,3.93E+11\n")
    assert file.rows[0].phone == ""
    problem = only_problem(file)
    assert (problem.kind, problem.field) == (ProblemKind.BAD_PHONE, Field.PHONE)
    assert problem.value == "3.93E+11"


def test_an_apostrophe_that_kept_a_number_from_being_a_formula_is_taken_away() -> None:
    assert only_row("name,phone\nAna,'+44 20 7946 0001\n").phone == "+442079460001"


def test_an_unknown_language_is_named() -> None:
    file = read("name,language\nAna,Klingon\nBea,fr\nCai,vi-VN\nDov,Tiếng Việt\n")
    assert [row.language for row in file.rows] == ["", "", "vi", "vi"]
    assert [p.kind for p in file.problems] == [ProblemKind.UNKNOWN_LANGUAGE] * 2


@pytest.mark.parametrize("wish", ["0", "21", "-3", "many", "3.5", "99999999999999999999"])
def test_a_wish_outside_the_limits_is_named(wish: str) -> None:
    file = read(f"name,wish\nAna,{wish}\n")
    assert file.rows[0].wish is None
    assert only_problem(file).kind is ProblemKind.BAD_WISH


@pytest.mark.parametrize(
    ("wish", "number"), [("1", 1), ("20", 20), ("5.0", 5), ("5,00", 5), ("٧", 7)]
)
def test_a_wish_is_a_number_however_the_spreadsheet_wrote_it(wish: str, number: int) -> None:
    assert only_row(f'name,wish\nAna,"{wish}"\n').wish == number


def test_a_ticket_that_stands_there_twice_is_nobodys() -> None:
    file = read("ticket,name\nT1,Ana\nVIP,Bea\nvip,Cai\n")
    assert [row.ticket for row in file.rows] == ["T1", "", ""]
    assert [(p.line, p.kind) for p in file.problems] == [
        (3, ProblemKind.REPEATED_TICKET),
        (4, ProblemKind.REPEATED_TICKET),
    ]


def test_an_unknown_status_keeps_the_person_and_is_named() -> None:
    file = read("name,status\nAna,maybe later\n")
    assert len(file.rows) == 1
    problem = only_problem(file)
    assert (problem.kind, problem.kind.effect) == (ProblemKind.UNKNOWN_STATUS, Effect.NOTICE)


def test_a_long_offer_is_cut_at_the_border_of_a_word() -> None:
    file = read(f"name,offer\nAna,{'bread ' * 200}\n")
    offer = file.rows[0].offer
    assert offer == ("bread " * 100).strip()
    assert len(offer) <= TEXT_LIMIT
    problem = only_problem(file)
    assert (problem.kind, problem.field) == (ProblemKind.TOO_LONG, Field.OFFER)


def test_a_long_name_without_blanks_is_cut_between_letters() -> None:
    name = "x" * (NAME_LIMIT - 1) + "e\N{COMBINING RING BELOW}" + "y" * 9
    assert only_row(f"name\n{name}\n").name == "x" * (NAME_LIMIT - 1)


def test_an_offer_of_just_the_allowed_length_is_kept_without_a_word() -> None:
    file = read(f"name,offer\nAna,{'x' * TEXT_LIMIT}\n")
    assert file.rows[0].offer == "x" * TEXT_LIMIT
    assert file.problems == ()


def test_a_long_run_of_marks_takes_no_time() -> None:
    # Put into canonical order all at once, these marks take five seconds.
    marks = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}" * 40_000
    started = process_time()
    file = read(f"name,offer\nAna,a{marks}\n")
    assert process_time() - started < 1
    assert len(file.rows[0].offer) <= TEXT_LIMIT


def test_control_and_override_characters_are_dropped() -> None:
    row = only_row("name,offer\nA\0na\u202e \x07Ruiz\u2066,bre\u202dad\n")
    assert (row.name, row.offer) == ("Ana Ruiz", "bread")


def test_an_accent_finds_its_letter_when_what_stood_between_is_dropped() -> None:
    assert only_row("name\nRene\u202e\u0301\n").name == "Ren\xe9"


def test_a_bare_yes_is_no_offer() -> None:
    rows = read("name,What could you help others with?\nAna,Yes\nBea,-\nCai,n/a\nDov,Bread\n").rows
    assert [row.offer for row in rows] == ["", "", "", "Bread"]


def test_two_questions_for_one_field_are_answered_together() -> None:
    text = (
        "name,Who would you like to meet?,What do you need?\nAna,Bakers,An oven\nBea,Cooks,Cooks\n"
    )
    assert [row.need for row in read(text).rows] == ["Bakers\nAn oven", "Cooks"]


def test_each_kind_of_problem_says_what_it_does() -> None:
    effects = {effect: [k for k in ProblemKind if k.effect is effect] for effect in Effect}
    assert [len(effects[effect]) for effect in Effect] == [7, 4, 8, 3]


def test_a_first_name_beside_the_whole_name_is_not_said_twice() -> None:
    rows = read("First name,Name\nAna,Ana Ruiz\nBea,Lopez\n").rows
    assert [row.name for row in rows] == ["Ana Ruiz", "Bea Lopez"]


def test_a_vietnamese_name_keeps_its_order_under_english_headers() -> None:
    row = only_row("First name,Last name,Language\nLinh,Nguyễn Thị,vi\n")
    assert row.name == "Nguyễn Thị Linh"


def test_answers_nested_beyond_reason_are_no_answers() -> None:
    assert read_answers("[" * 60_000) == ()
    assert read_answers('[{"label": "What do you need?", "answer": 7}]') == (
        ("What do you need?", "7"),
    )
    assert read_answers('{"label": 1}') == read_answers("not json") == ()
