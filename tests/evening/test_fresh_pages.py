"""Pages look again by themselves while they are seen, and never under somebody's finger."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeScreen, Newcomer, join, list_names, suggestion
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response

pytestmark = pytest.mark.browser

_TRADES = iter(
    (
        ("mend umbrellas and parasols", "graft old apple trees"),
        ("restring pearl necklaces", "sharpen Japanese kitchen knives"),
        ("repair accordions", "teach Portuguese to beginners"),
    )
)


_NO_WORKER = "Object.defineProperty(navigator, 'serviceWorker', { value: undefined })"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two who help each other, and nobody else at the evening."""

    nora: Newcomer
    paul: Newcomer


class Watched:
    """A phone whose time stands still unless the test moves it on.

    ``asked`` is what it asked the server for by itself, ``answers`` the statuses that came, with
    0 for none.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Request] = []
        self._answers: dict[Request, int] = {}
        page.on("request", self._note)
        page.on("response", self._note_answer)
        page.on("requestfailed", self._note_failure)

    @property
    def answers(self) -> list[int]:
        """The statuses in the order of asking."""
        return [self._answers[request] for request in self.asked]

    def wait(self, seconds: int = 12) -> None:
        """Let time go by on this phone; answers come as fast as they do."""
        for _second in range(seconds):
            self.page.clock.run_for(1000)
            self._settle()

    def _settle(self) -> None:
        end = time.monotonic() + 30
        while len(self._answers) < len(self.asked):
            assert time.monotonic() < end, f"no answer: {self.asked[-1].failure}"
            self.page.wait_for_timeout(50)

    def _note(self, request: Request) -> None:
        if self._is_ours(request):
            self.asked.append(request)

    def _note_answer(self, answer: Response) -> None:
        if self._is_ours(answer.request):
            self._answers[answer.request] = answer.status

    def _note_failure(self, request: Request) -> None:
        if self._is_ours(request):
            self._answers.setdefault(request, 0)

    def _is_ours(self, request: Request) -> bool:
        return request.resource_type == "fetch" and request.url == self.page.url


@pytest.fixture
def pair() -> Pair:
    """Nora and Paul with a trade of their own in each test: the evening remembers everybody."""
    hers, his = next(_TRADES)
    return Pair(
        nora=Newcomer(name=f"Nora, {hers}", offer=f"I {hers}.", need=f"Who can {his}?"),
        paul=Newcomer(name=f"Paul, {his}", offer=f"I {his}.", need=f"Who can {hers}?"),
    )


@pytest.fixture
def watch(make_screen: MakeScreen, served: Demo) -> Callable[[Newcomer], Watched]:
    """Lets somebody join, and watches their phone at the people to meet."""

    def begin(who: Newcomer) -> Watched:
        page = make_screen()
        # The worker that keeps copies would stand between the page and a network cut off here.
        page.add_init_script(_NO_WORKER)
        join(page, served, who)
        page.clock.install()
        page.goto(f"{served.links.join}/people")
        page.locator("[data-refresh]").wait_for()
        page.clock.pause_at(page.evaluate("Date.now()") + 1000)
        page.reload()
        page.locator("[data-refresh]").wait_for()
        return Watched(page)

    return begin


@pytest.fixture
def alone(watch: Callable[[Newcomer], Watched]) -> Watched:
    """A phone of somebody who meets nobody."""
    return watch(Newcomer(name="Olaf Berg", offer="Kites", need="A sailmaker"))


@pytest.fixture
def nora(watch: Callable[[Newcomer], Watched], pair: Pair) -> Watched:
    """Nora's phone, open at the people to meet."""
    return watch(pair.nora)


@pytest.fixture
def paul(make_screen: MakeScreen, served: Demo, nora: Watched, pair: Pair) -> Page:
    """Paul's phone, open at the people to meet, with Nora on the list."""
    page = make_screen()
    join(page, served, pair.paul)
    assert pair.nora.name in list_names(page)
    return page


