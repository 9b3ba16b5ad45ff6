"""Who among somebody's contacts may know the one who can help."""

from typing import Final

from sqlalchemy.orm import Session

from matchmaker.affinity.profile import Profile, Role
from matchmaker.people.bands import SOME_FROM
from matchmaker.people.contact import Contact
from matchmaker.people.ids import AttendeeId, PersonId
from matchmaker.people.person import Person
from matchmaker.storage import bridges, contacts, safety
from matchmaker.storage.bridges import Bridge

SHOWN: Final = 5
_MOST_READ: Final = 200
"""Texts of either kind that are compared: the latest, so that an answer comes at once."""


def find_who_may_know(session: Session, me: Person, wanted: str, *, language: str) -> list[Contact]:
    """Return a few contacts of ``me`` who may know somebody who could help, the likeliest first.

    Whom they may know, and by which text, is never told.
    """
    if not wanted:
        return []
    apart = safety.list_blocked_with(session, me.id)
    found = bridges.list_bridges(session, me.id, apart=apart, most=_MOST_READ)
    likely = _rank(found, wanted, language)
    by_person = {c.other: c for c in contacts.list_contacts(session, me.id) if c.other}
    return [by_person[who] for who in likely if who in by_person][:SHOWN]


def _rank(found: list[Bridge], wanted: str, language: str) -> list[PersonId]:
    if not found:
        return []
    # Here, not above: it takes seconds to import, and pages must not wait for it at the start.
    from matchmaker.affinity.matcher import MutualMatcher

    texts = [
        Profile(id=AttendeeId(number), offer=bridge.text, need="", language=bridge.language)
        for number, bridge in enumerate(found, 1)
    ]
    matcher = MutualMatcher(encoder="light").fit(texts)
    scores = matcher.score_text(wanted, Role.NEED, language=language)
    best: dict[PersonId, float] = {}
    for number, bridge in enumerate(found, 1):
        score = scores.get(AttendeeId(number), 0.0)
        if score >= SOME_FROM:
            best[bridge.contact] = max(best.get(bridge.contact, 0.0), score)
    return sorted(best, key=lambda who: (-best[who], who))
