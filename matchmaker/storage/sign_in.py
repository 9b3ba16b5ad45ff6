"""Organizers, their one-time links, and the desk's one-use codes; secrets only as hashes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId, OrganizerId
from matchmaker.storage.tables import (
    DeskCodeRow,
    EventOrganizerRow,
    OrganizerRow,
    SignInLinkRow,
)


class OrganizerRole(StrEnum):
    """An organizer's part in one event: a helper works the desk, an owner reads the report."""

    OWNER = "owner"
    HELPER = "helper"


@dataclass(frozen=True, kw_only=True)
class Organizer:
    """Somebody who runs events."""

    id: OrganizerId
    email: str


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_organizer(session: Session, email: str) -> Organizer | None:
    """Return the organizer with that address (compared without case), or None."""
    row = session.scalar(select(OrganizerRow).where(OrganizerRow.email == email.casefold()))
    return Organizer(id=OrganizerId(row.id), email=row.email) if row else None


def get_or_add_organizer(session: Session, email: str, *, now: datetime) -> Organizer:
    """Return the organizer with that address, made now if new."""
    known = find_organizer(session, email)
    if known:
        return known
    row = OrganizerRow(email=email.casefold(), created_at=now)
    session.add(row)
    session.flush()
    return Organizer(id=OrganizerId(row.id), email=row.email)


def set_part(
    session: Session, event_id: EventId, organizer: OrganizerId, role: OrganizerRole
) -> None:
    """Give an organizer a part in an event."""
    row = session.get(EventOrganizerRow, (event_id, organizer))
    if row is None:
        session.add(EventOrganizerRow(event_id=event_id, organizer_id=organizer, role=role))
    else:
        row.role = role
    session.flush()


def list_parts(session: Session, organizer: OrganizerId) -> dict[EventId, OrganizerRole]:
    """Return an organizer's part in each of their events."""
    rows = session.execute(
        select(EventOrganizerRow.event_id, EventOrganizerRow.role).where(
            EventOrganizerRow.organizer_id == organizer
        )
    )
    return {EventId(event_id): OrganizerRole(role) for event_id, role in rows}


def add_link(session: Session, organizer: OrganizerId, token: str, *, expires_at: datetime) -> None:
    """Store a one-time link's hash."""
    session.add(
        SignInLinkRow(token_hash=hash_secret(token), organizer_id=organizer, expires_at=expires_at)
    )
    session.flush()


def find_link_owner(session: Session, token: str, *, now: datetime) -> str | None:
    """Return the address of whom a one-time link would sign in, or None if it is used up."""
    return session.scalar(
        select(OrganizerRow.email)
        .join(SignInLinkRow, SignInLinkRow.organizer_id == OrganizerRow.id)
        .where(
            SignInLinkRow.token_hash == hash_secret(token),
            SignInLinkRow.used_at.is_(None),
            SignInLinkRow.expires_at > now,
        )
    )


def use_link(session: Session, token: str, *, now: datetime) -> OrganizerId | None:
    """Use a one-time link up and return whose it is; None if used, unknown or too old."""
    owner = session.scalar(
        update(SignInLinkRow)
        .where(
            SignInLinkRow.token_hash == hash_secret(token),
            SignInLinkRow.used_at.is_(None),
            SignInLinkRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInLinkRow.organizer_id)
    )
    return OrganizerId(owner) if owner is not None else None


def add_desk_code(
    session: Session, attendee: AttendeeId, code: str, *, expires_at: datetime
) -> None:
    """Store a desk code's hash; the attendee's earlier unused codes end."""
    for row in session.scalars(
        select(DeskCodeRow).where(
            DeskCodeRow.attendee_id == attendee, DeskCodeRow.used_at.is_(None)
        )
    ):
        session.delete(row)
    session.add(
        DeskCodeRow(code_hash=hash_secret(code), attendee_id=attendee, expires_at=expires_at)
    )
    session.flush()


def use_desk_code(session: Session, code: str, *, now: datetime) -> AttendeeId | None:
    """Use a desk code up and return whose it is; None if used, unknown or too old."""
    owner = session.scalar(
        update(DeskCodeRow)
        .where(
            DeskCodeRow.code_hash == hash_secret(code),
            DeskCodeRow.used_at.is_(None),
            DeskCodeRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(DeskCodeRow.attendee_id)
    )
    return AttendeeId(owner) if owner is not None else None
