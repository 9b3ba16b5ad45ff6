"""People, the codes on their cards, and the desk's one-use codes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class PersonRow(Base):
    """Someone with a card; both sides are kept as the fields they hold.

    ``hidden_fields`` names, per side, the fields that its owner does not show. ``feed_version``
    is the version of the calendar feed's secret address: 0 before the first, negative while it
    is switched off, so that an old address never works again.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    business: Mapped[dict[str, Any]] = mapped_column(JSON)
    personal: Mapped[dict[str, Any]] = mapped_column(JSON)
    hidden_fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    badge_is_enough: Mapped[bool] = mapped_column(default=False)
    may_be_introduced: Mapped[bool] = mapped_column(default=False)
    feed_version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(8))
    country: Mapped[str] = mapped_column(String(2), default="")
    key_version: Mapped[int] = mapped_column(default=1)
    serves: Mapped[str] = mapped_column(String(200), default="")
    decides: Mapped[str] = mapped_column(String(200), default="")
    sets_apart: Mapped[str] = mapped_column(String(200), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class CardCodeRow(Base):
    """A code that opens a person's card until it is revoked."""

    __tablename__ = "card_codes"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_card_codes_person_id", "person_id"),)


class PhotoRow(Base):
    """A person's small photo, as the JPEG that this server made of it."""

    __tablename__ = "photos"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime]


class SpokenCodeRow(Base):
    """Six characters that one attendee may say to another of the same event for ten minutes."""

    __tablename__ = "spoken_codes"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]

    __table_args__ = (Index("ix_spoken_codes_person_id", "person_id"),)


class DeskCodeRow(Base):
    """A one-use code by which a helper's desk lets an attendee in; only its hash is kept."""

    __tablename__ = "desk_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendees.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
