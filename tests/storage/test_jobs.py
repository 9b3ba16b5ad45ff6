"""Work for the worker: taken by one at a time, never lost, retried with growing pauses."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import MakeEvent

from matchmaker.people.event import Event
from matchmaker.storage import jobs
from matchmaker.storage.connect import Database
from matchmaker.storage.jobs import Job


def leave(database: Database, event: Event, now: datetime) -> None:
    with database.writing() as session:
        jobs.add_job(session, jobs.PLAN, now=now, event_id=event.id)


def leave_once(database: Database, event: Event, now: datetime) -> None:
    with database.writing() as session:
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)


def lease(database: Database, now: datetime) -> Job | None:
    with database.writing() as session:
        return jobs.lease_job(session, now=now)


def fail(database: Database, job: Job, now: datetime) -> None:
    with database.writing() as session:
        jobs.postpone_job(session, job, now=now, problem="ValueError")


def count(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        return jobs.count_jobs(session)


def test_there_is_no_work_before_any_was_left(database: Database, now: datetime) -> None:
    assert lease(database, now) is None


def test_work_says_what_is_to_be_done(database: Database, event: Event, now: datetime) -> None:
    with database.writing() as session:
        jobs.add_job(session, "mail", now=now, event_id=event.id, payload={"to": "đ @ א"})
    job = lease(database, now)
    assert job is not None
    assert (job.kind, job.event_id, job.payload, job.attempts) == (
        "mail",
        event.id,
        {"to": "đ @ א"},
        1,
    )


def test_work_is_leased_once_and_again_after_sixty_seconds(
    database: Database, event: Event, now: datetime
) -> None:
    leave(database, event, now)
    first = lease(database, now)
    assert first is not None
    assert lease(database, now) is None
    assert lease(database, now + timedelta(seconds=60)) is None
    again = lease(database, now + timedelta(seconds=61))
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)


def test_the_oldest_work_comes_first(
    database: Database, event: Event, make_event: MakeEvent, now: datetime
) -> None:
    other = make_event()
    leave(database, event, now)
    leave(database, other, now)
    taken = [lease(database, now), lease(database, now)]
    assert [job.event_id for job in taken if job] == [event.id, other.id]


def test_work_for_later_waits(database: Database, event: Event, now: datetime) -> None:
    leave(database, event, now + timedelta(minutes=1))
    assert lease(database, now) is None
    assert lease(database, now + timedelta(minutes=1)) is not None


def test_finished_work_is_never_taken_again(
    database: Database, event: Event, now: datetime
) -> None:
    leave(database, event, now)
    job = lease(database, now)
    assert job is not None
    with database.writing() as session:
        jobs.finish_job(session, job, now=now)
    assert lease(database, now + timedelta(days=1)) is None
    assert count(database) == (0, 0)


def test_pauses_grow_with_each_failure_and_end_after_five(
    database: Database, event: Event, now: datetime
) -> None:
    leave(database, event, now)
    pauses = []
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert count(database) == (1, 0)
        failed_at = now
        job = lease(database, now)
        assert job is not None
        fail(database, job, failed_at)
        while (now - failed_at) < timedelta(minutes=5) and not _is_due(database, now):
            now += timedelta(seconds=1)
        pauses.append((now - failed_at).total_seconds())
    assert pauses == [2, 4, 8, 16, 300]
    assert count(database) == (0, 1)


def _is_due(database: Database, now: datetime) -> bool:
    """Whether there is work to take, without taking it."""
    taken: list[Job | None] = []

    def look_and_put_back() -> None:
        with database.writing() as session:
            taken.append(jobs.lease_job(session, now=now))
            raise LookupError

    with pytest.raises(LookupError):
        look_and_put_back()
    return taken[0] is not None


def test_the_same_work_waits_once_for_each_event(
    database: Database, event: Event, make_event: MakeEvent, now: datetime
) -> None:
    for one in (event, event, make_event(), event):
        leave_once(database, one, now)
    assert count(database) == (2, 0)


def test_work_that_a_worker_already_holds_is_left_anew(
    database: Database, event: Event, now: datetime
) -> None:
    """The worker may have read before this write, so it has to look again."""
    leave_once(database, event, now)
    held = lease(database, now)
    leave_once(database, event, now)
    further = lease(database, now)
    assert held is not None
    assert further is not None
    assert held.id != further.id


def test_work_is_not_lost_when_a_worker_takes_it_during_the_write(
    database: Database, event: Event, now: datetime
) -> None:
    leave_once(database, event, now)
    with ThreadPoolExecutor(1) as worker:
        with database.writing() as session:
            jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
            leasing = worker.submit(lease, database, now)
            wait([leasing], timeout=0.5)
            took_it_before_the_write_was_stored = leasing.done() and leasing.result() is not None
        leasing.result(timeout=20)
    if took_it_before_the_write_was_stored:
        assert lease(database, now) is not None


def test_each_piece_of_work_goes_to_one_worker(
    database: Database, event: Event, now: datetime
) -> None:
    for _number in range(24):
        leave(database, event, now)

    def work(_worker: int) -> list[int]:
        own: list[int] = []
        while len(own) < 24 and (job := lease(database, now)):
            own.append(job.id)
        return own

    with ThreadPoolExecutor(4) as workers:
        taken = [job for own in workers.map(work, range(4)) for job in own]
    assert len(taken) == len(set(taken)) == 24


def test_work_left_in_a_transaction_that_fails_was_never_left(
    database: Database, event: Event, now: datetime
) -> None:
    def leave_and_fail() -> None:
        with database.writing() as session:
            jobs.add_job(session, jobs.PLAN, now=now, event_id=event.id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        leave_and_fail()
    assert lease(database, now) is None


def test_only_work_done_long_ago_is_forgotten(
    database: Database, event: Event, now: datetime
) -> None:
    leave(database, event, now)
    job = lease(database, now)
    assert job is not None
    leave(database, event, now)
    with database.writing() as session:
        jobs.finish_job(session, job, now=now)
        jobs.forget_done_jobs(session, before=now)
    with database.reading() as session:
        assert jobs.count_jobs(session) == (1, 0)
    with database.writing() as session:
        jobs.forget_done_jobs(session, before=now + timedelta(seconds=1))
        # Nothing is left to mark: the row is gone.
        jobs.finish_job(session, job, now=now)
    assert count(database) == (1, 0)