def invite(page: Page, name: str) -> None:
    suggestion(page, name).get_by_role("link", name="I’d like to meet").tap()
    page.get_by_role("button", name="Send").tap()
    page.get_by_text("Sent. You can still walk up to them at any time.").wait_for()


def test_an_invitation_and_a_meeting_come_by_themselves(
    nora: Watched, paul: Page, pair: Pair
) -> None:
    invite(paul, pair.nora.name)
    nora.wait()
    suggestion(nora.page, pair.paul.name).get_by_role("button", name="Let’s meet").wait_for()
    assert nora.page.get_by_text("The list of people has changed.").count() == 1
    # What is known is not sent again, once nobody's joining changes the list any more.
    for _turn in range(10):
        nora.wait()
        if nora.answers[-1] == 304:
            break
    assert nora.answers[-1] == 304
    assert nora.asked[-1].headers.get("if-none-match")
    suggestion(nora.page, pair.paul.name).get_by_role("button", name="Let’s meet").tap()
    nora.page.get_by_role("heading", name=f"You and {pair.paul.name}").wait_for()
    paul.reload()
    suggestion(paul, pair.nora.name).get_by_role("link", name="Where and when").tap()
    paul.get_by_label("I am at …").fill("the tall window")
    paul.get_by_role("button", name="Now", exact=True).tap()
    paul.get_by_text("Noted. They see it too.").wait_for()
    nora.wait()
    nora.page.locator(".someone__when").get_by_text("the tall window").wait_for()


def test_nothing_changes_while_somebody_types_or_has_typed(
    nora: Watched, paul: Page, pair: Pair
) -> None:
    invite(paul, pair.nora.name)
    nora.wait()
    suggestion(nora.page, pair.paul.name).get_by_role("button", name="Let’s meet").tap()
    own = nora.page.get_by_label("I am at …")
    own.fill("the coat ra")
    before = len(nora.asked)
    nora.wait(60)
    assert len(nora.asked) == before
    # Nor once the finger is elsewhere: what was typed would be gone.
    own.blur()
    nora.wait(60)
    assert len(nora.asked) == before
    assert own.input_value() == "the coat ra"
    own.fill("")
    own.blur()
    nora.wait(12)
    assert len(nora.asked) > before


def test_nothing_changes_while_words_are_selected(alone: Watched) -> None:
    alone.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    alone.wait(60)
    assert alone.asked == []
    alone.page.evaluate("getSelection().removeAllRanges()")
    alone.wait()
    assert alone.asked


def test_nobody_asks_while_the_page_is_out_of_sight(alone: Watched) -> None:
    alone.page.evaluate(
        """() => {
            const hidden = { value: "hidden", configurable: true };
            Object.defineProperty(document, "visibilityState", hidden);
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    alone.wait(120)
    assert alone.asked == []
    alone.page.evaluate(
        """() => {
            delete document.visibilityState;
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    alone.wait()
    assert alone.asked


def test_the_keyboard_stays_where_it_is(nora: Watched, paul: Page, pair: Pair) -> None:
    name = list_names(nora.page)[-1]
    button = suggestion(nora.page, name).get_by_role("button", name="We met")
    button.focus()
    invite(paul, pair.nora.name)
    nora.wait()
    suggestion(nora.page, pair.paul.name).get_by_role("button", name="Let’s meet").wait_for()
    assert button.evaluate("one => one === document.activeElement")


def test_a_server_that_fails_is_asked_less_and_less(alone: Watched) -> None:
    alone.page.route("**/people", lambda route: route.abort())
    alone.wait(120)
    # Two minutes with pauses of 10, 20, 40 and 80 seconds, each up to a tenth off.
    assert alone.answers == [0, 0, 0]
    alone.page.unroute("**/people")
    alone.wait(90)
    assert alone.answers[3] == 200
