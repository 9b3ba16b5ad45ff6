"""The files that organizers bring, program by program, read into people."""

from pathlib import Path

import pytest

from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.documents.import_problem import Effect, Field, ProblemKind
from matchmaker.documents.imported import ImportedFile, ImportedRow

SAMPLES = Path(__file__).parent / "samples"


def read(name: str, country: str = "IT") -> ImportedFile:
    return read_attendees((SAMPLES / name).read_bytes(), country=country)


def told(file: ImportedFile) -> list[tuple[int, ProblemKind, str]]:
    return [(problem.line, problem.kind, problem.value) for problem in file.problems]


def test_eventbrite_guests_are_read_with_their_answers() -> None:
    grace = read("eventbrite.csv").rows[0]
    assert grace == ImportedRow(
        line=2,
        name="Grace Okafor",
        ticket="8000000001",
        email="grace.okafor@example.com",
        phone="+442079460001",
        organization="Okafor & Partners",
        role="Lawyer",
        offer="Reading a lease, line by line, before you sign it",
        need='A baker who delivers before seven, "no excuses"',
    )


def test_eventbrite_guests_who_gave_their_ticket_back_are_left_out_and_named() -> None:
    file = read("eventbrite.csv")
    assert [row.name for row in file.rows] == ["Grace Okafor", "Samuel Okafor", "Mei Tanaka"]
    assert told(file) == [
        (3, ProblemKind.SHARED_EMAIL, "grace.okafor@example.com"),
        (4, ProblemKind.NOT_COMING, "Refunded"),
        (5, ProblemKind.BAD_EMAIL, "not an address"),
        (5, ProblemKind.BAD_PHONE, "12"),
        (7, ProblemKind.NOT_COMING, "Transferred"),
    ]


def test_an_eventbrite_guest_who_was_checked_in_is_here() -> None:
    assert [row.here for row in read("eventbrite.csv").rows] == [False, True, False]


def test_an_answer_of_two_lines_keeps_both_and_the_count_of_lines() -> None:
    mei = read("eventbrite.csv").rows[2]
    assert mei.offer == "Translating contracts\nbetween Japanese and English"
    assert mei.line == 5


def test_a_question_about_parking_is_no_need() -> None:
    file = read("eventbrite.csv")
    assert "Do you need parking?" in file.ignored
    assert file.columns["What are you looking for?"] is Field.NEED


def test_pretix_positions_are_read_in_italian() -> None:
    lucia, niccolo, otto = read("pretix_it.csv").rows
    assert (lucia.name, lucia.ticket, lucia.language) == ("Lucia Bianchi", "A7KQP-1", "it")
    assert lucia.offer == "Cucina per eventi fino a cento persone"
    assert (niccolo.name, niccolo.ticket) == ("Niccolò Rinaldi", "A7KQP-2")
    assert otto.ticket == "D1ABC-1"


def test_pretix_options_that_were_ticked_are_the_answer() -> None:
    assert [row.need for row in read("pretix_it.csv").rows] == ["Clienti", "Clienti, Soci", "Soci"]


def test_a_pretix_attendee_without_an_address_gets_that_of_the_buyer() -> None:
    lucia, niccolo, _otto = read("pretix_it.csv").rows
    assert lucia.email == "lucia.bianchi@example.com"
    assert niccolo.email == "niccolo.rinaldi@example.com"


def test_the_telephone_of_the_buyer_is_not_given_to_somebody_else() -> None:
    lucia, niccolo, _otto = read("pretix_it.csv").rows
    assert lucia.phone == "+393331234567"
    assert niccolo.phone == ""


def test_of_two_company_columns_the_first_filled_one_counts() -> None:
    lucia, niccolo, _otto = read("pretix_it.csv").rows
    assert lucia.organization == "Bianchi Catering"
    assert niccolo.organization == "Rinaldi Vini"


def test_pretix_secrets_of_the_entrance_are_not_read() -> None:
    file = read("pretix_it.csv")
    assert "Biglietto segreto" in file.ignored
    assert not any("segreto" in str(row) for row in file.rows)


