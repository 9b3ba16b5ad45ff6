"""Getting back in: private links, desk codes, organizers' one-time links. No passwords."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.cards.codes import DESK_CODE_LENGTH, make_desk_code, normalize_code
from matchmaker.people.attendee import Attendee
from matchmaker.people.clean import fold_key
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId, OrganizerId
from matchmaker.people.person import Person
from matchmaker.people.refusals import LinkExpired, NotFound
from matchmaker.storage import attendees, events, jobs, people
from matchmaker.storage import sign_in as stored

DESK_CODE_LIFE: Final = timedelta(minutes=10)
ORGANIZER_LINK_LIFE: Final = timedelta(hours=24)
_MAC_BYTES: Final = 18


def private_key(person: Person, secret_key: str) -> str:
    """Return the person's private key: it opens their pages until they make a new one.

    Nothing is stored: the key is the public id with an HMAC-SHA-256 (RFC 2104) over it and over
    a version that rises when the person wants a new key.
    """
    return f"{person.public_id}.{_mac(person.public_id, person.key_version, secret_key)}"


def find_key_owner(session: Session, key: str, secret_key: str) -> Person | None:
    """Return whose private key this is, or None; nothing is changed."""
    public_id, _, mac = key.partition(".")
    person = people.find_person(session, public_id)
    if person is None:
        return None
    # The key of an imported row that was put together with a join is signed for its own id.
    expected = _mac(public_id, person.key_version, secret_key)
    return person if hmac.compare_digest(expected.encode(), mac.encode()) else None


def renew_key(session: Session, person: Person) -> Person:
    """End all private links and signed-in phones of a person; return them with the new version."""
    renewed = replace(person, key_version=person.key_version + 1)
    people.save_person(session, renewed)
    return renewed


def make_code_at_desk(session: Session, attendee: Attendee, *, now: datetime) -> str:
    """Return a new one-use code, valid ten minutes, that a helper reads out to an attendee."""
    code = make_desk_code()
    stored.add_desk_code(session, attendee.id, code, expires_at=now + DESK_CODE_LIFE)
    return code


def enter_by_desk_code(session: Session, typed: str, *, now: datetime) -> AttendeeId:
    """Use a desk code up and return whose it was.

    Raises
    ------
    LinkExpired
        If it is unknown, used or too old: all look alike.
    """
    code = normalize_code(typed, length=DESK_CODE_LENGTH)
    owner = stored.use_desk_code(session, code, now=now) if code else None
    if owner is None:
        raise LinkExpired
    return owner


def find_twin(session: Session, event: Event, imported: Attendee) -> Attendee | None:
    """Return who joined with the e-mail of an imported row that nobody claimed, or None.

    Only somebody who sees the person may act on it: a typed address proves nothing.
    """
    wanted = fold_key(imported.person.business.email)
    if not wanted or imported.claimed_at is not None:
        return None
    everybody = attendees.list_attendees(session, event.id)
    twins = (a for a in everybody if fold_key(a.person.business.email) == wanted)
    return next((a for a in twins if a.claimed_at is not None), None)


def put_together(
    session: Session, event: Event, imported: Attendee, joined: Attendee, *, now: datetime
) -> Attendee:
    """Make one attendee of an imported row and a join of the same human being.

    What was typed at the join stays; the import fills only what is empty there, and lends its
    ticket. The import's private link opens the joined person from now on.

    Raises
    ------
    NotFound
        If the row was claimed before, or the two are not different people of this event.
    """
    revision = events.raise_revision(session, event.id)
    imported = attendees.get_attendee(session, event.id, imported.id)
    if imported.claimed_at is not None or imported.person.id == joined.person.id:
        raise NotFound
    keys = attendees.get_keys(session, imported.id)
    attendees.remove_attendee(session, imported.id, now=now, revision=revision)
    person = _filled_person(joined.person, imported.person)
    united = replace(
        joined,
        person=person,
        offer=joined.offer or imported.offer,
        need=joined.need or imported.need,
        ticket=imported.ticket,
    )
    people.save_person(session, person)
    attendees.save_attendee(session, united, revision=revision)
    attendees.set_keys(session, united.id, keys)
    people.merge_person(session, imported.person.id, into=person.id)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return united


def make_organizer_link(session: Session, organizer: OrganizerId, *, now: datetime) -> str:
    """Return the token of a new one-time link; only its hash is stored."""
    token = secrets.token_urlsafe(24)
    stored.add_link(session, organizer, token, expires_at=now + ORGANIZER_LINK_LIFE)
    return token


def enter_as_organizer(session: Session, token: str, *, now: datetime) -> OrganizerId:
    """Use a one-time link up and return whose it is.

    Raises
    ------
    LinkExpired
        If it is unknown, used or too old.
    """
    organizer = stored.use_link(session, token, now=now)
    if organizer is None:
        raise LinkExpired
    return organizer


def _mac(public_id: str, version: int, secret_key: str) -> str:
    message = f"private-link:{public_id}:{version}".encode()
    digest = hmac.new(secret_key.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:_MAC_BYTES]).decode()


def _filled_person(joined: Person, imported: Person) -> Person:
    mine, theirs = joined.business, imported.business
    return replace(
        joined,
        business=replace(
            mine,
            email=mine.email or theirs.email,
            phone=mine.phone or theirs.phone,
            organization=mine.organization or theirs.organization,
            role=mine.role or theirs.role,
            line=mine.line or theirs.line,
        ),
    )
