"""Creating, listing and filling events."""

from pathlib import Path

import pytest
from fixtures.commands import Command
from fixtures.venue import Books

from matchmaker.people.event import Event
from matchmaker.storage import events
from matchmaker.storage.connect import Database

CREATE = ("event", "create", "spring", "Spring evening", "--starts", "2026-12-01T18:00")
SOON = ("s", "S", "--starts", "2026-12-01T18:00")
TABLE = """ticket,name,email,phone,language,offer,need,wish
T-1,Iris,iris@example.org,+390669884857,it,Looms,Yarn,3
T-2,Omar,omar at example,12,xx,Yarn,Looms,many
T-3,,,,,Songs,Drums,
"""


def test_a_created_event_is_listed_with_its_local_time(
    matchmaker: Command, database: Database
) -> None:
    done = matchmaker(*CREATE, "--time-zone", "Europe/Rome", "--hours", "3", "--country", "it")
    assert done.exit_code == 0, done.output
    assert "Created Spring evening: https://meet.example.org/e/spring" in done.output
    with database.reading() as session:
        event = events.find_event(session, "spring")
    assert event is not None
    assert event.starts_at.isoformat() == "2026-12-01T17:00:00+00:00"
    assert (event.ends_at - event.starts_at).total_seconds() == 3 * 3600
    assert event.country == "IT"
    listed = matchmaker("event", "list").output
    assert "spring" in listed
    assert "2026-12-01 18:00" in listed
    assert "here 0, coming 0" in listed


def test_without_events_the_list_says_how_to_create_one(matchmaker: Command) -> None:
    assert "matchmaker event create --help" in matchmaker("event", "list").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Spring!", "Spring", "--starts", "2026-12-01T18:00"), "small letters, digits and hy"),
        (("s", "Spring", "--starts", "tomorrow"), "--starts must be a time such as"),
        (("s", "S", "--starts", "2026-12-01T18:00", "--hours", "-1"), "end after it begins"),
        (("s", "S", "--starts", "2026-12-01T18:00", "--time-zone", "Mars/Base"), "Europe/Rome"),
        (("s", "S", "--starts", "2026-12-01T18:00", "--time-zone", "../../x"), "Europe/Rome"),
        ((*SOON, "--owner", "anna at example"), "does not look like an e-mail address"),
        ((*SOON, "--wifi", "Guests", "--wifi-password", "short"), "8 to 63 characters"),
        ((*SOON, "--wifi", "w" * 33), "1 to 32 characters"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_status_2(
    matchmaker: Command, words: tuple[str, ...], said: str
) -> None:
    done = matchmaker("event", "create", *words)
    assert done.exit_code == 2
    assert said in done.output
    assert done.output.count("\n") == 1
    assert done.output.startswith("matchmaker: ")


def test_a_short_name_is_taken_once(matchmaker: Command) -> None:
    assert matchmaker(*CREATE).exit_code == 0
    again = matchmaker(*CREATE)
    assert again.exit_code == 2
    assert "there is an event of that short name already" in again.output


def test_an_import_says_per_line_what_was_wrong_and_imports_the_rest(
    matchmaker: Command, event: Event, books: Books, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    done = matchmaker("event", "import", event.slug, file)
    assert done.exit_code == 0, done.output
    assert "column 'ticket' is read as ticket" in done.output
    for sentence in (
        "line 3: omar at example is no e-mail address: imported without it",
        "line 3: 12 can't be a phone number: imported without it",
        "line 3: language xx is unknown: imported without it",
        "line 3: many is no number of people to meet: the usual number is used",
        "line 4: no name and no e-mail: left out",
        "2 added, 0 updated.",
    ):
        assert sentence in done.output
    assert {one.name: one.wish for one in books.everybody(event)} == {"Iris": 3, "Omar": 5}
    assert all(one.confirmed_at is None for one in books.everybody(event))


def test_importing_again_updates_instead_of_duplicating(
    matchmaker: Command, event: Event, books: Books, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    matchmaker("event", "import", event.slug, file)
    file.write_text(TABLE.replace("Looms,Yarn,3", "Fine looms,Yarn,3"), encoding="utf-16")
    assert "0 added, 2 updated." in matchmaker("event", "import", event.slug, file).output
    assert books.named(event, "Iris").offer == "Fine looms"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0", "save it as CSV first"),
        (b"colour,shape\nred,round\n", "no column was recognized"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    matchmaker: Command, event: Event, tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    done = matchmaker("event", "import", event.slug, file)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize("words", [("event", "import", "nowhere"), ("report", "nowhere")])
def test_an_unknown_event_is_told_with_the_way_to_find_it(
    matchmaker: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE)
    done = matchmaker(*words, *([file] if "import" in words else []))
    assert done.exit_code == 2
    assert "no such event; `matchmaker event list` shows all" in done.output
