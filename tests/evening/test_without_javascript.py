"""The same way through the evening on phones that run no script at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeScreen, Newcomer, join, list_names, read_code, suggestion
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

VERA = Newcomer(
    name="Vera Lindholm",
    offer="I tune pianos and can say whether an old upright piano is worth saving.",
    need="Who teaches falconry? I would like to fly a trained hawk once.",
    reach="vera.lindholm@example.org",
)
OTIS = Newcomer(
    name="Otis Farrow",
    offer="Falconry lessons: fly a trained hawk, an afternoon on the hill.",
    need="Who tunes pianos, and says whether the old upright piano in our barn is worth saving?",
    reach="otis.farrow@example.org",
)


@pytest.fixture
def vera(make_screen: MakeScreen) -> Page:
    """A phone without scripts."""
    return make_screen(java_script_enabled=False)


@pytest.fixture
def otis(make_screen: MakeScreen) -> Page:
    """Another phone without scripts."""
    return make_screen(java_script_enabled=False)


def test_two_people_join_and_swap_cards(vera: Page, otis: Page, served: Demo) -> None:
    join(vera, served, VERA)
    join(otis, served, OTIS)
    assert VERA.name in list_names(otis)
    suggestion(otis, VERA.name).get_by_role("link", name="I’d like to meet").tap()
    begun = otis.get_by_label("What I can give").input_value()
    otis.get_by_label("What I can give").fill("")
    otis.get_by_label("What I would like to ask").fill("Is our piano worth saving?")
    otis.get_by_role("button", name="Send").tap()
    otis.get_by_text("An ask alone is not sent.").first.wait_for()
    asked = otis.get_by_label("What I would like to ask").input_value()
    assert asked == "Is our piano worth saving?"
    otis.get_by_label("What I can give").fill(begun)
    otis.get_by_role("button", name="Send").tap()
    suggestion(otis, VERA.name).get_by_role("button", name="Take it back").wait_for()
    vera.get_by_role("link", name="Me", exact=True).tap()
    vera.get_by_role("link", name=f"{OTIS.name} would like to meet you").tap()
    vera.get_by_role("button", name="Let’s meet").tap()
    vera.get_by_label("I am at …").fill("the piano")
    vera.get_by_role("button", name="In 10 minutes").tap()
    vera.get_by_text("Noted. They see it too.").wait_for()
    vera.get_by_role("link", name="My card", exact=True).tap()
    otis.goto(read_code(vera.screenshot()))
    otis.get_by_role("button", name="Exchange cards").tap()
    otis.get_by_role("heading", name="You now have each other’s card").wait_for()
    for phone, other in ((otis, VERA), (vera, OTIS)):
        phone.get_by_role("link", name="Contacts", exact=True).tap()
        phone.get_by_role("link", name=other.name, exact=True).tap()
        assert (
            phone.get_by_role("link", name="Mail").get_attribute("href") == f"mailto:{other.reach}"
        )


def test_a_form_with_a_mistake_comes_back_with_all_that_was_typed(vera: Page, served: Demo) -> None:
    vera.goto(served.links.join)
    vera.get_by_label("What could you help somebody with?").fill(VERA.offer)
    vera.get_by_label("Phone or e-mail").fill("vera@nowhere")
    vera.get_by_role("button", name="Join and see whom to meet").tap()
    vera.get_by_text("One answer needs another look.").wait_for()
    wrong = vera.get_by_label("Phone or e-mail")
    assert wrong.input_value() == "vera@nowhere"
    assert wrong.get_attribute("aria-invalid") == "true"
    assert vera.get_by_label("What could you help somebody with?").input_value() == VERA.offer


def test_buttons_that_need_a_script_are_not_there(vera: Page, served: Demo) -> None:
    join(vera, served, Newcomer(name="Nils Aaker", offer="Kites", need="A sailmaker"))
    vera.get_by_role("link", name="Me", exact=True).tap()
    vera.get_by_role("link", name="My key").tap()
    assert served.base_url in vera.get_by_label("My private link").input_value()
    assert not vera.get_by_text("Copy", exact=True).is_visible()
