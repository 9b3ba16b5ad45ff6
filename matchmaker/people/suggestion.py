"""A suggestion: someone to meet, with the reason in each direction."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matchmaker.people.attendee import Attendee
from matchmaker.people.bands import Band, band_of, is_mutual
from matchmaker.people.ids import AttendeeId, PublicId


class Standing(StrEnum):
    """Where a suggestion stands with the one who sees it."""

    OPEN = "open"
    WANTED = "wanted"
    CLOSED = "closed"
    MET = "met"
    DISMISSED = "dismissed"


class Bridge(StrEnum):
    """What a suggestion leans on where what they offer is no answer to what I look for."""

    NONE = ""
    INTRODUCES = "introduces"
    """They can introduce me to what I look for."""
    NEAR = "near"
    """They are close to the people I look for; nothing better is in the room."""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A person's own words with the parts that matched, as (start, stop) ranges of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in order as (piece, is marked)."""
        found: list[tuple[str, bool]] = []
        at = 0
        for start, stop in self.marks:
            if start > at:
                found.append((self.text[at:start], False))
            found.append((self.text[start:stop], True))
            at = stop
        if at < len(self.text):
            found.append((self.text[at:], False))
        return found


@dataclass(frozen=True, kw_only=True)
class Direction:
    """One way of a match: what the giver offers against what the taker needs."""

    affinity: float
    offer: Marked
    need: Marked
    concepts: tuple[str, ...] = ()

    @property
    def band(self) -> Band:
        """How strong this direction is."""
        return band_of(self.affinity)


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """A scored place in a plan: who is suggested to whom."""

    to: AttendeeId
    about: AttendeeId
    score: float
    give: float
    get: float
    shares_language: bool = True
    provisional: bool = False
    bridge: Bridge = Bridge.NONE

    @property
    def is_mutual(self) -> bool:
        """Whether both directions reach the lowest band."""
        return is_mutual(self.give, self.get)

    @property
    def band(self) -> Band:
        """How strong the pair is: as its weaker side, or its only side if one-way."""
        return band_of(min(self.give, self.get) if self.is_mutual else max(self.give, self.get))


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Someone to meet as one attendee sees them: what I can give first, then what I may get.

    ``phrase`` quotes their own words, from the text that ``phrase_of`` names (offer or need).
    ``invitation`` is theirs that waits for an answer; ``meeting`` the one that both want.
    """

    pairing: Pairing
    about: Attendee
    give: Direction
    get: Direction
    phrase: str
    phrase_of: str
    standing: Standing = Standing.OPEN
    invitation: PublicId | None = None
    meeting: PublicId | None = None
    first_seen_at: datetime | None = None

    @property
    def wants_me(self) -> bool:
        """Whether they would like to meet, as far as one may know."""
        return self.invitation is not None or self.both_want

    @property
    def both_want(self) -> bool:
        """Whether both would like to meet."""
        return self.meeting is not None
