"""Circles of three, and the rounds that seat a room."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class CircleRow(Base):
    """Three attendees of whom each gives to the next; closed once it is over or one is not free."""

    __tablename__ = "circles"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    starts_at: Mapped[datetime | None]
    table_number: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_circles_event_id", "event_id"),)


class CircleSeatRow(Base):
    """One of the three: ``position`` n gives to n + 1, and the last to the first.

    ``gives`` keeps how well, and which words matched.
    """

    __tablename__ = "circle_seats"

    circle_id: Mapped[int] = mapped_column(
        ForeignKey("circles.id", ondelete="CASCADE"), primary_key=True
    )
    attendee_id: Mapped[int] = mapped_column(
        ForeignKey("attendees.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]
    answer: Mapped[str] = mapped_column(String(12), default="")
    answered_at: Mapped[datetime | None]
    gives: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (
        UniqueConstraint("circle_id", "position"),
        Index("ix_circle_seats_attendee_id", "attendee_id"),
    )


class RoundRow(Base):
    """One timed seating of the room; ``seated_at`` is set when its tables are drawn up."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    table_size: Mapped[int] = mapped_column(default=2)
    seated_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("event_id", "number"),)


class SeatRow(Base):
    """Who sits where in a round; ``company`` keeps whom they sit with, and why."""

    __tablename__ = "seats"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    attendee_id: Mapped[int] = mapped_column(
        ForeignKey("attendees.id", ondelete="CASCADE"), primary_key=True
    )
    table_number: Mapped[int]
    company: Mapped[list[Any]] = mapped_column(JSON)

    __table_args__ = (Index("ix_seats_attendee_id", "attendee_id"),)
