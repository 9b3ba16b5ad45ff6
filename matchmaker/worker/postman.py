"""Mails that wait are sent, each at most once."""

from datetime import UTC, datetime
from email.message import EmailMessage

from matchmaker import sign_in
from matchmaker.delivery.letters import render_letter
from matchmaker.delivery.mail import (
    MailRefused,
    MailServer,
    MailUncertain,
    send_mail,
    write_mail,
)
from matchmaker.settings import Settings
from matchmaker.storage import attendees, events, jobs, mail_jobs
from matchmaker.storage.connect import Database


class Postman:
    """Sends the mails that wait, each at most once."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._server = MailServer(url=settings.smtp_url, sender=settings.mail_from)

    def deliver(self, job: jobs.Job) -> None:
        """Send one mail; one of which nobody knows whether it was taken is never sent again."""
        if mail_jobs.was_being_sent(job):
            self._end_uncertain(job)
            return
        message = self._write(job)
        if message is None:
            return
        try:
            send_mail(self._server, message, before_data=lambda: self._mark(job, sending=True))
        except MailUncertain:
            self._end_uncertain(job)
        except MailRefused:
            self._mark(job, sending=False)
            raise

    def _write(self, job: jobs.Job) -> EmailMessage | None:
        order = mail_jobs.read_order(job)
        with self._database.reading() as session:
            if job.event_id is None:
                return None
            event = events.get_event(session, job.event_id)
            attendee = attendees.get_attendee(session, event.id, order.attendee)
        person = attendee.person
        if not person.business.email:
            return None
        key = sign_in.private_key(person, self._settings.secret_key)
        subject, text = render_letter(
            order.letter,
            language=person.language,
            name=person.greeting_name,
            event_name=event.name,
            link=f"{self._settings.base_url}/in/{key}",
        )
        return write_mail(self._server, to=person.business.email, subject=subject, text=text)

    def _mark(self, job: jobs.Job, *, sending: bool) -> None:
        with self._database.writing() as session:
            mail_jobs.mark_sending(session, job, sending=sending)

    def _end_uncertain(self, job: jobs.Job) -> None:
        with self._database.writing() as session:
            mail_jobs.end_uncertain(session, job, now=datetime.now(UTC))