def test_canceled_and_expired_pretix_orders_and_add_ons_are_left_out() -> None:
    assert told(read("pretix_it.csv")) == [
        (4, ProblemKind.ADD_ON, "1"),
        (5, ProblemKind.NOT_COMING, "cancellato"),
        (6, ProblemKind.NOT_COMING, "scaduto"),
    ]


def test_the_language_of_the_shop_is_a_hint_and_never_a_problem() -> None:
    assert read("pretix_it.csv").rows[2].language == ""


def test_luma_guests_are_read_and_those_without_a_place_left_out() -> None:
    file = read("luma.csv")
    noa = file.rows[0]
    assert (noa.name, noa.ticket, noa.phone) == ("Noa Levi", "gst-sample0001", "+972541234567")
    assert (noa.organization, noa.offer) == ("Levi Studio", "Logos and menus")
    assert noa.need == "Restaurant owners"
    assert told(file) == [
        (3, ProblemKind.NOT_COMING, "declined"),
        (4, ProblemKind.NOT_COMING, "waitlist"),
        (5, ProblemKind.NAME_FROM_EMAIL, "anh.pham+luma@example.com"),
        (6, ProblemKind.NOT_COMING, "pending_approval"),
    ]


def test_a_guest_without_a_name_is_not_shown_by_their_whole_address() -> None:
    guest = read("luma.csv").rows[1]
    assert guest.name == "anh pham"
    assert guest.here


def test_answers_from_the_interface_of_luma_are_read_from_json() -> None:
    (rosa,) = read("luma_interface.csv").rows
    assert (rosa.ticket, rosa.name) == ("gst-sample0009", "Rosa Conti")
    assert (rosa.offer, rosa.need) == ("Market stalls, built in a day", "Wood, A van")


def test_our_own_columns_are_read_whole() -> None:
    hanh = read("ours_semicolon_utf16.csv", country="VN").rows[0]
    assert hanh == ImportedRow(
        line=2,
        name="Phạm Thị Hạnh",
        ticket="B-001",
        email="hanh@example.com",
        phone="+84901234567",
        organization="Tiệm bánh Sao Mai",
        role="Chủ tiệm",
        language="vi",
        offer="Bánh cưới; giao tận nơi",
        need="Người giúp làm sổ sách",
        can_introduce="Hội quán cà phê Sài Gòn",
        line_about="Bánh sinh nhật trong một ngày",
        spot="gần cửa sổ",
        wish=4,
        welcomes=True,
        consented=True,
    )


def test_only_an_outright_yes_is_consent() -> None:
    rows = read("ours_semicolon_utf16.csv").rows
    assert [row.consented for row in rows] == [True, False, True]


def test_what_our_columns_do_not_allow_is_named_and_left_out() -> None:
    file = read("ours_semicolon_utf16.csv", country="VN")
    assert file.rows[2].wish is None
    assert told(file) == [
        (4, ProblemKind.BAD_WISH, "30"),
        (4, ProblemKind.UNCLEAR_ANSWER, "forse"),
    ]


def test_hebrew_of_an_old_program_is_read() -> None:
    dana, yossi = read("ours_hebrew_cp1255.csv", country="IL").rows
    assert (dana.name, dana.organization, dana.phone) == ("דנה שלו", "שלו הפקות", "+972541234567")
    assert (dana.offer, dana.need) == ("הפקת אירועים קטנים", "צלם לאירועים")
    assert yossi.language == "he"


def test_vietnamese_of_an_old_program_is_read_and_the_family_name_stays_first() -> None:
    linh, duc = read("ours_vietnamese_cp1258.csv", country="VN").rows
    assert linh.name == "Nguyễn Thị Linh"
    assert linh.need == "Nhà hàng cần đồ gốm"
    assert duc.name == "Trần Văn Đức"


def test_a_title_above_the_table_is_passed_over() -> None:
    kofi, zoe = read("ours_tab.txt").rows
    assert (kofi.line, kofi.name, kofi.role) == (4, "Kofi Mensah", "Roaster")
    assert zoe.name == "Zoë Lindqvist"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_no_sample_is_refused_but_the_one_that_is_no_table(path: Path) -> None:
    file = read(path.name)
    refused = any(problem.kind.effect is Effect.FILE_REFUSED for problem in file.problems)
    assert refused == (path.name == "README.md")
    assert bool(file.rows) != refused
