"""The codes of cards: on the screen, on the badge, and said aloud for ten minutes."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import EventId, PersonId
from matchmaker.people.person import Person
from matchmaker.storage.people import to_person
from matchmaker.storage.tables import AttendeeRow, CardCodeRow, PersonRow, SpokenCodeRow

SCREEN_CODE: Final = "screen"
"""Kind of the code on its owner's screen: showing it is consent."""

BADGE_CODE: Final = "badge"
"""Kind of the code on a printed badge: it opens "ask to connect"."""


def find_code(session: Session, person_id: PersonId, *, kind: str) -> str | None:
    """Return the person's current code of that kind, or None."""
    return session.scalar(
        select(CardCodeRow.code)
        .where(
            CardCodeRow.person_id == person_id,
            CardCodeRow.kind == kind,
            CardCodeRow.revoked_at.is_(None),
        )
        .order_by(CardCodeRow.created_at.desc())
        .limit(1)
    )


def list_codes(session: Session, event_id: EventId, *, kind: str) -> dict[PersonId, str]:
    """Return the current codes of that kind of those attendees who have one."""
    rows = session.execute(
        select(CardCodeRow.person_id, CardCodeRow.code)
        .join(AttendeeRow, AttendeeRow.person_id == CardCodeRow.person_id)
        .where(
            AttendeeRow.event_id == event_id,
            CardCodeRow.kind == kind,
            CardCodeRow.revoked_at.is_(None),
        )
        .order_by(CardCodeRow.created_at)
    )
    return {PersonId(person): code for person, code in rows}


def add_code(session: Session, person_id: PersonId, code: str, *, kind: str, now: datetime) -> None:
    """Give a person a new code."""
    session.add(CardCodeRow(code=code, person_id=person_id, kind=kind, created_at=now))
    session.flush()


def revoke_codes(session: Session, person_id: PersonId, *, now: datetime) -> None:
    """End all codes of a person, of whichever kind."""
    session.execute(
        update(CardCodeRow)
        .where(CardCodeRow.person_id == person_id, CardCodeRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    session.execute(delete(SpokenCodeRow).where(SpokenCodeRow.person_id == person_id))


def remove_codes(session: Session, person_id: PersonId) -> None:
    """Delete every code that a person has or had."""
    session.execute(delete(CardCodeRow).where(CardCodeRow.person_id == person_id))
    session.execute(delete(SpokenCodeRow).where(SpokenCodeRow.person_id == person_id))


def find_person_by_code(session: Session, code: str) -> Person | None:
    """Return whose card an unrevoked code opens, or None."""
    found = find_by_code(session, code)
    return found[0] if found else None


def find_by_code(session: Session, code: str) -> tuple[Person, str] | None:
    """Return whose unrevoked code this is, and its kind, or None."""
    found = session.execute(
        select(PersonRow, CardCodeRow.kind)
        .join(CardCodeRow, CardCodeRow.person_id == PersonRow.id)
        .where(CardCodeRow.code == code, CardCodeRow.revoked_at.is_(None))
    ).first()
    return (to_person(found[0]), found[1]) if found else None


def add_spoken_code(
    session: Session, event_id: EventId, person_id: PersonId, code: str, *, expires_at: datetime
) -> None:
    """Give a person a code to say at an event; the one before ends."""
    session.execute(
        delete(SpokenCodeRow).where(
            SpokenCodeRow.event_id == event_id, SpokenCodeRow.person_id == person_id
        )
    )
    session.add(
        SpokenCodeRow(event_id=event_id, code=code, person_id=person_id, expires_at=expires_at)
    )
    session.flush()


def remove_expired_codes(session: Session, event_id: EventId, *, now: datetime) -> None:
    """Delete the spoken codes of an event whose ten minutes are over."""
    session.execute(
        delete(SpokenCodeRow).where(
            SpokenCodeRow.event_id == event_id, SpokenCodeRow.expires_at <= now
        )
    )


def find_spoken_code(
    session: Session, event_id: EventId, person_id: PersonId, *, now: datetime
) -> tuple[str, datetime] | None:
    """Return the code that a person may say at an event now, and its end, or None."""
    row = session.scalar(
        select(SpokenCodeRow).where(
            SpokenCodeRow.event_id == event_id,
            SpokenCodeRow.person_id == person_id,
            SpokenCodeRow.expires_at > now,
        )
    )
    return (row.code, row.expires_at) if row else None


def find_speaker(session: Session, event_id: EventId, code: str, *, now: datetime) -> Person | None:
    """Return who says this code at this event now, or None."""
    row = session.scalar(
        select(PersonRow)
        .join(SpokenCodeRow, SpokenCodeRow.person_id == PersonRow.id)
        .where(
            SpokenCodeRow.event_id == event_id,
            SpokenCodeRow.code == code,
            SpokenCodeRow.expires_at > now,
        )
    )
    return to_person(row) if row else None
