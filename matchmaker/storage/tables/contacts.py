"""Exchanges, the contacts they leave, and what was promised."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class ExchangeRow(Base):
    """Two cards swapped, once per pair; ``low_id`` is the smaller of the two ids.

    ``told_at`` is when the one whose card was scanned saw of it. ``client_key`` is that of the
    scan, so that a late repetition of an undone one stays undone.
    """

    __tablename__ = "exchanges"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    low_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    high_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    scanner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    client_key: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        Index("ix_exchanges_event_id", "event_id"),
    )


class ContactRow(Base):
    """One person's own entry on another: the fields that were given, and their own words.

    ``boundary`` says which side of the owner's card the other sees. ``greet_from`` is when the
    owner put a greeting off to; ``helps_both`` is set where
    the owner said that each could help the other.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    met_at: Mapped[datetime]
    event_name: Mapped[str] = mapped_column(String(200), default="")
    event_slug: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(2000), default="")
    could_give: Mapped[str] = mapped_column(String(600), default="")
    could_get: Mapped[str] = mapped_column(String(600), default="")
    client_key: Mapped[str | None] = mapped_column(String(64))
    boundary: Mapped[str] = mapped_column(String(8), default="business")
    rhythm: Mapped[str] = mapped_column(String(8), default="")
    greeted_at: Mapped[datetime | None]
    greet_from: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    helps_both: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("owner_id", "other_id"),
        UniqueConstraint("owner_id", "client_key"),
    )


class PromiseRow(Base):
    """What the owner of a contact said they would send or do."""

    __tablename__ = "promises"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    text: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime]
    due_on: Mapped[date | None]
    kept_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_promises_contact_id", "contact_id"),)


class ConnectionRequestRow(Base):
    """Somebody read a badge or heard a code and asks to exchange cards."""

    __tablename__ = "connection_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    via: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        Index("ix_connection_requests_to_id", "to_id"),
        Index("ix_connection_requests_event_id", "event_id"),
    )
