"""A scan becomes two contacts, once, however often it is sent; for a while it can be undone."""

from matchmaker.card_exchange.leaving import LeftCard, leave_card, link_left_cards
from matchmaker.card_exchange.swapping import exchange, shown_fields
from matchmaker.card_exchange.undoing import undo_exchange

__all__ = [
    "LeftCard",
    "exchange",
    "leave_card",
    "link_left_cards",
    "shown_fields",
    "undo_exchange",
]
