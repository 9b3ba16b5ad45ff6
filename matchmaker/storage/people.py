"""People and the codes on their cards."""

from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage.tables import CardCodeRow, PersonRow

SCREEN_CODE: Final = "screen"
"""Kind of the code on its owner's screen: showing it is consent."""


def add_person(session: Session, person: Person, *, now: datetime) -> PersonId:
    """Store a new person (their id is ignored) and return the id."""
    row = PersonRow(public_id=person.public_id, created_at=now, **_columns(person))
    session.add(row)
    session.flush()
    return PersonId(row.id)


def save_person(session: Session, person: Person) -> None:
    """Store what a person changed about themselves."""
    session.execute(update(PersonRow).where(PersonRow.id == person.id).values(**_columns(person)))


def find_person(session: Session, public_id: str) -> Person | None:
    """Return the person of that public id, or whom they were put together with, or None."""
    row = session.scalar(select(PersonRow).where(PersonRow.public_id == public_id))
    if row is not None and row.merged_into_id is not None:
        row = session.get(PersonRow, row.merged_into_id)
    return to_person(row) if row else None


def merge_person(session: Session, person_id: PersonId, *, into: PersonId) -> None:
    """Make the private link of one person open another, who is the same human being."""
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(merged_into_id=into))


def get_person(session: Session, person_id: PersonId) -> Person:
    """Return the person, or raise NotFound."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound
    return to_person(row)


def lock_people(session: Session, *person_ids: PersonId) -> None:
    """Make other transactions about these people wait for this one, whichever way round."""
    session.execute(
        select(PersonRow.id)
        .where(PersonRow.id.in_(person_ids))
        .order_by(PersonRow.id)
        .with_for_update()
    ).all()


def remove_person(session: Session, person_id: PersonId) -> None:
    """Delete a person and all that hangs on them; other people's contacts only lose the link."""
    row = session.get(PersonRow, person_id)
    if row is not None:
        session.delete(row)
        session.flush()


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


def add_code(session: Session, person_id: PersonId, code: str, *, kind: str, now: datetime) -> None:
    """Give a person a new code."""
    session.add(CardCodeRow(code=code, person_id=person_id, kind=kind, created_at=now))
    session.flush()


def revoke_codes(session: Session, person_id: PersonId, *, now: datetime) -> None:
    """End all codes of a person."""
    session.execute(
        update(CardCodeRow)
        .where(CardCodeRow.person_id == person_id, CardCodeRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def find_person_by_code(session: Session, code: str) -> Person | None:
    """Return whose card an unrevoked code opens, or None."""
    row = session.scalar(
        select(PersonRow)
        .join(CardCodeRow, CardCodeRow.person_id == PersonRow.id)
        .where(CardCodeRow.code == code, CardCodeRow.revoked_at.is_(None))
    )
    return to_person(row) if row else None


def to_person(row: PersonRow) -> Person:
    """Return the frozen value of a row (for the other files of this room)."""
    return Person(
        id=PersonId(row.id),
        public_id=PublicId(row.public_id),
        business=CardFields.from_dict(row.business),
        personal=CardFields.from_dict(row.personal),
        language=row.language,
        country=row.country,
        key_version=row.key_version,
        serves=row.serves,
        decides=row.decides,
        sets_apart=row.sets_apart,
    )


def _columns(person: Person) -> dict[str, object]:
    return {
        "business": person.business.to_dict(),
        "personal": person.personal.to_dict(),
        "language": person.language,
        "country": person.country,
        "key_version": person.key_version,
        "serves": person.serves,
        "decides": person.decides,
        "sets_apart": person.sets_apart,
    }
