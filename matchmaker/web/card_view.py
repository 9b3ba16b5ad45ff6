"""A card as each kind of reader sees it."""

from dataclasses import dataclass

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import (
    Boundary,
    badge_fields,
    is_filled,
    shown_side,
    stranger_fields,
)
from matchmaker.people.person import Person


@dataclass(frozen=True, kw_only=True)
class CardView:
    """What others see of a card; the last two are None while there is no personal side."""

    stranger: CardFields
    badge: CardFields
    contact: CardFields
    personal: CardFields | None
    both: CardFields | None


def view_card(person: Person) -> CardView:
    """Return a person's card as a stranger, a badge's reader and each kind of contact sees it."""
    filled = is_filled(person.personal)
    return CardView(
        stranger=stranger_fields(person),
        badge=badge_fields(person),
        contact=shown_side(person),
        personal=shown_side(person, Boundary.PERSONAL) if filled else None,
        both=shown_side(person, Boundary.BOTH) if filled else None,
    )
