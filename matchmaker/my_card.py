"""What I show to whom, and the code that opens it."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.cards.codes import make_card_code, normalize_code
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked
from matchmaker.storage import people


def find_my_code(session: Session, person: Person) -> str | None:
    """Return the code on the person's screen, or None before the first."""
    return people.find_code(session, person.id, kind=people.SCREEN_CODE)


def renew_code(session: Session, person: Person, *, now: datetime) -> str:
    """End every code of a person at once and return the new one for their screen."""
    people.revoke_codes(session, person.id, now=now)
    code = make_card_code()
    people.add_code(session, person.id, code, kind=people.SCREEN_CODE, now=now)
    return code


def get_card_owner(session: Session, typed: str) -> Person:
    """Return whose card a code opens.

    Raises
    ------
    CardRevoked
        If the code is unknown, mistyped or revoked: all look alike.
    """
    code = normalize_code(typed)
    owner = people.find_person_by_code(session, code) if code else None
    if owner is None:
        raise CardRevoked
    return owner
