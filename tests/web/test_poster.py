"""The poster: its code leads to the event, the other one into the wifi."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.attendees import Cast, MakeEvent
from fixtures.pages import Page
from fixtures.phones import BASE_URL, Phone
from fixtures.scanner import read_code
from fixtures.venue import SignIn, SignInOrganizer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route


def test_the_code_leads_to_the_event(
    cast: Cast, sign_in_organizer: SignInOrganizer, phone: Phone
) -> None:
    page = sign_in_organizer(cast.event, "helper").open(f"/o/e/{cast.event.slug}/poster")
    [stage] = page.root.of_class("poster__qr")
    address = read_code(stage).decode()
    assert address == f"{BASE_URL}/e/{cast.event.slug}"
    assert phone.open(address).status == 200
    assert f"meet.example.org/e/{cast.event.slug}" in page.text
    assert page.root.of_class("poster__wifi") == []


def test_the_wifi_has_a_code_and_stands_in_letters_too(
    make_event: MakeEvent, sign_in_organizer: SignInOrganizer
) -> None:
    event = make_event(wifi_name="Guests; 2", wifi_password="semi;colon:key")
    page = sign_in_organizer(event).open(f"/o/e/{event.slug}/poster")
    [stage] = page.root.of_class("poster__wifi-qr")
    assert read_code(stage).decode() == r"WIFI:T:WPA;S:Guests\; 2;P:semi\;colon\:key;;"
    assert "Guests; 2" in page.text
    assert "semi;colon:key" in page.text


def code_side(page: Page) -> int:
    """Return how many modules wide the code is, with its quiet zone."""
    [svg] = page.root.of_class("poster__qr")[0].all("svg")
    return int(svg.attributes["viewbox"].split()[2])


@pytest.mark.browser
def test_the_code_is_at_least_eight_centimetres_wide_on_paper(
    cast: Cast, sign_in_organizer: SignInOrganizer, browser: Browser
) -> None:
    laptop = sign_in_organizer(cast.event)

    def answer(route: Route) -> None:
        found = laptop.open("/" + route.request.url.split("/", 3)[3])
        route.fulfill(
            status=found.status, body=found.data, content_type=found.headers["Content-Type"]
        )

    sheet = browser.new_page(viewport={"width": 794, "height": 1123})
    sheet.route("**/*", answer)
    sheet.emulate_media(media="print")
    sheet.goto(f"{BASE_URL}/o/e/{cast.event.slug}/poster")
    box = sheet.locator(".poster__qr svg").bounding_box()
    sheet.close()
    assert box is not None
    millimetres = box["width"] * 25.4 / 96
    # The quiet zone of four modules on each side is not a part of the code.
    side = code_side(laptop.open(f"/o/e/{cast.event.slug}/poster"))
    assert millimetres * (side - 8) / side >= 80


def test_it_is_for_the_events_organizers_only(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    for stranger in (phone, sign_in(cast.ada), sign_in_organizer(cast.other_event)):
        assert stranger.open(f"/o/e/{cast.event.slug}/poster").status == 404
