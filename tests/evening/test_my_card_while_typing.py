"""Editing my card on a phone: others' view changes while I type, photos shrink before they go."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from fixtures.screens import MakeScreen, Newcomer, join
from fixtures.served import Demo
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_NEWCOMER = Newcomer(name="Ulla Bek", offer="I restore harps.", need="Who plays the harp?")


@pytest.fixture
def phone(make_screen: MakeScreen, served: Demo) -> Page:
    """A phone on which somebody edits their card."""
    page = make_screen()
    join(page, served, _NEWCOMER)
    page.goto(f"{served.base_url}/me/card/edit")
    return page


def test_what_others_see_follows_what_i_type(phone: Page, served: Demo) -> None:
    seen = phone.locator("[data-previews]")
    expect(phone.get_by_role("button", name="See how it looks")).to_be_hidden()
    phone.get_by_label("What you do").first.fill("Harp maker")
    expect(seen.get_by_text("Harp maker")).to_have_count(3)
    phone.get_by_label("Show what I do").first.uncheck()
    expect(seen.get_by_text("Harp maker")).to_have_count(0)
    # A look stores nothing.
    phone.context.new_page().goto(f"{served.base_url}/me/card")
    expect(phone.context.pages[-1].get_by_text("Harp maker")).to_have_count(0)


def test_a_large_photo_is_made_small_before_it_is_sent(phone: Page) -> None:
    file = BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(file, "JPEG", quality=95)
    assert file.tell() > 1024 * 1024
    field = phone.get_by_label("Choose a photo")
    field.set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    small = "() => document.querySelector('[data-shrink]').files[0]?.size < 700000"
    phone.wait_for_function(small)
    phone.get_by_role("button", name="Put it on my card").tap()
    phone.get_by_text("Your photo is on your card.").wait_for()
    drawn = "() => document.querySelector('.photo-mine').naturalWidth"
    phone.wait_for_function(drawn)
    assert phone.evaluate(drawn) == 400
