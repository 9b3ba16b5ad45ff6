"""Attendees: people at an event."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class AttendeeRow(Base):
    """A person at one event. A removed row stays as a tombstone without its texts."""

    __tablename__ = "attendees"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    offer: Mapped[str] = mapped_column(String(600), default="")
    need: Mapped[str] = mapped_column(String(600), default="")
    can_introduce: Mapped[str] = mapped_column(String(600), default="")
    spot: Mapped[str] = mapped_column(String(160), default="")
    speaks: Mapped[str] = mapped_column(String(80), default="")
    wish: Mapped[int] = mapped_column(default=5)
    welcomes_newcomers: Mapped[bool] = mapped_column(default=False)
    hosts_table: Mapped[bool] = mapped_column(default=False)
    meets_own_organization: Mapped[bool] = mapped_column(default=False)
    wants_mail: Mapped[bool] = mapped_column(default=False)
    ticket: Mapped[str | None] = mapped_column(String(120))
    imported_as: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    email_key: Mapped[str | None] = mapped_column(String(320))
    client_key: Mapped[str | None] = mapped_column(String(64))
    joined_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    here_since: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    shadowed: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        UniqueConstraint("event_id", "ticket"),
        UniqueConstraint("event_id", "client_key"),
        Index("ix_attendees_event_id_revision", "event_id", "revision"),
        Index("ix_attendees_event_id_email_key", "event_id", "email_key"),
        Index("ix_attendees_person_id", "person_id"),
    )
