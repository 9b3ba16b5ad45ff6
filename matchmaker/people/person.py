"""A person: someone with a card, who owns their contacts and may attend many events."""

from dataclasses import dataclass, field

from matchmaker.people.card import CardFields
from matchmaker.people.ids import PersonId, PublicId


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone with a card. ``key_version`` rises when all private links are to end.

    Both sides hold all that was typed; ``card_sides`` says who sees what of it. Of each side the
    hidden fields are named. With ``badge_is_enough`` a scanned badge gives the business side.
    ``may_be_introduced`` says whether others may find them by way of a common contact.
    """

    id: PersonId
    public_id: PublicId
    business: CardFields = field(default_factory=CardFields)
    personal: CardFields = field(default_factory=CardFields)
    hidden_business: frozenset[str] = frozenset()
    hidden_personal: frozenset[str] = frozenset()
    badge_is_enough: bool = False
    may_be_introduced: bool = False
    language: str = "en"
    country: str = ""
    key_version: int = 1
    serves: str = ""
    decides: str = ""
    sets_apart: str = ""

    @property
    def name(self) -> str:
        """The name that others see, else how they may call this person; may be empty."""
        if "name" not in self.hidden_business:
            return self.business.name
        return "" if "call_name" in self.hidden_business else self.business.call_name

    @property
    def greeting_name(self) -> str:
        """How the person wants to be called, else the whole name."""
        return self.business.call_name or self.business.name
