"""What mails a person had and which they no longer want."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.storage.tables.base import Base


class SentMailRow(Base):
    """A mail of a kind that a person gets once per occasion: an event, or a week.

    A reminder's row of the occasion ``asked`` is the person's own wish to be reminded.
    """

    __tablename__ = "sent_mails"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(80), primary_key=True)
    queued_at: Mapped[datetime]


class MailStopRow(Base):
    """A kind of mail that a person unsubscribed from."""

    __tablename__ = "mail_stops"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    stopped_at: Mapped[datetime]
