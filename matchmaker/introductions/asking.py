"""Somebody asks one of their contacts to introduce them to somebody who could help."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.ids import make_public_id
from matchmaker.people.introduction_request import IntroductionRequest
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import contacts, introduction_requests, people, safety


def ask(
    session: Session, me: Person, contact: str, wanted: str, *, now: datetime
) -> IntroductionRequest:
    """Ask a contact for an introduction; what still waits for them is not asked twice.

    Who is blocked, or blocks, is never asked; to ``me`` it looks as if it waited.

    Raises
    ------
    NotFound
        If that is not a contact of ``me``, or one that leads to nobody.
    """
    found = contacts.find_contact(session, me.id, contact)
    if found is None or found.other is None:
        raise NotFound
    people.lock_people(session, me.id, found.other)
    earlier = introduction_requests.list_requests_between(session, me.id, found.other)
    for request in earlier:
        if request.wanted == wanted and request.is_open(now):
            return request
    request = IntroductionRequest(
        public_id=make_public_id(),
        asker=me.id,
        asked=found.other,
        wanted=wanted,
        asked_at=now,
    )
    introduction_requests.add_request(session, request)
    return request


def get_asked_of_me(session: Session, me: Person, public_id: str) -> IntroductionRequest:
    """Return a wish that ``me`` was sent; raises NotFound for everybody else."""
    found = introduction_requests.find_request(session, public_id)
    if found is None or found.asked != me.id or safety.is_blocked(session, me.id, found.asker):
        raise NotFound
    return found


def set_aside(session: Session, me: Person, public_id: str, *, now: datetime) -> None:
    """Set a wish aside; who asked is not told."""
    found = get_asked_of_me(session, me, public_id)
    if found.set_aside_at is None:
        introduction_requests.set_aside(session, found, at=now)


def let_introduce(session: Session, me: Person, *, agrees: bool) -> None:
    """Note whether others may find ``me`` by way of a common contact."""
    people.lock_people(session, me.id)
    now = people.get_person(session, me.id)
    people.save_person(session, replace(now, may_be_introduced=agrees))
