"""Introductions: a third person brings two together, each of whom agrees first."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class IntroductionRow(Base):
    """Who brings two together, and why; ``made_at`` is set once both agreed."""

    __tablename__ = "introductions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    introducer_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(600))
    client_key: Mapped[str | None] = mapped_column(String(64))
    proposed_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("introducer_id", "client_key"),
        Index("ix_introductions_event_id", "event_id"),
    )


class IntroducedRow(Base):
    """One of the two, what they answered, and later what came of it."""

    __tablename__ = "introduced"

    introduction_id: Mapped[int] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    answer: Mapped[str] = mapped_column(String(12), default="")
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(300), default="")
    outcome_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_introduced_person_id", "person_id"),)


class IntroductionRequestRow(Base):
    """Somebody asks one of their contacts to introduce them to somebody."""

    __tablename__ = "introduction_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    wanted: Mapped[str] = mapped_column(String(600))
    asked_at: Mapped[datetime]
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey("introductions.id", ondelete="SET NULL")
    )
    set_aside_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_introduction_requests_from_id", "from_id"),
        Index("ix_introduction_requests_to_id", "to_id"),
    )
