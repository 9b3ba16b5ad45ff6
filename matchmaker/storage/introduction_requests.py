"""Who asked which of their contacts for an introduction."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.introduction_request import IntroductionRequest
from matchmaker.storage.tables import IntroductionRequestRow, IntroductionRow


def add_request(session: Session, request: IntroductionRequest) -> None:
    """Store a new wish to be introduced."""
    session.add(
        IntroductionRequestRow(
            public_id=request.public_id,
            from_id=request.asker,
            to_id=request.asked,
            wanted=request.wanted,
            asked_at=request.asked_at,
        )
    )
    session.flush()


def find_request(session: Session, public_id: str) -> IntroductionRequest | None:
    """Return the wish of that public id, or None; the caller says who may see it."""
    found = _all(session, IntroductionRequestRow.public_id == public_id)
    return found[0] if found else None


def list_requests(session: Session, person: PersonId) -> list[IntroductionRequest]:
    """Return the wishes that somebody sent or was sent, the latest first."""
    return _all(
        session,
        (IntroductionRequestRow.from_id == person) | (IntroductionRequestRow.to_id == person),
    )


def list_requests_between(
    session: Session, asker: PersonId, asked: PersonId
) -> list[IntroductionRequest]:
    """Return what somebody has asked of one contact, the latest first."""
    return _all(
        session, IntroductionRequestRow.from_id == asker, IntroductionRequestRow.to_id == asked
    )


def set_aside(session: Session, request: IntroductionRequest, *, at: datetime) -> None:
    """Note that the one who was asked set a wish aside."""
    _change(session, request, set_aside_at=at)


def set_answered(session: Session, request: IntroductionRequest, introduction: PublicId) -> None:
    """Note which introduction came of a wish."""
    row_id = session.scalar(
        select(IntroductionRow.id).where(IntroductionRow.public_id == introduction)
    )
    _change(session, request, introduction_id=row_id)


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Delete what somebody asked of others, and what others asked of them."""
    session.execute(
        delete(IntroductionRequestRow).where(
            (IntroductionRequestRow.from_id == person) | (IntroductionRequestRow.to_id == person)
        )
    )


def _change(session: Session, request: IntroductionRequest, **values: Any) -> None:
    session.execute(
        update(IntroductionRequestRow)
        .where(IntroductionRequestRow.public_id == request.public_id)
        .values(**values)
    )


def _all(session: Session, *conditions: Any) -> list[IntroductionRequest]:
    rows = session.scalars(
        select(IntroductionRequestRow)
        .where(*conditions)
        .order_by(IntroductionRequestRow.id.desc())
        .execution_options(populate_existing=True)
    )
    return [_to_request(row) for row in rows]


def _to_request(row: IntroductionRequestRow) -> IntroductionRequest:
    return IntroductionRequest(
        public_id=PublicId(row.public_id),
        asker=PersonId(row.from_id),
        asked=PersonId(row.to_id),
        wanted=row.wanted,
        asked_at=row.asked_at,
        is_answered=row.introduction_id is not None,
        set_aside_at=row.set_aside_at,
    )
