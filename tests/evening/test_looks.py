"""Every page as it is met: small, in the dark, by keyboard, by screen reader, right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from fixtures.screens import (
    MakeLaptop,
    MakeScreen,
    Newcomer,
    join,
    list_names,
    measure,
    read_code,
    sign_in_attendee,
    suggestion,
)
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BY_COLOUR = ["color-contrast", "link-in-text-block"]
_EVENT = "/e/sample-evening"
_NARROW = {"width": 320, "height": 640}


def look_closely(page: Page) -> list[str]:
    """Return what is wrong with a page: rules broken in light or dark, words out of sight."""
    page.evaluate(Axe().axe_script)
    found = _broken_rules(page, {"type": "tag", "values": _STANDARDS})
    page.emulate_media(color_scheme="dark")
    # Nothing but colours changes in the dark.
    dark = _broken_rules(page, {"type": "rule", "values": _BY_COLOUR})
    page.emulate_media(color_scheme="light")
    return found + [f"dark: {rule}" for rule in dark] + _out_of_sight(page)


def _out_of_sight(page: Page) -> list[str]:
    root = page.locator("html")
    wide, shown = root.evaluate("root => [root.scrollWidth, root.clientWidth]")
    return [f"{wide} pixels wide on a screen of {shown}"] if wide > shown else []


def _broken_rules(page: Page, rules: dict[str, object]) -> list[str]:
    # What fades in, or is on its way from light to dark, is nobody's to read yet.
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    asked = {"resultTypes": ["violations"], "runOnly": rules}
    answer = page.evaluate("asked => axe.run(asked)", asked)
    # An answer without a single rule kept would mean that nothing was looked at.
    assert answer["passes"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def visit_all(page: Page, base_url: str, paths: list[str]) -> dict[str, list[str]]:
    """Return what is wrong on which of these pages."""
    found = {}
    for path in paths:
        page.goto(path if "://" in path else base_url + path)
        found[path] = look_closely(page)
    return {path: wrong for path, wrong in found.items() if wrong}


def test_a_strangers_pages(make_screen: MakeScreen, served: Demo) -> None:
    phone = make_screen(**_NARROW)
    paths = ["/", "/privacy", _EVENT, "/have-card", served.links.attendee, "/no-such-page"]
    paths += ["/c/no-such-card", "/o/in/no-such-link", "/scan", "/offline", "/offline/kept"]
    assert visit_all(phone, served.base_url, paths) == {}
    phone.goto(served.links.join)
    phone.get_by_label("Phone or e-mail").fill("nobody@nowhere")
    phone.get_by_role("button", name="Join and see whom to meet").tap()
    phone.get_by_text("2 answers need another look.").wait_for()
    assert look_closely(phone) == []


def test_an_attendees_pages(make_screen: MakeScreen, served: Demo) -> None:
    phone = make_screen(**_NARROW)
    sign_in_attendee(phone, served)
    names = list_names(phone)
    assert look_closely(phone) == []
    paths = [f"{_EVENT}/me", f"{_EVENT}/me/more", f"{_EVENT}/me/key", _EVENT, "/privacy"]
    paths += [f"{_EVENT}/me/forget", "/me/card", "/me/card?side=offline", "/me/contacts", "/scan"]
    assert visit_all(phone, served.base_url, paths) == {}
    for button in ("Not for me", "We met"):
        phone.goto(f"{served.base_url}{_EVENT}/people")
        if names:
            suggestion(phone, names.pop()).get_by_role("button", name=button).tap()
            phone.get_by_role("navigation", name="Main").wait_for()
    for fold in phone.locator("details").all():
        fold.locator("summary").tap()
    assert look_closely(phone) == []


def test_the_pages_from_an_invitation_to_a_meeting(make_screen: MakeScreen, served: Demo) -> None:
    one, other = make_screen(**_NARROW), make_screen(**_NARROW)
    asks = Newcomer(name="Ida Roth", offer="I tune harpsichords.", need="Who binds old books?")
    gives = Newcomer(name="Leo Vann", offer="I bind old books.", need="Who tunes harpsichords?")
    join(one, served, gives)
    join(other, served, asks)
    suggestion(other, gives.name).get_by_role("link", name="I’d like to meet").tap()
    other.get_by_role("heading", name=f"A few words to {gives.name}").wait_for()
    assert look_closely(other) == []
    other.get_by_label("What I can give").fill("")
    other.get_by_role("button", name="Send").tap()
    other.get_by_text("One answer needs another look.").wait_for()
    assert look_closely(other) == []
    other.get_by_label("What I can give").fill("An evening with your harpsichord")
    other.get_by_role("button", name="Send").tap()
    other.get_by_text("If they say so too, you both see it here first.").wait_for()
    assert look_closely(other) == []
    one.goto(f"{served.base_url}{_EVENT}/people")
    assert look_closely(one) == []
    one.get_by_role("link", name="Me", exact=True).tap()
    one.get_by_role("link", name=f"{asks.name} would like to meet you").tap()
    one.get_by_role("heading", name="An invitation").wait_for()
    assert look_closely(one) == []
    one.get_by_role("button", name="Let’s meet").tap()
    one.get_by_role("heading", name=f"You and {asks.name}").wait_for()
    assert look_closely(one) == []
    one.get_by_role("button", name="Now", exact=True).tap()
    one.get_by_text("One answer needs another look.").wait_for()
    assert look_closely(one) == []
    one.get_by_label("I am at …").fill("the old clock")
    one.get_by_role("button", name="Now", exact=True).tap()
    one.get_by_role("button", name="Keep it").tap()
    one.get_by_text("2 answers need another look.").wait_for()
    assert look_closely(one) == []
    one.get_by_role("button", name="Call it off").tap()
    one.get_by_text("You called this meeting off.").wait_for()
    assert look_closely(one) == []
    other.goto(f"{served.base_url}{_EVENT}/people")
    assert look_closely(other) == []


def test_the_pages_of_ones_own_card(make_screen: MakeScreen, served: Demo) -> None:
    phone, other = make_screen(**_NARROW), make_screen(**_NARROW)
    join(phone, served, Newcomer(name="Una Moss", offer="I restore globes.", need="Old maps?"))
    join(other, served, Newcomer(name="Pia Holm", offer="I trade in old maps.", need="A globe?"))
    code, edit, badge = f"{_EVENT}/code", "/me/card/edit", "/me/card/badge"
    assert visit_all(phone, served.base_url, [edit, badge, code, "/me/asks"]) == {}
    phone.goto(served.base_url + badge)
    phone.get_by_role("button", name="Make the code of my badge").tap()
    phone.locator(".badge__qr").wait_for()
    assert look_closely(phone) == []
    scanned = phone.locator("p .code").inner_text().replace("-", "").lower()
    other.goto(f"{served.base_url}/c/{scanned}")
    assert look_closely(other) == []
    other.get_by_role("button", name="Ask to connect").tap()
    other.get_by_text("Not answered yet.").wait_for()
    assert look_closely(other) == []
    assert visit_all(phone, served.base_url, ["/me/asks"]) == {}
    assert visit_all(make_screen(**_NARROW), served.base_url, [f"/c/{scanned}"]) == {}
    phone.goto(served.base_url + code)
    phone.get_by_role("button", name="Make a code to say").tap()
    phone.locator(".spoken").wait_for()
    phone.get_by_label("The code they said").fill("nonsense")
    phone.get_by_role("button", name="Ask to connect").tap()
    phone.get_by_text("Nobody here says this code now.").wait_for()
    assert look_closely(phone) == []
    phone.goto(served.base_url + edit)
    phone.get_by_label("E-mail").first.fill("no address")
    phone.get_by_role("button", name="Save").tap()
    phone.get_by_text("One answer needs another look.").wait_for()
    phone.locator("summary", has_text="Personal side").tap()
    assert look_closely(phone) == []


def test_the_pages_of_a_card_and_a_contact(make_screen: MakeScreen, served: Demo) -> None:
    phone, stranger = make_screen(**_NARROW), make_screen(**_NARROW)
    sign_in_attendee(phone, served)
    phone.goto(f"{served.base_url}/me/card")
    address = read_code(phone.screenshot())
    stranger.goto(address)
    assert look_closely(stranger) == []
    stranger.get_by_role("button", name="Leave my card").tap()
    stranger.get_by_text("2 answers need another look.").wait_for()
    assert look_closely(stranger) == []
    join(stranger, served, Newcomer(name="Ada Blom", offer="Bread", need="Rye"))
    stranger.goto(address)
    assert look_closely(stranger) == []
    stranger.get_by_role("button", name="Exchange cards").tap()
    stranger.get_by_role("heading", name="You now have each other’s card").wait_for()
    assert look_closely(stranger) == []
    stranger.get_by_role("link", name="Open the contact").tap()
    stranger.get_by_role("heading", name="Mine alone").wait_for()
    follow_up(stranger, served.base_url)
    stranger.get_by_role("link", name="Delete this contact").tap()
    stranger.get_by_role("heading", name=f"Delete {served.links.attendee_name}?").wait_for()
    assert look_closely(stranger) == []
    assert visit_all(stranger, served.base_url, ["/me/contacts", address]) == {}


def follow_up(page: Page, base_url: str) -> None:
    """Promise something, choose a rhythm, make a calendar address; look at each page."""
    contact = page.url
    page.get_by_role("button", name="Write it down").tap()
    page.get_by_text("One answer needs another look.").wait_for()
    assert look_closely(page) == []
    page.get_by_label("What I said I’d do").fill("The article on rye")
    page.get_by_role("button", name="Write it down").tap()
    page.get_by_text("Written down.").wait_for()
    page.get_by_label("Close").check()
    page.get_by_role("button", name="Save this").tap()
    page.get_by_text("Next on").wait_for()
    for fold in page.locator("details").all():
        fold.locator("summary").tap()
    assert look_closely(page) == []
    page.goto(f"{base_url}/me/keep-in-touch")
    page.get_by_role("button", name="Make a calendar address").tap()
    page.get_by_role("link", name="Subscribe").wait_for()
    page.locator("#later summary").tap()
    assert look_closely(page) == []
    page.goto(f"{base_url}{_EVENT}/evening")
    page.locator(".thanks summary").first.tap()
    page.get_by_role("button", name="I said thank you").wait_for()
    assert look_closely(page) == []
    assert visit_all(page, base_url, ["/me/contacts?q=zzz"]) == {}
    page.goto(contact)


def test_an_organizers_pages(make_laptop: MakeLaptop, served: Demo) -> None:
    laptop = make_laptop(**_NARROW)
    mine = "/o/e/sample-evening"
    # One name only: the checks take a minute for a whole table, whose rows are all alike.
    paths = ["/o", f"{mine}?q={served.links.attendee_name}", f"{mine}?q=zzz", f"{mine}/for-others"]
    paths += [
        f"{mine}/desk?q=S001",
        f"{mine}/desk?q=zzz",
        f"{mine}/programme",
        f"{mine}/poster",
        served.links.report,
    ]
    assert visit_all(laptop, served.base_url, paths) == {}
    for path in (mine, f"{mine}/desk"):
        laptop.goto(served.base_url + path)
        assert _out_of_sight(laptop) == []
    laptop.get_by_role("button", name="Sign-in code").first.click()
    laptop.get_by_text("It works once, for ten minutes.").wait_for()
    assert look_closely(laptop) == []


def test_the_join_form_can_be_filled_in_and_sent_by_keyboard_alone(
    make_screen: MakeScreen, served: Demo
) -> None:
    page = make_screen(width=1280, has_touch=False, is_mobile=False)
    page.goto(served.links.join)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    assert _has_focus(skip)
    assert measure(skip)["y"] >= 0
    page.keyboard.press("Enter")
    assert _has_focus(page.locator("main"))
    typed = ["Sourdough bread", "A miller", "Kay Boon", "kay.boon@example.org"]
    labels = ["What could you help", "What are you looking", "Your name", "Phone or e-mail"]
    for label, words in zip(labels, typed, strict=True):
        page.keyboard.press("Tab")
        assert _has_focus(page.get_by_label(label))
        assert _shows_focus(page)
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    assert _has_focus(page.get_by_label("Send me my contacts by e-mail"))
    assert _shows_focus(page)
    page.keyboard.press("Tab")
    assert _has_focus(page.get_by_role("button", name="Join and see whom to meet"))
    assert _shows_focus(page)
    page.keyboard.press("Enter")
    page.get_by_text("You’re in.").wait_for()


def _has_focus(element: Locator) -> bool:
    return bool(element.evaluate("one => one === document.activeElement"))


def _shows_focus(page: Page) -> bool:
    """Return whether one can see where the keyboard is: a ring of two pixels or more."""
    style, width = page.evaluate(
        """() => {
            const seen = getComputedStyle(document.activeElement);
            return [seen.outlineStyle, parseFloat(seen.outlineWidth)];
        }"""
    )
    return bool(style != "none" and width >= 2)


def test_hebrew_words_run_from_right_to_left_inside_an_english_page(
    make_screen: MakeScreen, served: Demo
) -> None:
    one = Newcomer(
        name="אורי שחם",
        offer="מתקן שעוני כיס ישנים ושעוני קיר",
        need="מחפשת כוורן שילמד אותי לגדל דבורים",
    )
    other = Newcomer(
        name="Lior Peretz",
        offer="כוורן, אלמד אותך לגדל דבורים",
        need="מי מתקן שעוני כיס ישנים?",
    )
    phone, theirs = make_screen(locale="he-IL"), make_screen()
    join(phone, served, one)
    join(theirs, served, other)
    assert theirs.locator("html").get_attribute("lang") == "en"
    assert _direction(theirs.locator("main")) == "ltr"
    words = suggestion(theirs, one.name).locator(".way__theirs").first
    assert one.need in words.inner_text()
    assert _direction(words) == "rtl"
    assert _direction(suggestion(theirs, one.name).locator(".who__name bdi")) == "rtl"
    phone.get_by_role("link", name="Me", exact=True).tap()
    phone.get_by_role("link", name="Tell more").tap()
    assert _direction(phone.get_by_label("What are you looking for?")) == "rtl"


def _direction(element: Locator) -> str:
    return str(element.evaluate("one => getComputedStyle(one).direction"))
