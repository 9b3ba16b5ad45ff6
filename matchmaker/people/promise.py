"""A promise: what somebody said they would do for a contact, and by when."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from matchmaker.people.ids import PUBLIC_ID_BYTES, PublicId

PROMISE_LIMIT: Final = 160
PUT_OFF_BY: Final = timedelta(days=7)
_LATEST: Final = timedelta(days=5 * 366)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One line of a person's own on what they said they would do; ``due_on`` may be missing.

    It is open until it was kept or dropped.
    """

    public_id: PublicId
    text: str
    made_at: datetime
    due_on: date | None = None
    kept_at: datetime | None = None
    dropped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be kept."""
        return self.kept_at is None and self.dropped_at is None

    def day(self, zone: tzinfo) -> date:
        """Return the day it is due: the one that was named, else the one after it was made."""
        return self.due_on or self.made_at.astimezone(zone).date() + timedelta(days=1)


def is_possible_day(day: date, *, today: date) -> bool:
    """Return whether something can be promised for ``day``: from today on, for five years."""
    return today <= day <= today + _LATEST


def promise_id(owner_and_contact: str, client_key: str) -> PublicId:
    """Return the public id of a promise sent with that key of its form, for one contact.

    The same form sent twice names the same promise; nobody can guess it without the key.
    """
    digest = hashlib.sha256(f"promise:{owner_and_contact}:{client_key}".encode()).digest()
    return PublicId(urlsafe_b64encode(digest[:PUBLIC_ID_BYTES]).rstrip(b"=").decode())
