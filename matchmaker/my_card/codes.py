"""The codes that open a card: the one on the screen gives it, the one on the badge asks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.cards.codes import make_card_code, normalize_code
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import AskFirst, CardRevoked
from matchmaker.storage import attendees, card_codes, people
from matchmaker.storage.card_codes import BADGE_CODE, SCREEN_CODE


@dataclass(frozen=True, kw_only=True)
class OpenedCode:
    """Whose code somebody scanned, and whether its owner's consent comes with it.

    Who shows the code on their screen consents; a badge hangs in everybody's sight, so it only
    asks, unless its owner said that it is enough.
    """

    owner: Person
    is_consent: bool


def find_my_code(session: Session, person: Person) -> str | None:
    """Return the code on the person's screen, or None before the first."""
    return card_codes.find_code(session, person.id, kind=SCREEN_CODE)


def find_badge_code(session: Session, person: Person) -> str | None:
    """Return the code on the person's badge, or None before the first."""
    return card_codes.find_code(session, person.id, kind=BADGE_CODE)


def get_badge_code(session: Session, person: Person, *, now: datetime) -> str:
    """Return the code on the person's badge; it is made on the first call."""
    people.lock_people(session, person.id)
    known = find_badge_code(session, person)
    return known or _add_code(session, person, BADGE_CODE, now=now)


def make_badge_codes(session: Session, event: Event, *, now: datetime) -> int:
    """Give everybody on an event's list a badge code who has none; return how many got one."""
    known = card_codes.list_codes(session, event.id, kind=BADGE_CODE)
    without = [a for a in attendees.list_attendees(session, event.id) if a.person.id not in known]
    for attendee in without:
        _add_code(session, attendee.person, BADGE_CODE, now=now)
    return len(without)


def renew_code(session: Session, person: Person, *, now: datetime) -> str:
    """End every code of a person at once, also badge and spoken, and return one for the screen."""
    card_codes.revoke_codes(session, person.id, now=now)
    return _add_code(session, person, SCREEN_CODE, now=now)


def open_code(session: Session, typed: str) -> OpenedCode:
    """Return whose card a scanned or typed code stands for.

    Raises
    ------
    CardRevoked
        If the code is unknown, mistyped or revoked: all look alike.
    """
    code = normalize_code(typed)
    found = card_codes.find_by_code(session, code) if code else None
    if found is None:
        raise CardRevoked
    owner, kind = found
    return OpenedCode(owner=owner, is_consent=kind == SCREEN_CODE or owner.badge_is_enough)


def get_card_owner(session: Session, typed: str) -> Person:
    """Return whose card a code gives to whoever scans it.

    Raises
    ------
    CardRevoked
        As with ``open_code``.
    AskFirst
        If it is a badge's, whose owner wants to be asked.
    """
    opened = open_code(session, typed)
    if not opened.is_consent:
        raise AskFirst
    return opened.owner


def _add_code(session: Session, person: Person, kind: str, *, now: datetime) -> str:
    code = make_card_code()
    card_codes.add_code(session, person.id, code, kind=kind, now=now)
    return code
