"""Venues have bad networks: nothing typed is lost, nothing sent counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.screens import (
    MakeLaptop,
    MakeScreen,
    Newcomer,
    fill_join_form,
)
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def test_what_was_typed_survives_a_network_that_dies_while_it_is_sent(
    make_screen: MakeScreen, make_laptop: MakeLaptop, served: Demo
) -> None:
    who = Newcomer(name="Ines Prado", offer="Sailing lessons on the lake", need="A cabinet maker")
    phone = make_screen()
    phone.goto(served.links.join)
    fill_join_form(phone, who)
    phone.context.set_offline(True)
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Join and see whom to meet").tap()
    while not phone.url.startswith("chrome-error:"):
        phone.wait_for_timeout(100)
    phone.context.set_offline(False)
    phone.goto(served.links.join)
    assert phone.get_by_label("What could you help somebody with?").input_value() == who.offer
    assert phone.get_by_label("What are you looking for?").input_value() == who.need
    assert phone.get_by_label("Your name").input_value() == who.name
    phone.get_by_role("button", name="Join and see whom to meet").tap()
    phone.get_by_text("You’re in.").wait_for()
    assert _find_at_desk(make_laptop(), served, who.name).count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_taps_on_join_make_one_attendee(
    make_screen: MakeScreen, make_laptop: MakeLaptop, served: Demo, scripts: bool
) -> None:
    who = Newcomer(name=f"Tove Aas {scripts}", offer="Knitting patterns", need="A sheep farmer")
    phone = make_screen(java_script_enabled=scripts)
    phone.goto(served.links.join)
    fill_join_form(phone, who)
    phone.get_by_role("button", name="Join and see whom to meet").click(click_count=3)
    phone.get_by_role("navigation", name="Main").wait_for()
    assert _find_at_desk(make_laptop(), served, who.name).count() == 1


def _find_at_desk(laptop: Page, served: Demo, name: str) -> Locator:
    laptop.goto(f"{served.base_url}/o/e/sample-evening/desk")
    laptop.get_by_label("Name, ticket, e-mail or phone").fill(name)
    laptop.get_by_role("button", name="Find").click()
    laptop.locator(".row--event").first.wait_for()
    return laptop.locator(".row--event")
