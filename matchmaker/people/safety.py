"""Blocks and reports: who wants nothing to do with whom, and what the organizer was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from matchmaker.people.ids import EventId, PersonId, PublicId

REPORT_LIMIT: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Block:
    """One person whom somebody blocked; only the one who did knows of it."""

    person: PersonId
    public_id: PublicId
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one attendee told the organizer about another; the reported never sees it."""

    public_id: PublicId
    event_id: EventId
    reporter: PersonId
    reported: PersonId
    words: str
    at: datetime
    handled_at: datetime | None = None
