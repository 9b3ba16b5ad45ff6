"""An attendee: a person at one event, with what they offer and what they need."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import AttendeeId, EventId, PublicId
from matchmaker.people.person import Person

TEXT_LIMIT: Final = 600
NAME_LIMIT: Final = 120
LINE_LIMIT: Final = 160
DEFAULT_WISH: Final = 5
WISHES: Final = range(1, 21)
LIST_SIZE: Final = 5
"""How many suggestions stand on a list at once: few and deep."""


class Presence(StrEnum):
    """Where an attendee is, as others may know it."""

    COMING = "coming"
    HERE = "here"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """A person at one event.

    ``confirmed_at`` is when somebody agreed to be suggested: None for an imported row until its
    owner opens their link or agrees at the desk, or the file says they did. ``claimed_at`` is when
    its owner took the row over. ``shadowed`` marks an unclaimed row while somebody's join claims
    the same e-mail.
    """

    id: AttendeeId
    public_id: PublicId
    event_id: EventId
    person: Person
    offer: str = ""
    need: str = ""
    can_introduce: str = ""
    spot: str = ""
    speaks: tuple[str, ...] = ()
    wish: int = DEFAULT_WISH
    welcomes_newcomers: bool = False
    hosts_table: bool = False
    meets_own_organization: bool = False
    wants_mail: bool = False
    ticket: str = ""
    joined_at: datetime | None = None
    confirmed_at: datetime | None = None
    claimed_at: datetime | None = None
    here_since: datetime | None = None
    left_at: datetime | None = None
    hidden_at: datetime | None = None
    shadowed: bool = False

    @property
    def name(self) -> str:
        """The name as its owner wrote it; may be empty."""
        return self.person.name

    @property
    def presence(self) -> Presence:
        """Where the attendee is now."""
        if self.here_since is None:
            return Presence.COMING
        return Presence.LEFT if self.left_at else Presence.HERE

    @property
    def is_listed(self) -> bool:
        """Whether the attendee agreed to be suggested and has not hidden."""
        return self.confirmed_at is not None and self.hidden_at is None and not self.shadowed

    @property
    def is_host(self) -> bool:
        """Whether they offered to welcome newcomers or to host a table."""
        return self.welcomes_newcomers or self.hosts_table

    def can_be_met(self, event: Event, now: datetime) -> bool:
        """Return whether others may be sent to this attendee at ``now``.

        Before the event everybody who is listed; while it runs only those who are here.
        """
        if not self.is_listed:
            return False
        if event.phase(now) is Phase.BEFORE:
            return self.presence is not Presence.LEFT
        return self.presence is Presence.HERE
