"""A stranger without the app leaves a card, and may join later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.card_exchange.entries import make_contact
from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import contacts, left_cards, people, safety


@dataclass(frozen=True, kw_only=True)
class LeftCard:
    """What a stranger without the app leaves, with their consent; already cleaned."""

    fields: CardFields
    note: str
    client_key: str


def leave_card(
    session: Session, owner: Person, card: LeftCard, event: Event | None, *, now: datetime
) -> Contact:
    """Keep a stranger's card as a contact of ``owner``; the same form is kept once."""
    people.lock_people(session, owner.id)
    if card.client_key:
        known = contacts.find_contact_by_key(session, owner.id, card.client_key)
        if known:
            return known
    contact = make_contact(owner.id, None, card.fields, event, now=now, note=card.note)
    return contacts.add_contact(
        session,
        contact,
        event_id=event.id if event else None,
        client_key=card.client_key or None,
    )


def link_left_cards(session: Session, person: Person, public_ids: Collection[str]) -> None:
    """Link the cards that somebody left to the person they have become.

    Their owners' contacts stay as they are, and now lead to that person. ``public_ids`` must
    come from the phone on which the cards were left. A contact that leads to somebody already,
    or whose owner has another one of the person, is left alone.
    """
    for public_id in public_ids:
        left = left_cards.find_left_card(session, public_id)
        if left is None or left.owner == person.id:
            continue
        people.lock_people(session, left.owner, person.id)
        known = contacts.find_contact_with(session, left.owner, person.id)
        if known is None and not safety.is_blocked(session, left.owner, person.id):
            left_cards.link_contact(session, left.id, person.id)
