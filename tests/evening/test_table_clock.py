"""My table on a phone: the time left follows the server's clock, also while the network is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeLaptop, MakeScreen, Newcomer, join
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LATE = Newcomer(name="Lea Berg", offer="I tune pianos.", need="Somebody who mends clocks.")


@pytest.fixture
def round_soon(make_laptop: MakeLaptop, served: Demo) -> Iterator[None]:
    """A round that begins within three minutes, called off afterwards: other tests go on."""
    laptop = make_laptop()
    laptop.goto(f"{served.base_url}/o/e/sample-evening/rounds")
    start = datetime.now(UTC) + timedelta(minutes=3)
    laptop.get_by_label("First round at").fill(start.strftime("%H:%M"))
    laptop.get_by_label("How many rounds").fill("1")
    laptop.get_by_role("button", name="Plan them").click()
    laptop.get_by_text("Planned.").wait_for()
    yield
    laptop.get_by_role("button", name="Call off").last.click()
    laptop.get_by_text("Called off. The phones say so.").wait_for()


def seconds_left(phone: Page) -> int:
    words = phone.locator("[data-left]").inner_text()
    found = re.fullmatch(r"(\d+):(\d\d)", words)
    assert found, words
    return 60 * int(found[1]) + int(found[2])


def test_a_table_comes_by_itself_and_its_clock_runs_without_network(
    make_screen: MakeScreen, served: Demo, round_soon: None
) -> None:
    phone = make_screen()
    join(phone, served, LATE)
    phone.goto(f"{served.base_url}/e/sample-evening/round")
    phone.wait_for_function("document.querySelector('[data-left]').textContent")
    before = seconds_left(phone)
    assert 0 < before <= 12 * 60
    phone.context.set_offline(True)
    phone.wait_for_function(
        "before => document.querySelector('[data-left]').textContent !== before",
        arg=f"{before // 60}:{before % 60:02}",
    )
    assert seconds_left(phone) < before
    phone.context.set_offline(False)


def test_whoever_is_here_gets_a_table_without_reloading(
    make_screen: MakeScreen, served: Demo, request: pytest.FixtureRequest
) -> None:
    phone = make_screen()
    join(phone, served, Newcomer(name="Ida Lund", offer="Bookbinding", need="A gardener"))
    phone.goto(f"{served.base_url}/e/sample-evening/round")
    phone.get_by_text("No round is planned now").wait_for()
    request.getfixturevalue("round_soon")
    phone.get_by_role("heading", name=re.compile(r"Table \d+")).wait_for(timeout=120_000)
    assert phone.get_by_role("article").count() in {1, 2}


def test_a_phone_whose_clock_is_wrong_shows_the_right_time(
    make_screen: MakeScreen, served: Demo, round_soon: None
) -> None:
    phone = make_screen()
    # A day ahead; the page tells the server's time along.
    phone.add_init_script("const now = Date.now; Date.now = () => now() + 24 * 60 * 60 * 1000;")
    join(phone, served, Newcomer(name="Ole Dahl", offer="Chess", need="Knitting"))
    phone.goto(f"{served.base_url}/e/sample-evening/round")
    phone.wait_for_function("document.querySelector('[data-left]')?.textContent")
    assert 0 < seconds_left(phone) <= 12 * 60
