"""Secret addresses that work without signing in: a calendar feed, and stopping a kind of mail."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.people.mail_times import MailKind
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import follow_ups as stored
from matchmaker.storage import people

_MAC_BYTES: Final = 18


def find_feed_key(session: Session, person: Person, secret_key: str) -> str | None:
    """Return the secret of a person's calendar feed, or None while it is off.

    Nothing is stored but a version: the key is the public id with an HMAC-SHA-256 (RFC 2104)
    over it and the version.
    """
    version = stored.get_feed_version(session, person.id)
    return _sign("feed", person.public_id, str(version), secret_key) if version > 0 else None


def turn_feed_on(session: Session, person: Person) -> None:
    """Give a person a calendar feed, at an address that was never used before."""
    people.lock_people(session, person.id)
    version = stored.get_feed_version(session, person.id)
    if version <= 0:
        stored.save_feed_version(session, person.id, 1 - version)


def turn_feed_off(session: Session, person: Person) -> None:
    """End the address of a person's calendar feed for good."""
    people.lock_people(session, person.id)
    stored.save_feed_version(session, person.id, -abs(stored.get_feed_version(session, person.id)))


def get_feed_owner(session: Session, key: str, secret_key: str) -> Person:
    """Return whose calendar feed a key opens.

    Raises
    ------
    NotFound
        If there is none, it ended, or the key was made up: all look alike.
    """
    found = stored.find_feed_owner(session, key.partition(".")[0])
    if found is None or found[1] <= 0:
        raise NotFound
    person, version = found
    if not _is_same(key, _sign("feed", person.public_id, str(version), secret_key)):
        raise NotFound
    return person


def stop_key(person: Person, kind: MailKind, secret_key: str) -> str:
    """Return the key that stops one kind of mail to a person; it never ends (RFC 8058)."""
    return f"{kind}.{_sign('stop', person.public_id, kind, secret_key)}"


def get_stop(session: Session, key: str, secret_key: str) -> tuple[Person, MailKind]:
    """Return whose mails of which kind a key stops.

    Raises
    ------
    NotFound
        If the key was made up.
    """
    kind, _, signed = key.partition(".")
    public_id = signed.partition(".")[0]
    if kind not in set(MailKind) or not _is_same(
        signed, _sign("stop", public_id, kind, secret_key)
    ):
        raise NotFound
    person = people.find_person(session, public_id)
    if person is None:
        raise NotFound
    return person, MailKind(kind)


def _sign(purpose: str, public_id: str, what: str, secret_key: str) -> str:
    message = f"{purpose}:{public_id}:{what}".encode()
    digest = hmac.new(secret_key.encode(), message, hashlib.sha256).digest()
    return f"{public_id}.{urlsafe_b64encode(digest[:_MAC_BYTES]).decode()}"


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode(errors="replace"))
