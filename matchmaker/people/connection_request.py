"""Somebody read a badge or heard a code and asks to exchange cards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matchmaker.people.ids import EventId, PersonId, PublicId


class Via(StrEnum):
    """How the asker came to the other."""

    BADGE = "badge"
    SPOKEN = "spoken"


@dataclass(frozen=True, kw_only=True)
class ConnectionRequest:
    """One person asks another to exchange cards.

    Only the one who is asked knows of ``declined_at``: to the asker it looks unanswered.
    """

    public_id: PublicId
    event_id: EventId | None
    asker: PersonId
    asked: PersonId
    via: Via
    asked_at: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether the one who is asked has not answered yet."""
        return self.accepted_at is None and self.declined_at is None
