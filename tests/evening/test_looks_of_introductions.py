"""The pages of introductions, blocks and reports, met small and in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeLaptop, MakeScreen, Newcomer, join
from fixtures.served import Demo
from test_looks import look_closely, visit_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_NARROW = {"width": 320, "height": 640}
_EVENT = "/e/sample-evening"


def card_of(page: Page, base_url: str) -> str:
    """Return the address of one's own card."""
    page.goto(f"{base_url}/me/card")
    code = "".join(page.locator(".card .code").inner_text().split()).replace("-", "")
    return f"{base_url}/c/{code}"


def swap(page: Page, card: str) -> str:
    """Exchange cards and return the address of what is shown then."""
    page.goto(card)
    page.get_by_role("button", name="Exchange cards").tap()
    page.get_by_role("heading", name="You now have each other’s card").wait_for()
    return page.url


def test_from_a_scan_to_an_introduction(make_screen: MakeScreen, served: Demo) -> None:
    mai, ada, bo = (make_screen(**_NARROW) for _ in range(3))
    for page, name, offer in ((mai, "Mai Vu", "Tea"), (ada, "Ada Blom", "Rye"), (bo, "Bo", "Oats")):
        join(page, served, Newcomer(name=name, offer=offer, need="Somebody who mends roofs"))
    base, card = served.base_url, card_of(mai, served.base_url)
    swap(bo, card)
    exchanged = swap(ada, card)
    for page in (ada, mai):
        page.goto(exchanged if page is ada else f"{base}/me/card")
        if page is mai:
            page.get_by_text("Ada Blom has your card, you have theirs.").tap()
            page.get_by_role("heading", name="Ada Blom has your card").wait_for()
        page.locator("details summary").tap()
        assert look_closely(page) == []
    mai.goto(f"{base}/me/introductions/new")
    mai.get_by_role("button", name="Ask them both").tap()
    mai.get_by_text("3 answers need another look.").wait_for()
    assert look_closely(mai) == []
    mai.get_by_role("group", name="Whom", exact=True).get_by_label("Ada Blom").check()
    mai.get_by_role("group", name="To whom").get_by_label("Bo").check()
    mai.get_by_label("Why they should know each other").fill("Bread")
    mai.get_by_role("button", name="Ask them both").tap()
    mai.get_by_role("heading", name="Asked, waiting").wait_for()
    assert look_closely(mai) == []
    for page in (ada, bo):
        page.goto(mai.url)
        assert look_closely(page) == []
        page.get_by_role("button", name="Yes, introduce us").tap()
        page.get_by_text("ou said yes" if page is ada else "You both said yes").first.wait_for()
    bo.get_by_role("button", name="Say thank you").tap()
    bo.get_by_text("You thanked").wait_for()
    assert look_closely(bo) == []
    ada.goto(f"{base}/me/introductions/ask")
    ada.get_by_role("button", name="Who may know somebody?").tap()
    ada.get_by_role("heading", name="Nobody we can name").wait_for()
    assert look_closely(ada) == []
    paths = [mai.url, "/me/introductions", "/me/introductions/ask", f"{_EVENT}/me"]
    assert visit_all(mai, base, paths) == {}


def test_blocking_and_reporting(
    make_screen: MakeScreen, make_laptop: MakeLaptop, served: Demo
) -> None:
    ada, bo = (make_screen(**_NARROW) for _ in range(2))
    for page, name in ((ada, "Ada Rook"), (bo, "Bo Rook")):
        join(page, served, Newcomer(name=name, offer="Rye", need="Oats"))
    contact = swap(ada, card_of(bo, served.base_url)).replace("exchanged", "contacts")
    ada.goto(contact)
    ada.get_by_role("link", name="Block or report").tap()
    ada.get_by_role("button", name="Send to the organizer").tap()
    ada.get_by_text("One answer needs another look.").wait_for()
    assert look_closely(ada) == []
    ada.get_by_label("What happened?").fill("They pushed me")
    ada.get_by_role("button", name="Send to the organizer").tap()
    ada.get_by_role("heading", name="Thank you for saying it").wait_for()
    assert look_closely(ada) == []
    assert visit_all(ada, served.base_url, ["/me/blocked"]) == {}
    ada.goto(contact + "/safety")
    ada.get_by_role("button", name="Block", exact=True).tap()
    ada.get_by_role("button", name="Unblock").wait_for()
    assert look_closely(ada) == []
    laptop = make_laptop(**_NARROW)
    laptop.goto(f"{served.base_url}/o/e/sample-evening/reports")
    laptop.get_by_text("They pushed me").wait_for()
    assert look_closely(laptop) == []
