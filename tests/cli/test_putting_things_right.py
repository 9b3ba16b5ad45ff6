"""Where something must be put right first: one sentence, exit status 2; doctor says the rest."""

import json
import shutil
import socket
from pathlib import Path

import pytest
from fixtures.commands import Command
from sqlalchemy import inspect

from matchmaker.affinity import shipped_files
from matchmaker.settings import find_shipped
from matchmaker.storage.connect import Database

EVENING = {
    "attendees": [
        {"id": 1, "lang": "en", "offer": "Violin lessons", "need": "A carpenter for windows"},
        {"id": 2, "lang": "en", "offer": "Carpenter, old windows", "need": "Violin lessons"},
        {"id": 3, "lang": "en", "offer": "Tax advice", "need": "A photographer"},
    ],
    "mutual_pairs": [[1, 2]],
}
TOPICS = {
    "texts": [
        {"topic": "violin", "role": "offer", "lang": "en", "text": "I teach the violin"},
        {"topic": "violin", "role": "need", "lang": "en", "text": "Violin lessons for a child"},
        {"topic": "tax", "role": "offer", "lang": "en", "text": "I do tax returns"},
        {"topic": "tax", "role": "need", "lang": "en", "text": "Help with my tax returns"},
    ]
}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MATCHMAKER_BASE_URL", "meet.example.org", "such as https://meet.example.org"),
        ("MATCHMAKER_ENCODER", "best", "must be one of auto, light"),
        ("MATCHMAKER_THREADS", "many", "must be a whole number from 1 to 1024"),
        ("MATCHMAKER_SECRET_KEY", "short", "must have at least 32 characters"),
        ("DATABASE_URL", "mysql://x/y", "must begin with sqlite:/// or postgresql"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "the database cannot be reached"),
    ],
)
def test_a_bad_setting_is_one_sentence(
    matchmaker: Command, name: str, value: str, said: str
) -> None:
    done = matchmaker("event", "list", **{name: value})
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert done.output.startswith("matchmaker: ")


@pytest.mark.parametrize("command", ["serve", "demo", "worker", "doctor"])
def test_a_damaged_data_file_is_one_sentence_before_anything_starts(
    matchmaker: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder = tmp_path / "shipped"
    shutil.copytree(find_shipped("data"), folder)
    (folder / "topics_e5.npz").write_bytes(b"hello")
    monkeypatch.setattr(shipped_files, "find_shipped", lambda _name: folder)
    matchmaker("init-db")
    done = matchmaker(command)
    assert done.exit_code == (1 if command == "doctor" else 2)
    assert "the data file topics_e5.npz is missing or damaged: install matchmaker again" in (
        done.output
    )
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", [("init-db",), ("demo", "--data-dir")])
def test_a_data_directory_that_cannot_be_written_is_one_sentence(
    matchmaker: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "below"
    words = (*command, folder) if "demo" in command else command
    done = matchmaker(*words, MATCHMAKER_DATA_DIR=str(folder))
    assert done.exit_code == 2
    assert f"cannot write to the data directory {folder}" in done.output


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_busy_port_is_one_sentence_and_nothing_is_begun(
    matchmaker: Command, tmp_path: Path, command: str
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = ["--data-dir", tmp_path / "demo"] if command == "demo" else []
        done = matchmaker(command, "--port", str(port), *words)
    assert done.exit_code == 2
    assert f"port {port} is taken by another program; choose another one" in done.output
    assert not (tmp_path / "demo" / "matchmaker.db").exists()


def test_without_tables_a_command_says_how_to_make_them(
    matchmaker: Command, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    done = matchmaker("event", "list", DATABASE_URL=url)
    assert done.exit_code == 2
    assert "run `matchmaker init-db` first" in done.output
    for _ in range(2):
        done = matchmaker("init-db", DATABASE_URL=url)
        assert (done.exit_code, done.output) == (0, "The database is ready.\n")
    assert matchmaker("event", "list", DATABASE_URL=url).exit_code == 0
    database = Database(url)
    assert "attendees" in inspect(database.engine).get_table_names()
    database.close()


def test_the_doctor_tells_versions_and_is_content(matchmaker: Command) -> None:
    done = matchmaker("doctor")
    assert done.exit_code == 0, done.output
    for word in ("python", "sqlalchemy", "sqlite", "https://meet.example.org", "mail", "All is"):
        assert word in done.output


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"MATCHMAKER_BASE_URL": "http://127.0.0.1:8000"}, "phones can't open it"),
        ({"MATCHMAKER_BASE_URL": "http://meet.example.org"}, "need https on phones"),
        ({"SMTP_URL": "smtp://user:hidden@mail.example.org"}, "MAIL_FROM is not"),
    ],
)
def test_the_doctor_names_what_needs_attention_and_no_password(
    matchmaker: Command, settings: dict[str, str], said: str
) -> None:
    done = matchmaker("doctor", **settings)
    assert done.exit_code == 1
    assert said in done.output
    assert "hidden" not in done.output


def test_the_doctor_sees_missing_tables(matchmaker: Command, tmp_path: Path) -> None:
    done = matchmaker("doctor", DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert done.exit_code == 1
    assert "run `matchmaker init-db`" in done.output


@pytest.mark.parametrize("data", [EVENING, TOPICS], ids=["people", "topics"])
def test_a_tiny_file_of_known_answers_is_judged(
    matchmaker: Command, tmp_path: Path, data: dict[str, object]
) -> None:
    file = tmp_path / "known.json"
    file.write_text(json.dumps(data))
    done = matchmaker("evaluate", file, "--encoder", "light", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)
    assert matchmaker("evaluate", file, "--encoder", "light").exit_code == 0


@pytest.mark.parametrize("text", ["", "[1, 2]", "{}", '{"attendees": 3}', "\xff\xfe", "7", "null"])
def test_a_file_that_holds_no_known_answers_is_told_so(
    matchmaker: Command, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "known.json"
    file.write_bytes(text.encode("latin-1"))
    done = matchmaker("evaluate", file, "--encoder", "light")
    assert done.exit_code == 2
    assert done.output.startswith("matchmaker: ")


@pytest.mark.parametrize(
    "command", ["demo", "init-db", "serve", "event", "organizer", "report", "evaluate", "doctor"]
)
def test_every_command_says_what_it_does(matchmaker: Command, command: str) -> None:
    done = matchmaker(command, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) >= 5
