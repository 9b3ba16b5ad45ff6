"""Whatever is brought, reading answers: people, or what was wrong."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.documents.csv_out import write_csv
from matchmaker.documents.import_problem import Effect, Field
from matchmaker.documents.imported import ImportedFile, ImportedRow
from matchmaker.people.attendee import LINE_LIMIT, NAME_LIMIT, TEXT_LIMIT
from matchmaker.people.clean import clean_line, clean_text

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.[ct]*"))
OUR_COLUMNS = (
    "ticket",
    "name",
    "email",
    "organization",
    "role",
    "language",
    "offer",
    "need",
    "spot",
)
NASTY = '",;\t|\r\n\0=+-@\'"\u202e\u2066\ufeff\u0323\u0301\u200dשđ№#\U0001f468 a1'


def assert_is_sound(file: ImportedFile) -> None:
    refused = any(problem.kind.effect is Effect.FILE_REFUSED for problem in file.problems)
    assert not (refused and file.rows)
    for row in file.rows:
        assert_row_is_sound(row)
    for problem in file.problems:
        problem.value.encode()
        assert len(problem.value) <= 60


def assert_row_is_sound(row: ImportedRow) -> None:
    assert row.name
    assert row.line >= 2
    limits = {
        NAME_LIMIT: (row.name, row.organization, row.role, row.spot),
        LINE_LIMIT: (row.line_about,),
        TEXT_LIMIT: (row.offer, row.need, row.can_introduce),
    }
    for limit, texts in limits.items():
        for text in texts:
            assert len(text) <= limit
            assert text == clean_text(text)
            assert "\u202e" not in text
            assert "\ufeff" not in text
            text.encode()
    assert row.wish is None or 1 <= row.wish <= 20
    assert row.language in {"", "en", "vi", "it", "he"}


@settings(max_examples=400)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert_is_sound(read_attendees(data))


@settings(max_examples=300)
@given(
    mark=st.sampled_from(
        [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"sep=;\r\n"]
    ),
    header=st.sampled_from(
        [b"name,email,offer\n", b"name;phone;need\r", b"status\tname\tanswers\n"]
    ),
    data=st.binary(max_size=300),
)
def test_any_bytes_below_a_header_are_answered(mark: bytes, header: bytes, data: bytes) -> None:
    assert_is_sound(read_attendees(mark + header + data, country="VN"))


@settings(max_examples=300)
@given(
    headers=st.lists(
        st.sampled_from([*Field, "Attendee #", "Order #", "registration_answers", "Q – A"]),
        max_size=8,
    ),
    cells=st.lists(st.lists(st.text(NASTY, max_size=30), max_size=9), max_size=5),
    delimiter=st.sampled_from(",;\t|"),
)
def test_tables_of_nasty_cells_are_answered(
    headers: list[str], cells: list[list[str]], delimiter: str
) -> None:
    lines = [delimiter.join(headers), *(delimiter.join(row) for row in cells)]
    assert_is_sound(read_attendees("\n".join(lines).encode(), country="IT"))


@settings(max_examples=300)
@given(
    sample=st.sampled_from(SAMPLES),
    where=st.floats(0, 1),
    take=st.integers(0, 40),
    put=st.binary(max_size=12) | st.text(NASTY, max_size=6).map(str.encode),
)
def test_real_files_are_answered_however_they_were_mangled(
    sample: Path, where: float, take: int, put: bytes
) -> None:
    data = sample.read_bytes()
    start = int(where * len(data))
    assert_is_sound(read_attendees(data[:start] + put + data[start + take :], country="IT"))


@given(sample=st.sampled_from(SAMPLES), where=st.floats(0, 1))
def test_files_that_were_cut_off_are_answered(sample: Path, where: float) -> None:
    data = sample.read_bytes()
    assert_is_sound(read_attendees(data[: int(where * len(data))]))


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"])
LINES = st.text(LETTERS | st.just(" "), max_size=60).map(clean_line)
TEXTS = st.text(LETTERS | st.sampled_from(" \n;,'\""), min_size=21, max_size=200).map(clean_text)


@settings(max_examples=300)
@given(
    people=st.lists(
        st.tuples(LINES.filter(bool), LINES, LINES, TEXTS.filter(lambda t: len(t) > 20), TEXTS),
        max_size=4,
    )
)
def test_what_we_write_we_read_back(people: list[tuple[str, str, str, str, str]]) -> None:
    table = [
        (f"T{number}", name, f"p{number}@example.org", organization, role, "he", offer, need, "")
        for number, (name, organization, role, offer, need) in enumerate(people)
    ]
    file = read_attendees(write_csv(OUR_COLUMNS, table))
    found = [
        (r.ticket, r.name, r.email, r.organization, r.role, r.language, r.offer, r.need, r.spot)
        for r in file.rows
    ]
    assert [row[:7] for row in found] == [row[:7] for row in table]
    assert all(read[7] in (wrote[7], "") for read, wrote in zip(found, table, strict=True))
