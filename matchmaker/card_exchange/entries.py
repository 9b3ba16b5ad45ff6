"""What stands in a contact on the day that two people meet."""

from datetime import datetime

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.ids import ContactId, PersonId, make_public_id


def make_contact(
    owner: PersonId,
    other: PersonId | None,
    fields: CardFields,
    event: Event | None,
    *,
    now: datetime,
    note: str = "",
    could_give: str = "",
    could_get: str = "",
) -> Contact:
    """Return a contact that is not stored yet: who was met, where, when, and why."""
    return Contact(
        id=ContactId(0),
        public_id=make_public_id(),
        owner=owner,
        other=other,
        fields=fields,
        met_at=now,
        event_name=event.name if event else "",
        event_slug=event.slug if event else "",
        note=note,
        could_give=could_give,
        could_get=could_get,
    )
