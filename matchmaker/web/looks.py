"""What a look leaves behind: who stood on a list keeps the place, who was told is told once.

A GET must not wait for the database's one writer, so the notes go through a queue and are
written together a moment later. One that is lost in a crash only means that a suggestion which
somebody has just seen may still be exchanged for a better one.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from flask import Flask, current_app

from matchmaker.people.ids import AttendeeId, PersonId
from matchmaker.storage import exchanges, invitations, suggestions
from matchmaker.storage.connect import Database, DatabaseFault, Session

_LOG = logging.getLogger(__name__)
_PAUSE: Final = 0.2
_KEY: Final = "matchmaker-looks"


@dataclass(frozen=True, order=True)
class Look:
    """Something that was seen: by what it is put in order, and how it is written down."""

    order: tuple[str, int, tuple[int, ...]]
    write: Callable[[Session], None] = field(compare=False)


class LookRecorder:
    """Writes looks down in the background, all that wait in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: queue.SimpleQueue[Look] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._writing = threading.Lock()

    def note(self, look: Look) -> None:
        """Take a look to be written down soon."""
        self._waiting.put(look)
        self._start()
        self._wake.set()

    def flush(self) -> None:
        """Write down all that waits, now; what can't be written waits on."""
        with self._writing:
            looks = [self._waiting.get() for _ in range(self._waiting.qsize())]
            if not looks:
                return
            try:
                with self._database.writing() as session:
                    # In one order for everybody, so that two writers never wait for each other.
                    for look in sorted(looks):
                        look.write(session)
            except DatabaseFault:
                for look in looks:
                    self._waiting.put(look)
                raise

    def _start(self) -> None:
        # Not before the first look: gunicorn forks after the app is made, threads don't survive it.
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="looks", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            time.sleep(_PAUSE)
            try:
                self.flush()
            except Exception:
                _LOG.exception("looks could not be written down")


def init_looks(app: Flask, database: Database) -> LookRecorder:
    """Keep a recorder with the app."""
    recorder = LookRecorder(database)
    app.extensions[_KEY] = recorder
    return recorder


def note_look(to: AttendeeId, abouts: Collection[AttendeeId], *, now: datetime) -> None:
    """Note that somebody sees these people on their list for the first time."""
    seen = tuple(abouts)
    note(
        Look(("list", to, seen), lambda session: suggestions.mark_seen(session, to, seen, now=now))
    )


def note_invitations(to: AttendeeId, public_ids: Collection[str], *, now: datetime) -> None:
    """Note that somebody sees these invitations: their time runs from the first look."""
    seen = tuple(public_ids)
    note(
        Look(
            ("invited", to, ()),
            lambda session: invitations.mark_seen(session, to, seen, now=now),
        )
    )


def note_told(shower: PersonId, scanner: PersonId, *, now: datetime) -> None:
    """Note that somebody sees who scanned their card."""
    note(
        Look(
            ("told", shower, (scanner,)),
            lambda session: exchanges.mark_told(session, shower, scanner, now=now),
        )
    )


def note(look: Look) -> None:
    """Take a look to be written down soon."""
    current_app.extensions[_KEY].note(look)
