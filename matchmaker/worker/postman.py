"""Mails that wait are sent, each at most once."""

from collections.abc import Callable
from datetime import UTC, datetime

from matchmaker.delivery.mail import MailRefused, MailServer, MailUncertain, send_mail
from matchmaker.settings import Settings
from matchmaker.storage import jobs, mail_jobs
from matchmaker.storage.connect import Database
from matchmaker.worker.letter_writer import LetterWriter


class Postman:
    """Sends the mails that wait, each at most once."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._clock = clock
        self._server = MailServer(url=settings.smtp_url, sender=settings.mail_from)
        self._writer = LetterWriter(self._server, settings)

    def deliver(self, job: jobs.Job) -> None:
        """Send one mail; one of which nobody knows whether it was taken is never sent again."""
        if mail_jobs.was_being_sent(job):
            self._end_uncertain(job)
            return
        with self._database.reading() as session:
            message = self._writer.write(session, job, now=self._clock())
        if message is None:
            return
        try:
            send_mail(self._server, message, before_data=lambda: self._mark(job, sending=True))
        except MailUncertain:
            self._end_uncertain(job)
        except MailRefused:
            self._mark(job, sending=False)
            raise

    def _mark(self, job: jobs.Job, *, sending: bool) -> None:
        with self._database.writing() as session:
            mail_jobs.mark_sending(session, job, sending=sending, now=self._clock())

    def _end_uncertain(self, job: jobs.Job) -> None:
        with self._database.writing() as session:
            mail_jobs.end_uncertain(session, job, now=self._clock())
