"""Cards: mine with its codes, somebody's opened by a code, and those who ask for mine."""

from matchmaker.web.pages.card import asks as _asks  # noqa: F401 - each adds its routes
from matchmaker.web.pages.card import badge as _badge  # noqa: F401
from matchmaker.web.pages.card import edit as _edit  # noqa: F401
from matchmaker.web.pages.card import mine as _mine  # noqa: F401
from matchmaker.web.pages.card import photo as _photo  # noqa: F401
from matchmaker.web.pages.card import spoken as _spoken  # noqa: F401
from matchmaker.web.pages.card.asks import list_waiting_asks
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.pages.card.shown import exchange_or_ask, keep_left_card

__all__ = ["card", "exchange_or_ask", "keep_left_card", "list_waiting_asks"]
