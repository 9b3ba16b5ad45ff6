"""Pages look again by themselves while they are seen, and never under somebody's finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeScreen, Newcomer, join, list_names, suggestion
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

pytestmark = pytest.mark.browser

NORA = Newcomer(
    name="Nora Lunt",
    offer="I mend umbrellas and parasols of any age.",
    need="Somebody who grafts old apple trees.",
    reach="nora.lunt@example.org",
)
PAUL = Newcomer(
    name="Paul Osei",
    offer="I graft old apple trees, on any rootstock.",
    need="Who mends umbrellas and parasols?",
    reach="paul.osei@example.org",
)


class Watched:
    """A phone whose time the test moves on, and what it asked the server for by itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Request] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.resource_type == "fetch" and request.url == self.page.url:
            self.asked.append(request)

    def wait(self, milliseconds: int = 12_000) -> None:
        """Let time go by on this phone, and each answer come."""
        before = len(self.asked)
        self.page.clock.run_for(milliseconds)
        for request in self.asked[before:]:
            answer = request.response()
            assert answer is not None
            answer.finished()
        # What follows an answer runs in the page's own time.
        self.page.clock.run_for(200)


@pytest.fixture
def nora(make_screen: MakeScreen, served: Demo) -> Watched:
    """Nora's phone, open at the people to meet."""
    page = make_screen()
    join(page, served, NORA)
    page.clock.install()
    page.goto(f"{served.links.join}/people")
    page.locator("[data-refresh]").wait_for()
    return Watched(page)


@pytest.fixture
def paul(make_screen: MakeScreen, served: Demo) -> Page:
    """Paul's phone, open at the people to meet, with Nora on the list."""
    page = make_screen()
    join(page, served, PAUL)
    assert NORA.name in list_names(page)
    return page


def invite(page: Page, name: str) -> None:
    suggestion(page, name).get_by_role("link", name="I’d like to meet").tap()
    page.get_by_role("button", name="Send").tap()
    page.get_by_text("Sent. You can still walk up to them at any time.").wait_for()


def take_back(page: Page, name: str) -> None:
    suggestion(page, name).get_by_role("button", name="Take it back").tap()
    suggestion(page, name).get_by_role("link", name="I’d like to meet").wait_for()


def test_an_invitation_and_a_meeting_come_by_themselves(nora: Watched, paul: Page) -> None:
    invite(paul, NORA.name)
    nora.wait()
    suggestion(nora.page, PAUL.name).get_by_role("button", name="Let’s meet").wait_for()
    assert nora.page.get_by_text("The list of people has changed.").count() == 1
    # What is known is not sent again.
    nora.wait()
    nora.wait()
    last = nora.asked[-1]
    assert last.headers.get("if-none-match")
    answer = last.response()
    assert answer is not None
    assert answer.status == 304
    suggestion(nora.page, PAUL.name).get_by_role("button", name="Let’s meet").tap()
    nora.page.get_by_role("heading", name=f"You and {PAUL.name}").wait_for()
    paul.reload()
    suggestion(paul, NORA.name).get_by_role("link", name="Where and when").tap()
    paul.get_by_label("I am at …").fill("the tall window")
    paul.get_by_role("button", name="Now", exact=True).tap()
    paul.get_by_text("Noted. They see it too.").wait_for()
    nora.wait()
    nora.page.locator(".someone__when").get_by_text("the tall window").wait_for()


def test_nothing_changes_while_somebody_types_or_has_typed(nora: Watched, paul: Page) -> None:
    invite(paul, NORA.name)
    nora.wait()
    suggestion(nora.page, PAUL.name).get_by_role("button", name="Let’s meet").tap()
    own = nora.page.get_by_label("I am at …")
    own.fill("the coat ra")
    before = len(nora.asked)
    nora.wait(60_000)
    assert len(nora.asked) == before
    # Nor once the finger is elsewhere: what was typed would be gone.
    own.blur()
    nora.wait(60_000)
    assert len(nora.asked) == before
    assert own.input_value() == "the coat ra"
    own.fill("")
    own.blur()
    nora.wait(12_000)
    assert len(nora.asked) > before


def test_nothing_changes_while_words_are_selected(nora: Watched) -> None:
    nora.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    nora.wait(60_000)
    assert nora.asked == []
    nora.page.evaluate("getSelection().removeAllRanges()")
    nora.wait()
    assert len(nora.asked) == 1


def test_nobody_asks_while_the_page_is_out_of_sight(nora: Watched) -> None:
    nora.page.evaluate(
        """() => {
            const hidden = { value: "hidden", configurable: true };
            Object.defineProperty(document, "visibilityState", hidden);
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    nora.wait(120_000)
    assert nora.asked == []
    nora.page.evaluate(
        """() => {
            delete document.visibilityState;
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    nora.wait()
    assert len(nora.asked) == 1


def test_the_keyboard_stays_where_it_is(nora: Watched, paul: Page) -> None:
    name = list_names(nora.page)[-1]
    button = suggestion(nora.page, name).get_by_role("button", name="We met")
    button.focus()
    invite(paul, NORA.name)
    nora.wait()
    suggestion(nora.page, PAUL.name).get_by_role("button", name="Let’s meet").wait_for()
    assert button.evaluate("one => one === document.activeElement")


def test_a_server_that_fails_is_asked_less_and_less(nora: Watched) -> None:
    nora.page.route("**/people", lambda route: route.fulfill(status=503, body="busy"))
    for _turn in range(12):
        nora.wait(10_000)
    # Twelve tens of seconds, with pauses of 10, 20, 40 and 80 seconds, each a little off.
    assert 2 <= len(nora.asked) <= 5
    nora.page.unroute("**/people")
