"""Plans, and the suggestions they place."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class PlanRow(Base):
    """What one run of the matching was made from."""

    __tablename__ = "plans"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    encoder: Mapped[str] = mapped_column(String(40))
    people: Mapped[int]
    made_at: Mapped[datetime]
    unanswered: Mapped[list[Any]] = mapped_column(JSON)


class SuggestionRow(Base):
    """One place on one list, with its reasons and what became of it.

    ``bridge`` names what the suggestion leans on where it is not the offer itself.
    """

    __tablename__ = "suggestions"

    to_id: Mapped[int] = mapped_column(
        ForeignKey("attendees.id", ondelete="CASCADE"), primary_key=True
    )
    about_id: Mapped[int] = mapped_column(
        ForeignKey("attendees.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    score: Mapped[float] = mapped_column(default=0.0)
    give: Mapped[float] = mapped_column(default=0.0)
    get: Mapped[float] = mapped_column(default=0.0)
    shares_language: Mapped[bool] = mapped_column(default=True)
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan_number: Mapped[int] = mapped_column(default=0)
    provisional: Mapped[bool] = mapped_column(default=False)
    bridge: Mapped[str] = mapped_column(String(12), default="")
    placed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_suggestions_event_id", "event_id"),
        Index("ix_suggestions_about_id", "about_id"),
    )
