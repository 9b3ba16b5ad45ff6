"""Reading transactions cannot write; writing ones wait for each other and undo on any error."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from fixtures.attendees import MakeAttendee, MakePerson
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, PersonId, make_public_id
from matchmaker.people.person import Person
from matchmaker.storage import attendees, card_codes, events, people
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import EventRow, PersonRow

THREADS, TURNS = 8, 25
ALL_REVISIONS = list(range(1, THREADS * TURNS + 1))


def in_threads(job: Callable[[int], list[int]]) -> list[int]:
    """Run ``job`` in every thread at once; return what all of them got, or raise."""
    with ThreadPoolExecutor(THREADS) as pool:
        return [value for own in pool.map(job, range(THREADS)) for value in own]


def read_then_write(database: Database, event: Event) -> list[int]:
    revisions = []
    for _turn in range(TURNS):
        with database.writing() as session:
            before = events.get_event(session, event.id).revision
            revisions.append(events.raise_revision(session, event.id))
            assert revisions[-1] > before
    return revisions


def count_people(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(PersonRow)) or 0


def test_a_reading_transaction_cannot_write(database: Database, event: Event) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), database.reading() as session:
        session.execute(update(EventRow).values(name="Renamed"))
    with database.reading() as session:
        assert events.get_event(session, event.id).name == event.name


def test_a_connection_that_has_read_can_write_again(database: Database, event: Event) -> None:
    for number in range(1, 4):
        with database.reading() as session:
            assert events.get_event(session, event.id).revision == number - 1
        with database.writing() as session:
            assert events.raise_revision(session, event.id) == number


def test_an_error_undoes_the_whole_transaction(
    database: Database, make_person: MakePerson, now: datetime
) -> None:
    ada = make_person("Ada")

    def add_two(second: Person) -> None:
        with database.writing() as session:
            people.add_person(session, replace(ada, public_id=make_public_id()), now=now)
            people.add_person(session, second, now=now)

    with pytest.raises(IntegrityError):
        add_two(ada)
    assert count_people(database) == 1
    add_two(replace(ada, public_id=make_public_id()))
    assert count_people(database) == 3


def test_nothing_may_point_to_a_row_that_is_not_there(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        card_codes.add_code(session, PersonId(404), "A" * 16, kind="screen", now=now)


def test_writers_that_read_first_never_fail(database: Database, event: Event) -> None:
    revisions = in_threads(lambda _: read_then_write(database, event))
    assert sorted(revisions) == ALL_REVISIONS


@pytest.fixture
def second_opening(database: Database) -> Iterator[Database]:
    """The same database opened again, as another process has it: no lock of ours is shared."""
    again = Database(database.url.render_as_string(hide_password=False))
    yield again
    again.close()


def test_writers_that_share_no_lock_of_ours_wait_for_each_other(
    database: Database, second_opening: Database, event: Event
) -> None:
    openings = (database, second_opening)
    revisions = in_threads(lambda thread: read_then_write(openings[thread % 2], event))
    assert sorted(revisions) == ALL_REVISIONS


def test_who_follows_the_revision_misses_nobody(
    database: Database, event: Event, make_attendee: MakeAttendee
) -> None:
    def join(_thread: int) -> list[int]:
        return [make_attendee().id for _turn in range(TURNS)]

    def follow() -> list[AttendeeId]:
        seen: dict[AttendeeId, None] = {}
        since = 0
        while since < len(ALL_REVISIONS):
            with database.reading() as session:
                upto = events.get_event(session, event.id).revision
                changed, _removed = attendees.list_changed(session, event.id, since=since)
            assert upto >= since
            seen |= dict.fromkeys(attendee.id for attendee in changed)
            since = upto
        return sorted(seen)

    with ThreadPoolExecutor(1) as apart:
        following = apart.submit(follow)
        joined = in_threads(join)
        assert following.result(timeout=120) == sorted(joined)
