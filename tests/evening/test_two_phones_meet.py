"""The evening from the poster to the report, on two phones and the organizer's laptop."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import vobject
from fixtures.screens import (
    MakeLaptop,
    MakeScreen,
    Newcomer,
    fill_join_form,
    join,
    list_names,
    measure,
    read_code,
    sign_in_organizer,
    suggestion,
)
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

MARTA = Newcomer(
    name="Marta Kowal",
    offer="I do the tax returns of freelancers, and on Sundays I repair old pocket watches.",
    need="Somebody who keeps bees and shows me how to start with a first hive.",
    reach="marta.kowal@example.org",
)
JONAS = Newcomer(
    name="Jonas Reed",
    offer="I keep bees and show you how to start with a first hive, from the frames to the honey.",
    need="My grandfather's pocket watch has stopped. Who repairs old pocket watches?",
    reach="+39 333 010 0201",
)
ASK = "Would you look at my grandfather's watch?"
PROMISE = "the smoker that hangs in my shed"


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Marta and Jonas with their phones, the organizer with a laptop."""

    marta: Page
    jonas: Page
    organizer: Page


@pytest.fixture
def floor(make_screen: MakeScreen) -> Floor:
    """Three screens on which nobody is signed in."""
    return Floor(marta=make_screen(), jonas=make_screen(), organizer=make_screen(width=1280))


def test_two_newcomers_meet_and_the_organizer_reads_of_it(
    floor: Floor, served: Demo, tmp_path: Path
) -> None:
    sign_in_organizer(floor.organizer, served.links.report)
    exchanges_before = _count_exchanges(floor.organizer)
    _join_reading_who_sees_what(floor.marta, served)
    _find_people_at_once(floor.marta)
    join(floor.jonas, served, JONAS)
    _find_each_other(floor)
    _see_that_both_want(floor)
    _read_the_pair_in_the_report(floor.organizer, served)
    _exchange_by_scan(floor)
    _keep_the_contact(floor, tmp_path)
    _say_how_it_was(floor)
    for phone, other in ((floor.marta, JONAS), (floor.jonas, MARTA)):
        phone.goto(f"{served.links.join}/people")
        assert other.name not in list_names(phone)
        assert phone.locator("#met").get_by_text(other.name).count() == 1
    _read_the_report_afterwards(floor.organizer, exchanges_before)


def _join_reading_who_sees_what(phone: Page, served: Demo) -> None:
    phone.goto(served.links.join)
    told = phone.get_by_text("are shown to the few people here we suggest you to")
    button = phone.get_by_role("button", name="Join and see whom to meet")
    assert measure(told)["y"] < measure(button)["y"]
    assert not phone.get_by_label("Send me my contacts by e-mail").is_checked()
    fill_join_form(phone, MARTA)
    button.tap()
    phone.get_by_text("You’re in. Here are the first people to meet.").wait_for()


def _find_people_at_once(phone: Page) -> None:
    assert 1 <= len(list_names(phone)) <= 5
    ways = phone.get_by_role("article").first.get_by_role("heading", level=3).all_inner_texts()
    assert ways == ["What you can give them", "What they may give you"]


def _find_each_other(floor: Floor) -> None:
    """Jonas sees Marta at once, and writes to her what he can give."""
    jonas_sees = suggestion(floor.jonas, MARTA.name)
    jonas_sees.locator(".way--give mark").first.wait_for()
    jonas_sees.get_by_role("link", name="I’d like to meet").tap()
    begun = floor.jonas.get_by_label("What I can give").input_value()
    assert "first hive" in begun
    floor.jonas.get_by_label("What I would like to ask").fill(ASK)
    floor.jonas.get_by_role("button", name="Send").tap()
    floor.jonas.get_by_text("Sent. You can still walk up to them at any time.").wait_for()
    floor.jonas.get_by_text("If they say so too, you both see it here first.").wait_for()

    floor.marta.get_by_role("link", name="My card", exact=True).tap()
    floor.marta.get_by_role("link", name=f"{JONAS.name} would like to meet you").wait_for()
    floor.marta.get_by_role("link", name="People", exact=True).tap()
    floor.marta.get_by_role("heading", name="Waiting for you").wait_for()
    # It waits for no place on her list, and stands above all that is on it.
    assert list_names(floor.marta)[0] == JONAS.name
    note = suggestion(floor.marta, JONAS.name).locator(".note").inner_text()
    assert note.startswith(begun)
    assert note.endswith(ASK)


def _see_that_both_want(floor: Floor) -> None:
    marta_sees = suggestion(floor.marta, JONAS.name)
    marta_sees.get_by_role("button", name="Let’s meet").tap()
    floor.marta.get_by_role("heading", name=f"You and {JONAS.name}").wait_for()
    floor.marta.get_by_label("I am at …").fill("the tall clock")
    floor.marta.get_by_role("button", name="Now", exact=True).tap()
    floor.marta.get_by_text("Noted. They see it too.").wait_for()
    floor.jonas.reload()
    floor.jonas.get_by_text("You both want to meet. Go and say hello!").wait_for()
    assert "the tall clock" in suggestion(floor.jonas, MARTA.name).inner_text()
    assert list_names(floor.jonas)[0] == MARTA.name


