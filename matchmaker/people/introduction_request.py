"""The wish to be introduced: somebody asks one of their contacts, and is never told of a no."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.introduction import LASTS


@dataclass(frozen=True, kw_only=True)
class IntroductionRequest:
    """Somebody asks one of their contacts to introduce them to somebody.

    It closes quietly; whether it was set aside, only the one who was asked ever knows::

        asked ── set aside ─▶ set aside ── introduce ─▶ answered (final)
          ├───── introduce ───────────────────────────▶ answered
          └───── fourteen days ─▶ closed (final)
    """

    public_id: PublicId
    asker: PersonId
    asked: PersonId
    wanted: str
    asked_at: datetime
    is_answered: bool = False
    set_aside_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Return whether it may still be answered."""
        return not self.is_answered and now - self.asked_at < LASTS

    def waits(self, now: datetime) -> bool:
        """Return whether the one who was asked has yet to do anything about it."""
        return self.is_open(now) and self.set_aside_at is None
