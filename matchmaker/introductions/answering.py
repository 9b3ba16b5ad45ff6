"""The two answer, each alone; once both agreed they have each other's card."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker import card_exchange
from matchmaker.people.introduction import Introduction, Move, Part, move
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage import introductions, people, safety


def answer(
    session: Session, me: Person, public_id: str, *, agrees: bool, now: datetime
) -> Introduction:
    """Note what one of the two said; when the second agrees, their cards are exchanged.

    Raises
    ------
    NotFound
        If ``me`` is not asked, or is to be kept apart from one of the others.
    IntroductionClosed
        If it can no longer be answered so.
    """
    before = _get_mine(session, me, public_id)
    after = move(before, Move.AGREE if agrees else Move.DECLINE, me.id, now)
    introductions.save_introduction(session, after)
    if after.made_at and before.made_at is None:
        other = people.get_person(session, after.other_than(me.id).person)
        # Not at the event: the two have not met there, and may not even be there.
        card_exchange.exchange(session, me, other, None, now=now)
    return after


def tell_outcome(
    session: Session, me: Person, public_id: str, words: str, *, now: datetime
) -> None:
    """Note what came of it, for the introducer alone; without words one has nothing to tell."""
    found = _get_mine(session, me, public_id)
    introductions.save_introduction(session, move(found, Move.TELL, me.id, now, words=words))


def thank(session: Session, me: Person, public_id: str, *, now: datetime) -> None:
    """Thank the introducer, privately; once is enough."""
    found = _get_mine(session, me, public_id)
    introductions.save_introduction(session, move(found, Move.THANK, me.id, now))


def _get_mine(session: Session, me: Person, public_id: str) -> Introduction:
    found = introductions.find_introduction(session, public_id)
    if found is None or found.part_of(me.id) is not Part.INTRODUCED:
        raise NotFound
    # Two who agree at the same moment stand in line: else each would see the other one open.
    people.lock_people(session, *(side.person for side in found.sides))
    found = introductions.find_introduction(session, public_id)
    if found is None:
        raise NotFound
    for other in (found.introducer, found.other_than(me.id).person):
        if safety.is_blocked(session, me.id, other):
            raise NotFound
    return found
