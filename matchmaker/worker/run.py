"""The background worker: takes jobs from the database, one after another, and calls stories."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import EventId
from matchmaker.rounds import programme
from matchmaker.settings import Settings
from matchmaker.storage import circles as stored_circles
from matchmaker.storage import events, jobs, mail_jobs
from matchmaker.storage.connect import Database
from matchmaker.suggestions import circles, plan
from matchmaker.suggestions.follower import FollowedRoom, Follower
from matchmaker.suggestions.situation import read_situation
from matchmaker.suggestions.vectors import VectorShelf
from matchmaker.worker.mail_rounds import MailRounds
from matchmaker.worker.postman import Postman
from matchmaker.worker.seater import Seater
from matchmaker.worker.text_reader import TextReader

_PAUSE: Final = 0.5
_KEEP_DONE: Final = timedelta(hours=1)
_LOG = logging.getLogger(__name__)


class Worker:
    """Runs jobs until told to stop. Every job may run twice without harm."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._shelf = VectorShelf()
        self._follower = Follower(lambda: MutualMatcher(encoder=settings.encoder), self._shelf)
        self._reader = TextReader(database, settings, self._follower, self._shelf)
        self._stop = threading.Event()
        self._postman = Postman(database, settings)
        self._mail_rounds = MailRounds(database, settings)
        self._actions: dict[str, Callable[[jobs.Job], None]] = {
            jobs.PLAN: self._plan,
            programme.SEAT: Seater(database, self._follower).seat,
            mail_jobs.MAIL: self._postman.deliver,
        }
        self._phases: dict[EventId, Phase] = {}

    def run(self) -> None:
        """Work until ``stop`` is called."""
        while not self._stop.is_set():
            self._watch_the_clock()
            self._mail_rounds.look(_now())
            if not self.work_once():
                self._stop.wait(_PAUSE)
        self._reader.close()

    def stop(self) -> None:
        """Finish the job in hand, then end."""
        self._stop.set()

    def work_once(self) -> bool:
        """Do the next job, else read some texts; return whether there was anything to do."""
        return self.do_next_job() or self._reader.read_some()

    def do_next_job(self) -> bool:
        """Do the next job, if any; return whether there was one."""
        with self._database.reading() as session:
            is_due = jobs.is_job_due(session, now=_now())
        if not is_due:
            return False
        with self._database.writing() as session:
            job = jobs.lease_job(session, now=_now())
        if job is None:
            return False
        try:
            self._actions[job.kind](job)
        except Exception as error:
            # One bad job must not end the evening for everybody: it is kept, told and retried.
            _LOG.exception("job %s %s failed", job.id, job.kind)
            with self._database.writing() as session:
                problem = type(error).__name__
                pause = mail_jobs.find_pause(job)
                jobs.postpone_job(session, job, now=_now(), problem=problem, pause=pause)
            return True
        with self._database.writing() as session:
            jobs.finish_job(session, job, now=_now())
            jobs.forget_done_jobs(session, before=_now() - _KEEP_DONE)
        return True

    def _plan(self, job: jobs.Job) -> None:
        if job.event_id is None:
            return
        now = _now()
        with self._database.reading() as session:
            event = events.get_event(session, job.event_id)
            room = self._follower.catch_up(session, event)
            situation = read_situation(session, event)
        draft = plan.draft_plan(room, event, situation, now=now)
        with self._database.writing() as session:
            number = plan.store_plan(session, event, draft, now=now)
        self._seek_circles(event, room, now)
        _LOG.info("plan %s of event %s: %s people", number, event.id, draft.people)

    def _seek_circles(self, event: Event, room: FollowedRoom, now: datetime) -> None:
        """Propose circles to those whom the lists, as they stand now, serve badly."""
        with self._database.reading() as session:
            situation = read_situation(session, event)
            known = stored_circles.list_circles(session, event.id)
            breaks = circles.list_breaks(session, event)
        drafted = circles.draft_circles(room, event, situation, known, breaks, now=now)
        if drafted:
            with self._database.writing() as session:
                circles.store_circles(session, event, drafted, now=now)

    def _watch_the_clock(self) -> None:
        """Plan anew when an event begins: from then on only those who are here are suggested."""
        now = _now()
        with self._database.reading() as session:
            phases = {event.id: event.phase(now) for event in events.list_events(session)}
        turned = [e for e, phase in phases.items() if self._phases.get(e, phase) is not phase]
        self._phases = phases
        for event_id in turned:
            with self._database.writing() as session:
                jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event_id)


def run_worker(settings: Settings, *, until_idle: bool = False) -> None:
    """Work until SIGTERM or SIGINT; ``until_idle`` only does the jobs that wait now."""
    database = Database(settings.database_url)
    worker = Worker(database, settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    try:
        if until_idle:
            while worker.do_next_job():
                pass
        else:
            worker.run()
    finally:
        database.close()


def _now() -> datetime:
    return datetime.now(UTC)
