"""People's small photos."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.person import Person
from matchmaker.storage.people import to_person
from matchmaker.storage.tables import PersonRow, PhotoRow


def save_photo(
    session: Session, person_id: PersonId, jpeg: bytes, *, public_id: PublicId, now: datetime
) -> None:
    """Store a person's photo in place of the one before."""
    remove_photo(session, person_id)
    session.add(PhotoRow(person_id=person_id, public_id=public_id, jpeg=jpeg, added_at=now))
    session.flush()


def find_photo_id(session: Session, person_id: PersonId) -> PublicId | None:
    """Return the public id of a person's stored photo, whether anybody sees it or not."""
    found = session.scalar(select(PhotoRow.public_id).where(PhotoRow.person_id == person_id))
    return PublicId(found) if found else None


def find_photo_owner(session: Session, public_id: str) -> Person | None:
    """Return whose stored photo this is, or None."""
    row = session.scalar(
        select(PersonRow)
        .join(PhotoRow, PhotoRow.person_id == PersonRow.id)
        .where(PhotoRow.public_id == public_id)
    )
    return to_person(row) if row else None


def find_jpeg(session: Session, public_id: str) -> bytes | None:
    """Return a stored photo as a JPEG, or None; who may see it is for the caller to ask."""
    return session.scalar(select(PhotoRow.jpeg).where(PhotoRow.public_id == public_id))


def remove_photo(session: Session, person_id: PersonId) -> None:
    """Delete a person's photo."""
    session.execute(delete(PhotoRow).where(PhotoRow.person_id == person_id))
    session.flush()
