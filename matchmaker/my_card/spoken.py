"""Six characters to say aloud: for ten minutes they let others of the event ask to connect."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.cards.codes import SPOKEN_CODE_LENGTH, make_spoken_code, normalize_code
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked
from matchmaker.storage import card_codes, people
from matchmaker.storage.attempts import check_attempts, count_attempt, count_recent
from matchmaker.storage.connect import Database

SPOKEN_CODE_LIFE: Final = timedelta(minutes=10)

MOST_TRIES: Final = 12
"""Codes that one attendee may type in ten minutes: more than one can hear in that time."""

MOST_TRIES_UNDER_ATTACK: Final = 4
"""The same while many wrong codes are typed at the event: the honest hit at once."""

MANY_WRONG: Final = 500
"""Wrong codes at one event in ten minutes that nobody types by mistake."""


@dataclass(frozen=True, kw_only=True)
class SpokenCode:
    """A code to say, and when it ends."""

    code: str
    expires_at: datetime


def say_code(session: Session, person: Person, event: Event, *, now: datetime) -> SpokenCode:
    """Make a new code for a person to say at an event; the one before ends at once."""
    people.lock_people(session, person.id)
    card_codes.remove_expired_codes(session, event.id, now=now)
    code = make_spoken_code()
    while card_codes.find_speaker(session, event.id, code, now=now):
        code = make_spoken_code()
    ends = now + SPOKEN_CODE_LIFE
    card_codes.add_spoken_code(session, event.id, person.id, code, expires_at=ends)
    return SpokenCode(code=code, expires_at=ends)


def find_spoken_code(
    session: Session, person: Person, event: Event, *, now: datetime
) -> SpokenCode | None:
    """Return the code that a person may say now, or None."""
    found = card_codes.find_spoken_code(session, event.id, person.id, now=now)
    return SpokenCode(code=found[0], expires_at=found[1]) if found else None


def get_speaker(
    database: Database, event: Event, typed: str, *, tried_by: str, now: datetime
) -> Person:
    """Return who says a code at this event now.

    Each try counts, in a transaction of its own, for ``tried_by``, which names one attendee (or
    helper) of the event. Who typed too many can't go on before the window ends; nobody else is
    held up by it. While many wrong codes are typed at the event, everybody has fewer tries.

    Raises
    ------
    TooManyTries
        If ``tried_by`` typed too many codes.
    CardRevoked
        If nobody says this code: unknown, too old, revoked and another event's look alike.
    """
    target, everybody = f"spoken:{event.id}:{tried_by}", f"spoken:{event.id}"
    # A guesser who is shut out costs one look and no write.
    check_attempts(database, target, most=MOST_TRIES, now=now)
    wrong = count_recent(database, everybody, now=now)
    most = MOST_TRIES if wrong < MANY_WRONG else MOST_TRIES_UNDER_ATTACK
    count_attempt(database, target, most=most, now=now)
    code = normalize_code(typed, length=SPOKEN_CODE_LENGTH)
    with database.reading() as session:
        speaker = card_codes.find_speaker(session, event.id, code, now=now) if code else None
    if speaker is None:
        count_attempt(database, everybody, now=now)
        raise CardRevoked
    return speaker
