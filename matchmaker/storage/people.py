"""People, with both sides of their cards."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.storage.tables import PersonRow


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


def to_person(row: PersonRow) -> Person:
    """Return the frozen value of a row (for the other files of this room)."""
    return Person(
        id=PersonId(row.id),
        public_id=PublicId(row.public_id),
        business=CardFields.from_dict(row.business),
        personal=CardFields.from_dict(row.personal),
        hidden_business=frozenset(row.hidden_fields.get("business", ())),
        hidden_personal=frozenset(row.hidden_fields.get("personal", ())),
        badge_is_enough=row.badge_is_enough,
        may_be_introduced=row.may_be_introduced,
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
        "hidden_fields": {
            "business": sorted(person.hidden_business),
            "personal": sorted(person.hidden_personal),
        },
        "badge_is_enough": person.badge_is_enough,
        "may_be_introduced": person.may_be_introduced,
        "language": person.language,
        "country": person.country,
        "key_version": person.key_version,
        "serves": person.serves,
        "decides": person.decides,
        "sets_apart": person.sets_apart,
    }
