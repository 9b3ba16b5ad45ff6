"""The mail of a job, written at the last moment: from what is stored and wanted then."""

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from matchmaker import sign_in
from matchmaker.cards.vcard import VCardEntry, write_vcards
from matchmaker.delivery.letters import render_letter, word_meeting
from matchmaker.delivery.mail import Attachment, MailServer, write_mail
from matchmaker.follow_ups import mailing
from matchmaker.follow_ups.mailing import Digest
from matchmaker.follow_ups.signed_links import stop_key
from matchmaker.people.attendee import Attendee
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.follow_up import list_promises
from matchmaker.people.mail_times import MailKind
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.settings import Settings
from matchmaker.storage import attendees, events, jobs, mail_jobs, people
from matchmaker.storage.connect import Session

_Write = Callable[[Session, jobs.Job, datetime], EmailMessage | None]


class LetterWriter:
    """Writes mails; None where nobody is to get one any more."""

    def __init__(self, server: MailServer, settings: Settings) -> None:
        self._server = server
        self._settings = settings
        self._writers: dict[str, _Write] = {
            MailKind.DIGEST: self._write_digest,
            MailKind.REMINDER: self._write_reminder,
        }

    def write(self, session: Session, job: jobs.Job, *, now: datetime) -> EmailMessage | None:
        """Return the mail that a job asks for, or None."""
        write = self._writers.get(mail_jobs.read_order(job).letter, self._write_link)
        try:
            return write(session, job, now)
        except NotFound:
            # Who was to get it was forgotten meanwhile.
            return None

    def _write_link(self, session: Session, job: jobs.Job, _now: datetime) -> EmailMessage | None:
        event, attendee = _find_addressee(session, job)
        person = attendee.person
        if not person.business.email:
            return None
        key = sign_in.private_key(person, self._settings.secret_key)
        subject, text = render_letter(
            mail_jobs.read_order(job).letter,
            language=person.language,
            name=person.greeting_name,
            event_name=event.name,
            link=f"{self._settings.base_url}/in/{key}",
        )
        return write_mail(self._server, to=person.business.email, subject=subject, text=text)

    def _write_digest(self, session: Session, job: jobs.Job, _now: datetime) -> EmailMessage | None:
        event, attendee = _find_addressee(session, job)
        digest = mailing.find_digest(session, event, attendee)
        if digest is None:
            return None
        return self._write_mail(
            digest.person,
            MailKind.DIGEST,
            attachments=[_write_address_book(digest)],
            event_name=event.name,
            contacts=digest.contacts,
            promises=list_promises(digest.contacts, ZoneInfo(event.time_zone)),
            link=f"{self._settings.base_url}/me/contacts",
        )

    def _write_reminder(
        self, session: Session, job: jobs.Job, now: datetime
    ) -> EmailMessage | None:
        order = mail_jobs.read_order(job)
        if order.person is None:
            raise NotFound
        person = people.get_person(session, order.person)
        agenda = mailing.find_reminder(session, person, now=now)
        if agenda is None:
            return None
        return self._write_mail(
            person,
            MailKind.REMINDER,
            promises=agenda.promises,
            greetings=agenda.greetings,
            link=f"{self._settings.base_url}/me/keep-in-touch",
        )

    def _write_mail(
        self,
        person: Person,
        kind: MailKind,
        *,
        attachments: Sequence[Attachment] = (),
        **values: object,
    ) -> EmailMessage | None:
        if not person.business.email:
            return None
        key = stop_key(person, kind, self._settings.secret_key)
        values["stop_url"] = f"{self._settings.base_url}/unsubscribe/{key}"
        subject, text = render_letter(
            kind, language=person.language, name=person.greeting_name, **values
        )
        return write_mail(
            self._server,
            to=person.business.email,
            subject=subject,
            text=text,
            stop_url=str(values["stop_url"]),
            attachments=attachments,
        )


def _find_addressee(session: Session, job: jobs.Job) -> tuple[Event, Attendee]:
    order = mail_jobs.read_order(job)
    if job.event_id is None or order.attendee is None:
        raise NotFound
    event = events.get_event(session, job.event_id)
    return event, attendees.get_attendee(session, event.id, order.attendee)


def _write_address_book(digest: Digest) -> Attachment:
    cards = [
        VCardEntry(fields=one.fields, note=_write_note(one, digest), uid=one.public_id)
        for one in digest.contacts
    ]
    return Attachment(name="contacts.vcf", media_type="text/vcard", data=write_vcards(cards))


def _write_note(contact: Contact, digest: Digest) -> str:
    day = contact.met_at.astimezone(ZoneInfo(digest.event.time_zone)).date()
    met = word_meeting(day, contact.event_name, language=digest.person.language)
    return "\n".join(part for part in (met, contact.note) if part)
