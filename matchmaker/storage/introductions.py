"""Introductions in the database."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import EventId, PersonId, PublicId
from matchmaker.people.introduction import Answer, Introduction, Side
from matchmaker.storage.tables import IntroducedRow, IntroductionRow


def add_introduction(
    session: Session, introduction: Introduction, *, client_key: str | None
) -> None:
    """Store a new introduction with its two sides."""
    row = IntroductionRow(
        public_id=introduction.public_id,
        introducer_id=introduction.introducer,
        event_id=introduction.event_id,
        reason=introduction.reason,
        client_key=client_key,
        proposed_at=introduction.proposed_at,
    )
    session.add(row)
    session.flush()
    session.add_all(
        IntroducedRow(introduction_id=row.id, person_id=side.person, **_columns(side))
        for side in introduction.sides
    )
    session.flush()


def save_introduction(session: Session, introduction: Introduction) -> None:
    """Store what changed about an introduction."""
    row_id = session.scalars(
        select(IntroductionRow.id).where(IntroductionRow.public_id == introduction.public_id)
    ).one()
    session.execute(
        update(IntroductionRow)
        .where(IntroductionRow.id == row_id)
        .values(made_at=introduction.made_at, withdrawn_at=introduction.withdrawn_at)
    )
    for side in introduction.sides:
        session.execute(
            update(IntroducedRow)
            .where(IntroducedRow.introduction_id == row_id, IntroducedRow.person_id == side.person)
            .values(**_columns(side))
        )


def find_introduction(session: Session, public_id: str) -> Introduction | None:
    """Return the introduction of that public id, or None; the caller says who may see it."""
    found = _all(session, IntroductionRow.public_id == public_id)
    return found[0] if found else None


def find_by_key(session: Session, introducer: PersonId, client_key: str) -> Introduction | None:
    """Return what somebody proposed with that key of its form, or None."""
    found = _all(
        session,
        IntroductionRow.introducer_id == introducer,
        IntroductionRow.client_key == client_key,
    )
    return found[0] if found else None


def list_introductions(session: Session, person: PersonId) -> list[Introduction]:
    """Return the introductions in which somebody has a part, the latest first."""
    # A union, so that both ways are looked up by their index.
    mine = union(
        select(IntroductionRow.id).where(IntroductionRow.introducer_id == person),
        select(IntroducedRow.introduction_id).where(IntroducedRow.person_id == person),
    )
    return _all(session, IntroductionRow.id.in_(mine))


def list_open_between(
    session: Session, introducer: PersonId, pair: Collection[PersonId]
) -> list[Introduction]:
    """Return what somebody proposed to these two that was neither made nor taken back."""
    mine = _all(
        session,
        IntroductionRow.introducer_id == introducer,
        IntroductionRow.made_at.is_(None),
        IntroductionRow.withdrawn_at.is_(None),
    )
    return [one for one in mine if {side.person for side in one.sides} == set(pair)]


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Delete every introduction in which somebody has a part."""
    theirs = select(IntroducedRow.introduction_id).where(IntroducedRow.person_id == person)
    session.execute(
        delete(IntroductionRow).where(
            (IntroductionRow.introducer_id == person) | IntroductionRow.id.in_(theirs)
        )
    )


def _all(session: Session, *conditions: Any) -> list[Introduction]:
    query = (
        select(IntroductionRow, IntroducedRow)
        .join(IntroducedRow, IntroducedRow.introduction_id == IntroductionRow.id)
        .where(*conditions)
        .order_by(IntroductionRow.id.desc(), IntroducedRow.person_id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, tuple[IntroductionRow, list[IntroducedRow]]] = {}
    for row, introduced in session.execute(query):
        found.setdefault(row.id, (row, []))[1].append(introduced)
    # Where one of the two was deleted there is nobody left to bring together.
    return [_to_introduction(row, sides) for row, sides in found.values() if len(sides) == 2]


def _columns(side: Side) -> dict[str, Any]:
    return {
        "answer": side.answer,
        "answered_at": side.answered_at,
        "outcome": side.outcome,
        "outcome_at": side.outcome_at,
        "thanked_at": side.thanked_at,
    }


def _to_introduction(row: IntroductionRow, sides: Sequence[IntroducedRow]) -> Introduction:
    first, second = (_to_side(side) for side in sides)
    return Introduction(
        public_id=PublicId(row.public_id),
        introducer=PersonId(row.introducer_id),
        sides=(first, second),
        reason=row.reason,
        proposed_at=row.proposed_at,
        event_id=EventId(row.event_id) if row.event_id is not None else None,
        made_at=row.made_at,
        withdrawn_at=row.withdrawn_at,
    )


def _to_side(row: IntroducedRow) -> Side:
    return Side(
        person=PersonId(row.person_id),
        answer=Answer(row.answer),
        answered_at=row.answered_at,
        outcome=row.outcome,
        outcome_at=row.outcome_at,
        thanked_at=row.thanked_at,
    )
