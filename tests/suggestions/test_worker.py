"""The worker turns what people do into plans, and one bad job does not end the evening."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fixtures.attendees import MakeAttendee, MakeEvent

from matchmaker import registration
from matchmaker.people.event import Event
from matchmaker.settings import read_settings
from matchmaker.storage import events, jobs, plans
from matchmaker.storage import suggestions as stored
from matchmaker.storage.connect import Database
from matchmaker.suggestions import plan
from matchmaker.worker.run import Worker


@pytest.fixture
def tonight(make_event: MakeEvent) -> Event:
    """An event that runs now: the worker looks at the clock itself."""
    now = datetime.now(UTC)
    return make_event(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=5))


@pytest.fixture
def worker(database: Database, tmp_path: Path) -> Worker:
    """A worker without the sentence encoder."""
    environ = {"MATCHMAKER_DATA_DIR": str(tmp_path / "data"), "MATCHMAKER_ENCODER": "light"}
    return Worker(database, read_settings(environ))


def arrive_both(database: Database, event: Event, make_attendee: MakeAttendee) -> tuple[int, int]:
    ada = make_attendee(
        "Ada", event=event, offer="Violin lessons", need="Repair of old windows", here_since=None
    )
    bo = make_attendee(
        "Bo", event=event, offer="Repair of old windows", need="Violin lessons", here_since=None
    )
    with database.writing() as session:
        for one in (ada, bo):
            registration.arrive(session, event, one, now=datetime.now(UTC))
    return ada.id, bo.id


def test_arrivals_make_one_plan(
    database: Database, tonight: Event, worker: Worker, make_attendee: MakeAttendee
) -> None:
    ada, bo = arrive_both(database, tonight, make_attendee)
    assert worker.work_once()
    assert not worker.work_once()
    with database.reading() as session:
        assert events.get_event(session, tonight.id).plan_number == 1
        pairs = {(p.pairing.to, p.pairing.about) for p in stored.list_places(session, tonight.id)}
        made = plans.find_plan(session, tonight.id)
        assert jobs.count_jobs(session) == (0, 0)
    assert pairs == {(ada, bo), (bo, ada)}
    assert made is not None
    assert (made.people, made.unanswered) == (2, ())


def test_a_plan_says_as_of_which_revision_it_was_made(
    database: Database, tonight: Event, worker: Worker, make_attendee: MakeAttendee
) -> None:
    arrive_both(database, tonight, make_attendee)
    with database.reading() as session:
        revision = events.get_event(session, tonight.id).revision
    worker.work_once()
    with database.reading() as session:
        made = plans.find_plan(session, tonight.id)
    assert made is not None
    assert made.revision == revision


def test_a_job_that_fails_is_kept_and_the_others_are_done(
    database: Database,
    tonight: Event,
    worker: Worker,
    make_attendee: MakeAttendee,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with database.writing() as session:
        jobs.add_job(session, "no such work", now=datetime.now(UTC), payload={"name": "Ada"})
    arrive_both(database, tonight, make_attendee)
    with caplog.at_level(logging.ERROR):
        assert worker.work_once()
    assert worker.work_once()
    with database.reading() as session:
        assert events.get_event(session, tonight.id).plan_number == 1
        assert jobs.count_jobs(session) == (1, 0)
    assert "Ada" not in caplog.text


def test_a_plan_that_fails_is_made_later(
    database: Database,
    tonight: Event,
    worker: Worker,
    make_attendee: MakeAttendee,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrive_both(database, tonight, make_attendee)

    def stop_half_way(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("half-way")

    with monkeypatch.context() as patch:
        patch.setattr(plan, "store_plan", stop_half_way)
        assert worker.work_once()
    later = datetime.now(UTC) + timedelta(seconds=3)
    with database.writing() as session:
        assert stored.list_places(session, tonight.id) == []
        job = jobs.lease_job(session, now=later)
    assert job is not None
    assert (job.kind, job.event_id, job.attempts) == (jobs.PLAN, tonight.id, 2)


def test_a_worker_stops_when_told(worker: Worker, tonight: Event) -> None:
    worker.stop()
    worker.run()
