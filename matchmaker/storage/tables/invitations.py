"""Invitations, the meetings that come of them, and where people can meet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class InvitationRow(Base):
    """One attendee would like to meet another, and says what they can give.

    ``answer`` is empty until the receiver tapped; only acceptance is ever shown to the sender.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    from_id: Mapped[int] = mapped_column(ForeignKey("attendees.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("attendees.id", ondelete="CASCADE"))
    note: Mapped[str] = mapped_column(String(600), default="")
    sent_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        Index("ix_invitations_to_id", "to_id"),
        Index("ix_invitations_event_id", "event_id"),
    )


class MeetingRow(Base):
    """Both want to meet; ``low_id`` is the smaller of the two attendees' ids."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    low_id: Mapped[int] = mapped_column(ForeignKey("attendees.id", ondelete="CASCADE"))
    high_id: Mapped[int] = mapped_column(ForeignKey("attendees.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(160), default="")
    at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendees.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        Index("ix_meetings_event_id", "event_id"),
        Index("ix_meetings_high_id", "high_id"),
    )


class MeetingOutcomeRow(Base):
    """What one of the two said after a meeting; nobody else ever sees it."""

    __tablename__ = "meeting_outcomes"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    attendee_id: Mapped[int] = mapped_column(
        ForeignKey("attendees.id", ondelete="CASCADE"), primary_key=True
    )
    could_help: Mapped[bool]
    could_be_helped: Mapped[bool]
    said_at: Mapped[datetime]


class MeetingPointRow(Base):
    """A place that the organizer named for meeting."""

    __tablename__ = "meeting_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("event_id", "name"),)


class BreakRow(Base):
    """A pause in the programme, in which people meet."""

    __tablename__ = "breaks"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("event_id", "starts_at"),)
