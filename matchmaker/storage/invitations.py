"""Invitations in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId, PublicId
from matchmaker.people.invitation import Answer, Invitation
from matchmaker.storage.tables import InvitationRow


def add_invitation(session: Session, event_id: EventId, invitation: Invitation) -> None:
    """Store a new invitation; there is one from a sender to a receiver."""
    session.add(
        InvitationRow(
            public_id=invitation.public_id,
            event_id=event_id,
            from_id=invitation.sender,
            to_id=invitation.receiver,
            **_columns(invitation),
        )
    )
    session.flush()


def save_invitation(session: Session, invitation: Invitation) -> None:
    """Store what changed about an invitation."""
    session.execute(
        update(InvitationRow)
        .where(InvitationRow.public_id == invitation.public_id)
        .values(**_columns(invitation))
    )


def find_invitation(session: Session, event_id: EventId, public_id: str) -> Invitation | None:
    """Return the invitation of that public id at that event, or None."""
    found = _all(session, InvitationRow.event_id == event_id, InvitationRow.public_id == public_id)
    return found[0] if found else None


def find_between(session: Session, sender: AttendeeId, receiver: AttendeeId) -> Invitation | None:
    """Return the invitation of one attendee to another, or None."""
    found = _all(session, InvitationRow.from_id == sender, InvitationRow.to_id == receiver)
    return found[0] if found else None


def list_sent(session: Session, sender: AttendeeId) -> list[Invitation]:
    """Return the invitations that an attendee sent, the oldest first."""
    return _all(session, InvitationRow.from_id == sender)


def list_received(session: Session, receiver: AttendeeId) -> list[Invitation]:
    """Return the invitations that an attendee was sent, the oldest first."""
    return _all(session, InvitationRow.to_id == receiver)


def list_invitations(session: Session, event_id: EventId) -> list[Invitation]:
    """Return all invitations of an event, the oldest first."""
    return _all(session, InvitationRow.event_id == event_id)


def mark_seen(
    session: Session, receiver: AttendeeId, public_ids: Collection[str], *, now: datetime
) -> None:
    """Note that a receiver looked at invitations: their time runs from the first look."""
    session.execute(
        update(InvitationRow)
        .where(
            InvitationRow.to_id == receiver,
            InvitationRow.public_id.in_(public_ids),
            InvitationRow.seen_at.is_(None),
            InvitationRow.withdrawn_at.is_(None),
        )
        .values(seen_at=now)
    )


def remove_everything_of(session: Session, attendee: AttendeeId) -> None:
    """Delete what an attendee sent and was sent."""
    session.execute(
        delete(InvitationRow).where(
            (InvitationRow.from_id == attendee) | (InvitationRow.to_id == attendee)
        )
    )


def _all(session: Session, *conditions: Any) -> list[Invitation]:
    rows = session.scalars(
        select(InvitationRow)
        .where(*conditions)
        .order_by(InvitationRow.sent_at, InvitationRow.id)
        .execution_options(populate_existing=True)
    )
    return [_to_invitation(row) for row in rows]


def _columns(invitation: Invitation) -> dict[str, Any]:
    return {
        "note": invitation.note,
        "sent_at": invitation.sent_at,
        "seen_at": invitation.seen_at,
        "answer": invitation.answer.value,
        "answered_at": invitation.answered_at,
        "withdrawn_at": invitation.withdrawn_at,
    }


def _to_invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        public_id=PublicId(row.public_id),
        sender=AttendeeId(row.from_id),
        receiver=AttendeeId(row.to_id),
        note=row.note,
        sent_at=row.sent_at,
        seen_at=row.seen_at,
        answer=Answer(row.answer),
        answered_at=row.answered_at,
        withdrawn_at=row.withdrawn_at,
    )