def _read_the_pair_in_the_report(laptop: Page, served: Demo) -> None:
    laptop.reload()
    assert _rows_of_both(laptop).count() == 1
    with laptop.expect_download() as coming:
        laptop.get_by_role("link", name="Pairings (.csv)").click()
    table = Path(coming.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0][:3] == ["Who", "Whom", "Strength"]
    assert {MARTA.name, JONAS.name} in [set(row[:2]) for row in rows]


def _exchange_by_scan(floor: Floor) -> None:
    floor.jonas.get_by_role("link", name="My card", exact=True).tap()
    floor.jonas.get_by_role("heading", name="My card").wait_for()
    address = read_code(floor.jonas.screenshot())
    floor.jonas.emulate_media(color_scheme="dark")
    assert read_code(floor.jonas.screenshot()) == address
    floor.marta.goto(address)
    floor.marta.get_by_role("heading", name=JONAS.name).wait_for()
    floor.marta.get_by_role("button", name="Exchange cards").tap()
    floor.marta.get_by_role("heading", name="You now have each other’s card").wait_for()
    floor.marta.get_by_label("Something I said I’d send").fill(PROMISE)
    floor.marta.get_by_role("button", name="Keep it").tap()
    floor.marta.get_by_text("Saved.").wait_for()


def _keep_the_contact(floor: Floor, folder: Path) -> None:
    assert floor.marta.get_by_role("link", name="Call").get_attribute("href") == "tel:+393330100201"
    with floor.marta.expect_download() as coming:
        floor.marta.get_by_role("link", name="Save", exact=True).tap()
    file = folder / "contact.vcf"
    coming.value.save_as(file)
    card = vobject.readOne(file.read_text(encoding="utf-8"))
    assert card.fn.value == JONAS.name
    assert card.tel.value.replace(" ", "") in {"+393330100201", "tel:+393330100201"}
    floor.jonas.get_by_role("link", name="Contacts", exact=True).tap()
    floor.jonas.get_by_role("link", name=MARTA.name, exact=True).tap()
    floor.jonas.get_by_role("heading", name=MARTA.name).wait_for()
    assert PROMISE not in floor.jonas.content()


def _say_how_it_was(floor: Floor) -> None:
    floor.jonas.get_by_role("link", name=f"How was it with {MARTA.name}?").tap()
    for question in ("Could you help them?", "Could they help you?"):
        asked = floor.jonas.get_by_role("group", name=question)
        asked.get_by_text("Yes", exact=True).tap()
    floor.jonas.get_by_role("button", name="Keep it").tap()
    floor.jonas.get_by_text("Kept. Only you see it.").wait_for()


def _read_the_report_afterwards(laptop: Page, exchanges_before: int) -> None:
    laptop.reload()
    assert _count_exchanges(laptop) == exchanges_before + 1
    assert _rows_of_both(laptop).count() == 0
    both = laptop.locator("li, p, dd").filter(has_text=MARTA.name).filter(has_text=JONAS.name)
    assert both.count() == 0
    assert PROMISE not in laptop.content()


def _rows_of_both(laptop: Page) -> Locator:
    rows = laptop.locator("table.pairs tbody tr")
    return rows.filter(has_text=MARTA.name).filter(has_text=JONAS.name)


def _count_exchanges(laptop: Page) -> int:
    told = laptop.locator("section", has=laptop.get_by_role("heading", name="Cards exchanged"))
    words = told.inner_text()
    if "None yet." in words:
        return 0
    found = re.search(r"(One|\d+) exchanges? so far", words)
    assert found, words
    return 1 if found[1] == "One" else int(found[1])


def test_the_poster_is_one_sheet_whose_code_opens_the_join_page(
    make_laptop: MakeLaptop, served: Demo
) -> None:
    # A4 at 96 CSS pixels per 2.54 cm.
    sheet = make_laptop(width=794, height=1123)
    sheet.goto(f"{served.base_url}/o/e/sample-evening/poster")
    sheet.emulate_media(media="print")
    code = sheet.locator(".poster__qr svg")
    modules = int((code.get_attribute("viewBox") or "").split()[2])
    # Its quiet zone of four modules on each side doesn't count.
    centimetres = measure(code)["width"] * (modules - 8) / modules / 96 * 2.54
    assert centimetres >= 8
    assert read_code(sheet.screenshot()) == served.links.join
    paper = sheet.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    width, height = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", paper)[0]
    assert (round(float(width)), round(float(height))) == (595, 842)
