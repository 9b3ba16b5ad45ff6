"""Introductions and wishes as each of those who have a part in them may see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import stranger_fields
from matchmaker.people.contact import Contact
from matchmaker.people.ids import PersonId
from matchmaker.people.introduction import LASTS, Answer, Introduction, Part, Side, State
from matchmaker.people.introduction_request import IntroductionRequest
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import contacts, introduction_requests, introductions, people, safety


@dataclass(frozen=True, kw_only=True)
class AskedOfMe:
    """An introduction as one of the two sees it; ``other`` shows name and line, never more.

    ``contact`` is mine with the other one, once both agreed.
    """

    introduction: Introduction
    state: State
    introducer: str
    other: CardFields
    mine: Side
    contact: Contact | None


@dataclass(frozen=True, kw_only=True)
class ProposedByMe:
    """An introduction as its introducer sees it: made or not, and never who said what before.

    ``told`` holds, once it was made, each one's name and side.
    """

    introduction: Introduction
    state: State
    names: tuple[str, str]
    told: tuple[tuple[str, Side], ...]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish to be introduced, with the name of who sent it, or of whom I sent it to."""

    request: IntroductionRequest
    name: str
    is_open: bool


class Kind(StrEnum):
    """What waits: to be asked, to say what came of it, or something to see."""

    ASKED = "asked"
    WHAT_CAME = "what came"
    PROPOSED = "proposed"


@dataclass(frozen=True, kw_only=True)
class News:
    """What waits for somebody; ``one`` is who introduces, else the two are those introduced."""

    kind: Kind
    introduction: Introduction
    one: str
    other: str


@dataclass(frozen=True, kw_only=True)
class Introductions:
    """All that somebody has a part in, the latest first."""

    asked: tuple[AskedOfMe, ...]
    proposed: tuple[ProposedByMe, ...]
    wishes_of_others: tuple[Wish, ...]
    wishes_of_mine: tuple[Wish, ...]


def list_mine(session: Session, me: Person, *, now: datetime) -> Introductions:
    """Return the introductions and wishes that ``me`` may see now.

    What was taken back, and what the two were asked and let pass, is no longer shown to them.
    """
    apart = safety.list_blocked_with(session, me.id)
    found = introductions.list_introductions(session, me.id)
    requests = introduction_requests.list_requests(session, me.id)
    asked = [one for one in found if _may_see(one, me, apart) and _is_current(one, me, now)]
    return Introductions(
        asked=tuple(_as_asked(session, one, me, now) for one in asked),
        proposed=tuple(_as_proposed(session, one, now) for one in found if one.introducer == me.id),
        wishes_of_others=tuple(list_waiting_wishes(session, me, now=now)),
        wishes_of_mine=tuple(
            _wish(session, r, r.asked, now)
            for r in requests
            if r.asker == me.id and not r.is_answered
        ),
    )


def get_mine(
    session: Session, me: Person, public_id: str, *, now: datetime
) -> AskedOfMe | ProposedByMe:
    """Return one introduction as ``me`` may see it.

    Raises
    ------
    NotFound
        If they have no part in it, or it was taken back from them.
    """
    found = introductions.find_introduction(session, public_id)
    if found is None:
        raise NotFound
    if found.introducer == me.id:
        return _as_proposed(session, found, now)
    apart = safety.list_blocked_with(session, me.id)
    if not _may_see(found, me, apart) or found.state(now) is State.WITHDRAWN:
        raise NotFound
    return _as_asked(session, found, me, now)


def list_news(session: Session, me: Person, *, since: datetime | None, now: datetime) -> list[News]:
    """Return what waits for ``me`` now: an answer, a word on what came of it, or just a look.

    ``since`` is up to when they have seen what became of those they proposed themselves.
    """
    found = introductions.list_introductions(session, me.id)
    apart = safety.list_blocked_with(session, me.id) if found else frozenset()
    news = []
    for one in found:
        kind = _news_of(one, me, apart, since, now)
        if kind is Kind.PROPOSED:
            names = [_name(session, side.person) for side in one.sides]
            news.append(News(kind=kind, introduction=one, one=names[0], other=names[1]))
        elif kind:
            introducer = _name(session, one.introducer)
            other = _name(session, one.other_than(me.id).person)
            news.append(News(kind=kind, introduction=one, one=introducer, other=other))
    return news


def list_waiting_wishes(session: Session, me: Person, *, now: datetime) -> list[Wish]:
    """Return the wishes that others sent ``me`` and that wait for them."""
    sent = introduction_requests.list_requests(session, me.id)
    waiting = [request for request in sent if request.asked == me.id and request.waits(now)]
    apart = safety.list_blocked_with(session, me.id) if waiting else frozenset()
    return [_wish(session, one, one.asker, now) for one in waiting if one.asker not in apart]


def _news_of(
    one: Introduction,
    me: Person,
    apart: frozenset[PersonId],
    since: datetime | None,
    now: datetime,
) -> Kind | None:
    if one.introducer == me.id:
        is_new = one.news_at is not None and (since is None or one.news_at > since)
        return Kind.PROPOSED if is_new and one.news_at and now - one.news_at < LASTS else None
    if not _may_see(one, me, apart):
        return None
    if one.waits_for(me.id, now):
        return Kind.ASKED
    return Kind.WHAT_CAME if one.asks_what_came(me.id, now) else None


def _may_see(one: Introduction, me: Person, apart: frozenset[PersonId]) -> bool:
    if one.part_of(me.id) is not Part.INTRODUCED:
        return False
    return not apart & {one.introducer, one.other_than(me.id).person}


def _is_current(one: Introduction, me: Person, now: datetime) -> bool:
    state = one.state(now)
    return state is State.MADE or (
        state is State.ASKED and one.side_of(me.id).answer is not Answer.DECLINED
    )


def _as_asked(session: Session, one: Introduction, me: Person, now: datetime) -> AskedOfMe:
    other = people.get_person(session, one.other_than(me.id).person)
    known = stranger_fields(other)
    is_made = one.made_at is not None
    return AskedOfMe(
        introduction=one,
        state=one.state(now),
        introducer=_name(session, one.introducer),
        other=CardFields(name=known.name, line=known.line),
        mine=one.side_of(me.id),
        contact=contacts.find_contact_with(session, me.id, other.id) if is_made else None,
    )


def _as_proposed(session: Session, one: Introduction, now: datetime) -> ProposedByMe:
    first, second = (_name(session, side.person) for side in one.sides)
    state = one.state(now)
    told = zip((first, second), one.sides, strict=True) if state is State.MADE else ()
    return ProposedByMe(introduction=one, state=state, names=(first, second), told=tuple(told))


def _wish(session: Session, request: IntroductionRequest, person: PersonId, now: datetime) -> Wish:
    return Wish(request=request, name=_name(session, person), is_open=request.is_open(now))


def _name(session: Session, person: PersonId) -> str:
    return stranger_fields(people.get_person(session, person)).name
