"""A person: someone with a card, who owns their contacts and may attend many events."""

from dataclasses import dataclass, field

from matchmaker.people.card import CardFields
from matchmaker.people.ids import PersonId, PublicId


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone with a card. ``key_version`` rises when all private links are to end."""

    id: PersonId
    public_id: PublicId
    business: CardFields = field(default_factory=CardFields)
    personal: CardFields = field(default_factory=CardFields)
    language: str = "en"
    country: str = ""
    key_version: int = 1
    serves: str = ""
    decides: str = ""
    sets_apart: str = ""

    @property
    def name(self) -> str:
        """The name as its owner wrote it; may be empty."""
        return self.business.name

    @property
    def greeting_name(self) -> str:
        """How the person wants to be called, else the whole name."""
        return self.business.call_name or self.business.name
