"""A look now and then at who is to get a mail by itself: digests and reminders."""

import logging
from datetime import datetime, timedelta
from typing import Final

from matchmaker.follow_ups import mailing
from matchmaker.follow_ups.mailing import MailWish
from matchmaker.people.event import Event
from matchmaker.people.ids import PersonId
from matchmaker.settings import Settings
from matchmaker.storage import events
from matchmaker.storage.connect import Database

PAUSE: Final = timedelta(minutes=5)
_LOG = logging.getLogger(__name__)


class MailRounds:
    """Leaves the mails of the morning to be sent; nothing where no mail server is named."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._can_mail = bool(settings.smtp_url and settings.mail_from)
        self._next_look: datetime | None = None

    def look(self, now: datetime) -> None:
        """Leave what is due at ``now``; within five minutes of the last look nothing is done."""
        if not self._can_mail or (self._next_look and now < self._next_look):
            return
        self._next_look = now + PAUSE
        try:
            with self._database.reading() as session:
                found = events.list_events(session)
            for event in found:
                if mailing.is_digest_due(event, now):
                    self._queue_digests(event, now)
            self._queue_reminders(now)
        except Exception:
            # A database that is away for a moment must not end the worker: the next look finds
            # the same people.
            _LOG.exception("the look at mails that are due failed")

    def _queue_digests(self, event: Event, now: datetime) -> None:
        while True:
            with self._database.reading() as session:
                wishes = mailing.list_digest_orders(session, event)
            if not wishes:
                return
            self._queue(wishes, now)

    def _queue_reminders(self, now: datetime) -> None:
        behind: PersonId | None = PersonId(0)
        while behind is not None:
            with self._database.reading() as session:
                wishes, behind = mailing.list_reminder_orders(session, after=behind, now=now)
            if wishes:
                self._queue(wishes, now)

    def _queue(self, wishes: list[MailWish], now: datetime) -> None:
        with self._database.writing() as session:
            mailing.queue(session, wishes, now=now)
