"""Who wants nothing to do with whom, and what was reported to the organizer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class BlockRow(Base):
    """One person blocks another; the two never meet through us, and nobody is told."""

    __tablename__ = "blocks"

    blocker_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    blocked_at: Mapped[datetime]

    __table_args__ = (Index("ix_blocks_blocked_id", "blocked_id"),)


class ReportRow(Base):
    """What somebody told the organizer about another's conduct."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    reported_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(1000))
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    reported_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_reports_event_id", "event_id"),
        Index("ix_reports_reporter_id", "reporter_id"),
        Index("ix_reports_reported_id", "reported_id"),
    )
