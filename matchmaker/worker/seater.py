"""Draws up the tables of a round when its time has come."""

import logging
from datetime import UTC, datetime

from matchmaker.rounds import seating
from matchmaker.rounds.history import read_history
from matchmaker.storage import events, jobs
from matchmaker.storage.connect import Database
from matchmaker.suggestions.follower import Follower

_LOG = logging.getLogger(__name__)


class Seater:
    """Seats everybody who is here, with the matching that the plans use."""

    def __init__(self, database: Database, follower: Follower) -> None:
        self._database = database
        self._follower = follower

    def seat(self, job: jobs.Job) -> None:
        """Draw up and store the tables of one round; doing it again changes nothing."""
        if job.event_id is None:
            return
        now = datetime.now(UTC)
        with self._database.reading() as session:
            event = events.get_event(session, job.event_id)
            number = int(job.payload["round"])
            due = seating.find_due_round(session, event, number, now=now)
            if due is None:
                return
            room = self._follower.catch_up(session, event)
            history = read_history(session, event, due)
        drawn = seating.draw_up(
            room.matcher,
            room.people,
            room.available(event, now),
            due,
            met=history.met,
            apart=history.apart,
        )
        with self._database.writing() as session:
            seating.store_seats(session, event, due, drawn, now=now)
        _LOG.info(
            "round %s of event %s: %s seats, at most %.2f%% below the best, %s repeats",
            number,
            event.id,
            len(drawn.seats),
            100 * drawn.gap,
            drawn.repeats,
        )
