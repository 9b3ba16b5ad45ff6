"""An event: one gathering, its time, place, languages and rules."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from matchmaker.people.ids import EventId

LANGUAGES: Final = ("en", "vi", "it", "he")
"""Languages the interface speaks and the matching reads, as ISO 639-1 codes."""


class Phase(StrEnum):
    """Where an event stands at a moment."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One gathering. Times are aware and in UTC; ``country`` is ISO 3166 alpha-2."""

    id: EventId
    slug: str
    name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    venue: str = ""
    country: str = ""
    languages: tuple[str, ...] = LANGUAGES
    is_sample: bool = False
    wifi_name: str = ""
    wifi_password: str = ""
    revision: int = 0
    plan_number: int = 0

    def phase(self, now: datetime) -> Phase:
        """Return where the event stands at ``now``."""
        if now < self.starts_at:
            return Phase.BEFORE
        return Phase.DURING if now < self.ends_at else Phase.AFTER

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` on the clock of the event's place."""
        return moment.astimezone(ZoneInfo(self.time_zone))
