"""Texts get their sentence vectors in the background, in a process that may crash or hang."""

import logging
from datetime import UTC, datetime
from typing import Final

from matchmaker.affinity.encoder_process import EncoderFailed, EncoderProcess, is_available
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import EventId
from matchmaker.settings import Settings
from matchmaker.storage import events, jobs
from matchmaker.storage.connect import Database
from matchmaker.suggestions.follower import Follower
from matchmaker.suggestions.vectors import VectorShelf

_AT_A_TIME: Final = 16
"""Texts between two looks at the jobs: about a second, so that no newcomer waits longer."""

_LOG = logging.getLogger(__name__)


class TextReader:
    """Encodes what is missing, a few texts at a time, and asks for a new plan afterwards."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        follower: Follower,
        shelf: VectorShelf,
        encoder: EncoderProcess | None = None,
    ) -> None:
        self._database = database
        self._follower = follower
        self._shelf = shelf
        self._is_wanted = settings.encoder == "auto" and is_available()
        self._encoder = encoder or EncoderProcess()
        self._read_up_to: dict[EventId, int] = {}
        if settings.encoder == "auto" and not self._is_wanted:
            _LOG.warning("the encoder is not installed here: the light matching serves")

    def read_some(self) -> bool:
        """Encode a few texts that lack a vector; return whether there were any."""
        if not self._is_wanted:
            return False
        now = datetime.now(UTC)
        with self._database.reading() as session:
            found = [e for e in events.list_events(session) if e.phase(now) is not Phase.AFTER]
        unread = (e for e in found if self._read_up_to.get(e.id) != e.revision)
        return any(self._read_of(event) for event in unread)

    def close(self) -> None:
        """End the encoder's process."""
        self._encoder.close()

    def _read_of(self, event: Event) -> bool:
        with self._database.reading() as session:
            room = self._follower.catch_up(session, events.get_event(session, event.id))
        missing = self._shelf.missing(room.people.values())
        if not missing:
            self._read_up_to[event.id] = event.revision
        texts = missing[:_AT_A_TIME]
        done = {text for text in texts if self._encode(text)}
        if done:
            self._follower.take_vectors(room, done)
        if texts and len(texts) == len(missing):
            # All read: lists are made anew, with the better eyes.
            with self._database.writing() as session:
                jobs.add_job_once(session, jobs.PLAN, now=datetime.now(UTC), event_id=event.id)
        return bool(texts)

    def _encode(self, text: str) -> bool:
        try:
            vector = self._encoder.encode(text)
        except EncoderFailed as failed:
            _LOG.warning("the encoder failed on a text of %s letters: %s", len(text), failed.reason)
            with self._database.writing() as session:
                self._shelf.add_failure(session, text)
            return False
        with self._database.writing() as session:
            self._shelf.add(session, text, vector)
        return True
