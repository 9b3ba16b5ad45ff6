"""What the matching science reads about a person, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from matchmaker.people.ids import AttendeeId


class Role(StrEnum):
    """Which side of a meeting a text stands on."""

    OFFER = "offer"
    NEED = "need"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One attendee as the matcher sees them.

    ``language`` is the language of the form, a prior for the language of the texts; ``speaks``
    holds language codes the person can talk in (empty: not stated); ``wish`` is how many new
    people they want to meet.
    """

    id: AttendeeId
    offer: str
    need: str
    language: str = ""
    can_introduce: str = ""
    organization: str = ""
    speaks: frozenset[str] = frozenset()
    meets_own_organization: bool = False
    welcomes_newcomers: bool = False
    wish: int = 5

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was written on either side."""
        return not self.offer.strip() and not self.need.strip()


class Recommendation(NamedTuple):
    """Somebody worth meeting, and how well each side can help the other.

    ``give`` is how well my offer answers their need, ``get`` how well theirs answers mine, both
    in 0..1; ``score`` in 0..1 orders a list. ``one_way`` marks a pair in which at most one side
    helps because a text is missing. ``shares_language`` is false only where both people state
    the languages they speak and have none in common. ``useful`` in 0..1 is by what the score was
    multiplied because the two are alike: lookalikes are useless to each other.

    A plan for a hundred thousand people makes millions of these, so it is a tuple.
    """

    about: AttendeeId
    score: float
    give: float
    get: float
    one_way: bool = False
    shares_language: bool = True
    useful: float = 1.0
