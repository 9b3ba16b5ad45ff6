"""Somebody chooses two people who should know each other, and says why."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.introductions.candidates import find_candidate
from matchmaker.people.event import Event
from matchmaker.people.ids import EventId, PersonId, make_public_id
from matchmaker.people.introduction import Introduction, Move, Side, State, move
from matchmaker.people.introduction_request import IntroductionRequest
from matchmaker.people.person import Person
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.storage import attendees, introduction_requests, introductions, people


@dataclass(frozen=True, kw_only=True)
class ProposeForm:
    """Which two, as keys of candidates, and why; already cleaned.

    ``request`` is the wish that it answers, if any.
    """

    first: str
    second: str
    reason: str
    request: str = ""
    client_key: str = ""


def propose(
    session: Session, me: Person, event: Event | None, form: ProposeForm, *, now: datetime
) -> Introduction:
    """Ask two people, each alone, whether they would like to know each other; once per form.

    Where one of the three blocks another, who is blocked or blocks is never asked; to ``me`` it
    looks as if it waited.

    Raises
    ------
    NotFound
        If one of the two is neither a contact of ``me`` nor somebody suggested to them.
    InvalidField
        If the two are the same.
    """
    people.lock_people(session, me.id)
    known = form.client_key and introductions.find_by_key(session, me.id, form.client_key)
    if known:
        return known
    pair = _choose(session, me, event, form)
    waiting = [
        one
        for one in introductions.list_open_between(session, me.id, pair)
        if one.state(now) is State.ASKED
    ]
    made = waiting[0] if waiting else _add(session, me, event, pair, form, now=now)
    request = form.request and introduction_requests.find_request(session, form.request)
    if request and _is_answered_by(request, me, pair, now):
        introduction_requests.set_answered(session, request, made.public_id)
    return made


def withdraw(session: Session, me: Person, public_id: str, *, now: datetime) -> None:
    """Take an introduction back that was not made yet.

    Raises
    ------
    NotFound
        If ``me`` has not proposed it.
    IntroductionClosed
        If it was made, or is too old.
    """
    found = introductions.find_introduction(session, public_id)
    if found is None or found.introducer != me.id:
        raise NotFound
    people.lock_people(session, *(side.person for side in found.sides))
    found = introductions.find_introduction(session, public_id) or found
    introductions.save_introduction(session, move(found, Move.WITHDRAW, me.id, now))


def _choose(
    session: Session, me: Person, event: Event | None, form: ProposeForm
) -> tuple[PersonId, PersonId]:
    first = find_candidate(session, me, event, form.first)
    second = find_candidate(session, me, event, form.second)
    if first is None or second is None:
        raise NotFound
    if first.person == second.person:
        raise InvalidField("second", "the_same")
    return first.person, second.person


def _add(
    session: Session,
    me: Person,
    event: Event | None,
    pair: tuple[PersonId, PersonId],
    form: ProposeForm,
    *,
    now: datetime,
) -> Introduction:
    first, second = sorted(pair)
    introduction = Introduction(
        public_id=make_public_id(),
        introducer=me.id,
        sides=(Side(person=first), Side(person=second)),
        reason=form.reason,
        proposed_at=now,
        event_id=_common_event(session, event, pair),
    )
    introductions.add_introduction(session, introduction, client_key=form.client_key or None)
    return replace(introduction)


def _common_event(
    session: Session, event: Event | None, pair: tuple[PersonId, PersonId]
) -> EventId | None:
    if event is None:
        return None
    are_there = all(attendees.find_attendee_of(session, event.id, who) for who in pair)
    return event.id if are_there else None


def _is_answered_by(
    request: IntroductionRequest, me: Person, pair: tuple[PersonId, PersonId], now: datetime
) -> bool:
    return request.asked == me.id and request.asker in pair and request.is_open(now)
