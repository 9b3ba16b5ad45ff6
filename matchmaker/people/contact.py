"""A contact: one person's own entry on another, theirs to keep."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.people.card import CardFields
from matchmaker.people.ids import ContactId, PersonId, PublicId


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What ``owner`` keeps of somebody: the fields that were given, and their own notes.

    ``other`` is None for a stranger who left a card without joining.
    """

    id: ContactId
    public_id: PublicId
    owner: PersonId
    other: PersonId | None
    fields: CardFields
    met_at: datetime
    event_name: str = ""
    event_slug: str = ""
    note: str = ""
    promise: str = ""
    could_give: str = ""
    could_get: str = ""
