"""Events."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class EventRow(Base):
    """One gathering. ``revision`` rises with every match-relevant write."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(64))
    venue: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    languages: Mapped[str] = mapped_column(String(80), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    wifi_name: Mapped[str] = mapped_column(String(64), default="")
    wifi_password: Mapped[str] = mapped_column(String(128), default="")
    revision: Mapped[int] = mapped_column(default=0)
    plan_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
