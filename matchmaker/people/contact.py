"""A contact: one person's own entry on another, theirs to keep."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import Boundary
from matchmaker.people.ids import ContactId, PersonId, PublicId
from matchmaker.people.promise import Promise
from matchmaker.people.rhythm import Rhythm, greeting_day


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What ``owner`` keeps of somebody: the fields that were given, and their own notes.

    ``other`` is None for a stranger who left a card without joining. ``boundary`` says which side
    of the owner's card the other sees. ``could_give`` is what they were looking for when the two
    met, ``could_get`` what they offered. ``greet_from`` is when the owner put a greeting off to;
    ``helps_both`` is set where the owner said that each could help the other.
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
    could_give: str = ""
    could_get: str = ""
    boundary: Boundary = Boundary.BUSINESS
    rhythm: Rhythm = Rhythm.OFF
    greeted_at: datetime | None = None
    greet_from: datetime | None = None
    thanked_at: datetime | None = None
    helps_both: bool = False
    promises: tuple[Promise, ...] = ()

    @property
    def call_name(self) -> str:
        """How they want to be called, else the whole name; may be empty."""
        return self.fields.call_name or self.fields.name

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        """The promises that still wait to be kept, the oldest first."""
        return tuple(promise for promise in self.promises if promise.is_open)

    @property
    def promise(self) -> str:
        """The one line that was written when cards were exchanged; empty without any."""
        return self.open_promises[0].text if self.open_promises else ""

    def greeting_day(self, zone: tzinfo) -> date | None:
        """Return the day of the next greeting on a clock of ``zone``, or None."""
        last = (self.greeted_at or self.met_at).astimezone(zone).date()
        put_off = self.greet_from.astimezone(zone).date() if self.greet_from else None
        return greeting_day(self.rhythm, last=last, put_off_to=put_off)
