"""An exchange: two cards swapped, once per pair, and for a few minutes it can be undone."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from matchmaker.people.ids import EventId, PersonId

UNDO_FOR: Final = timedelta(minutes=10)
"""How long either side may undo an exchange, by the server's clock."""

_MARK_OCTETS: Final = 9
_KEYS_LIMIT: Final = 64


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Two cards swapped at a moment; ``low`` is the smaller of the two ids.

    ``scanner`` is who scanned, the other one showed; None once they are gone. ``keys`` holds
    marks of the scans that led to it, so that a late repetition is known again. ``told_at`` is
    when the one who showed saw of it.
    """

    low: PersonId
    high: PersonId
    at: datetime
    event_id: EventId | None = None
    scanner: PersonId | None = None
    keys: str = ""
    told_at: datetime | None = None
    undone_at: datetime | None = None

    def can_be_undone(self, now: datetime) -> bool:
        """Return whether either side may still undo it at ``now``."""
        return self.undone_at is None and now - self.at < UNDO_FOR

    def knows(self, client_key: str) -> bool:
        """Return whether a scan with that key led to this exchange or to an undone one before."""
        return bool(client_key) and _mark(client_key) in self.keys.split()


def add_key(keys: str, client_key: str) -> str:
    """Return marks with that of one more scan, the latest first; the oldest make room."""
    if not client_key:
        return keys
    mark = _mark(client_key)
    room = _KEYS_LIMIT // (len(mark) + 1)
    return " ".join([mark, *(known for known in keys.split() if known != mark)][:room])


def _mark(client_key: str) -> str:
    digest = hashlib.sha256(client_key.encode()).digest()
    return urlsafe_b64encode(digest[:_MARK_OCTETS]).decode()
