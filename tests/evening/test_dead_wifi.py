"""The venue's wifi dies: what one needs opens, what one does is kept, and nothing counts twice."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from fixtures.screens import (
    MakeScreen,
    Newcomer,
    join,
    list_names,
    read_code,
    sign_in_attendee,
)
from fixtures.served import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

_PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
_PATIENCE = 90_000
_CACHED = """async () => {
    const paths = [];
    for (const name of await caches.keys()) {
        if (name.startsWith("mine-")) {
            for (const { url } of await (await caches.open(name)).keys()) {
                const { pathname, search } = new URL(url);
                paths.push(pathname + search);
            }
        }
    }
    return paths;
}"""
_LIST = """async () => (await (await caches.match("/me/contacts")).text())"""
_WAITING = """() => new Promise((resolve, reject) => {
    const asked = indexedDB.open("matchmaker");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        asked.result.transaction("outbox").objectStore("outbox").getAll().onsuccess = (event) => {
            asked.result.close();
            resolve(event.target.result.filter((one) => one.state === "waiting").length);
        };
    };
})"""
_HAS_WORKER = "() => !!navigator.serviceWorker.controller"
_NEEDED = {"/me/card", "/me/card?side=offline", "/me/contacts", "/e/sample-evening/people"}
_FLOOD = """async (times) => {
    const { token } = await (await fetch("/me/outbox")).json();
    const form = { kind: "exchange", code: "none", csrf_token: token };
    for (let sent = 0; sent < times; sent += 1) {
        const answer = await fetch("/me/outbox", {
            method: "POST", body: new URLSearchParams(form)
        });
        if (answer.status === 429) {
            return true;
        }
    }
    return false;
}"""


_LET_TIME_PASS = """() => new Promise((done) => {
  indexedDB.open("matchmaker").onsuccess = ({ target: { result: base } }) => {
    const deal = base.transaction("outbox", "readwrite");
    deal.oncomplete = () => { base.close(); done(); };
    const store = deal.objectStore("outbox");
    store.getAll().onsuccess = ({ target }) =>
      target.result.forEach((one) => store.put({ ...one, settledAt: one.settledAt - 3600000 }));
  };
})"""
"""What the phone sent is an hour old for it."""


def wait_until(page: Page, holds: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something that no page shows."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        page.wait_for_timeout(100)


def ask(page: Page, script: str) -> Any:
    """Return what a script says; None while the page itself goes on to another one."""
    # Only here: tests of pure rooms must not wait for it.
    from playwright.sync_api import Error

    try:
        return page.evaluate(script)
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return None


def get_ready(page: Page, *more: str) -> None:
    """Wait until the phone has copies of all that is needed without network."""
    wanted = _NEEDED | set(more)
    wait_until(page, lambda: wanted <= set(ask(page, _CACHED) or ()))


def newcomer(name: str) -> Newcomer:
    reach = f"{name.lower()}@example.org"
    return Newcomer(name=name, offer=f"Lessons by {name}", need=f"A {name} fan", reach=reach)


def join_and_show_card(phone: Page, demo: Demo, name: str) -> str:
    """Join and return the address that one's code carries."""
    # The first to join a server that was just started waits until its matching is loaded.
    phone.set_default_timeout(_PATIENCE)
    join(phone, demo, newcomer(name))
    phone.goto(f"{demo.base_url}/me/card")
    return read_code(phone.screenshot())


def list_contacts(phone: Page, demo: Demo) -> list[str]:
    """Return the names of one's contacts as the page lists them, the latest first."""
    phone.goto(f"{demo.base_url}/me/contacts")
    return [name.strip() for name in phone.locator("main .rows .row__name").all_inner_texts()]


def expect_contacts(phone: Page, demo: Demo, names: list[str]) -> None:
    """Look at one's contacts until they are these: a slow answer first shows the list of before."""
    wait_until(phone, lambda: list_contacts(phone, demo) == names)


def scan(phone: Page, address: str) -> None:
    """Open a card's address as a phone's camera does, where there is no network."""
    phone.goto(address)
    phone.get_by_role("heading", name="Kept. Cards are exchanged").wait_for()


def keep_note(phone: Page, words: str) -> None:
    """Write something on what was just scanned and kept."""
    phone.get_by_label("Note").fill(words)
    phone.get_by_role("button", name="Keep the note").tap()
    phone.get_by_text("The note is kept.").wait_for()


@pytest.fixture
def make_screen(make_screen: MakeScreen) -> MakeScreen:
    """Hands out phones that keep pages, as those of attendees do."""
    return partial(make_screen, service_workers="allow")


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Demo]:
    """A demo that nobody else needs: it may be killed."""
    demo = Demo(tmp_path / "own-data")
    demo.start()
    try:
        yield demo
    finally:
        demo.kill()


@pytest.fixture
def make_lasting_phone(
    browser: Browser, chromium: Path, tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Opens one phone's browser; opened again after it was closed it has kept everything."""
    sandbox = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    opened: list[BrowserContext] = []

    def open_browser() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            args=sandbox,
            **_PHONE,
        )
        context.set_default_timeout(_PATIENCE)
        opened.append(context)
        return context

    yield open_browser
    for context in opened:
        context.close()


def test_three_scans_survive_a_dead_network_a_restarted_browser_and_a_killed_server(
    make_screen: MakeScreen, own_demo: Demo, make_lasting_phone: Callable[[], BrowserContext]
) -> None:
    others = {name: make_screen() for name in ("Ana", "Ben", "Cem")}
    cards = {name: join_and_show_card(them, own_demo, name) for name, them in others.items()}
    mine = make_lasting_phone()
    phone = mine.pages[0]
    join(phone, own_demo, newcomer("Dora"))
    get_ready(phone)
    mine.set_offline(True)
    scan(phone, cards["Ana"])
    phone.reload()
    phone.get_by_text("1 waiting for network").wait_for()
    scan(phone, cards["Ben"])
    phone.get_by_label("Note").fill("knows the kiln in the old harbour")
    phone.get_by_role("button", name="Keep the note").tap()
    phone.get_by_text("The note is kept.").wait_for()
    own_demo.kill()
    mine.set_offline(False)
    scan(phone, cards["Cem"])
    phone.get_by_text("3 waiting for network").wait_for()
    mine.close()
    mine = make_lasting_phone()
    phone = mine.pages[0]
    phone.goto(f"{own_demo.base_url}/me/card")
    phone.get_by_text("3 waiting for network").wait_for()
    phone.get_by_text("No network. This page is from").wait_for()
    own_demo.start()
    phone.reload()
    wait_until(phone, lambda: ask(phone, _WAITING) == 0)
    expect_contacts(phone, own_demo, ["Cem", "Ben", "Ana"])
    phone.get_by_role("link", name="Ben").tap()
    note = phone.get_by_label("Note")
    assert note.input_value() == "knows the kiln in the old harbour"
    for them in others.values():
        expect_contacts(them, own_demo, ["Dora"])
    mine.set_offline(True)
    scan(phone, cards["Ben"])
    mine.set_offline(False)
    phone.get_by_role("heading", name="You now have each other’s card").wait_for()
    expect_contacts(phone, own_demo, ["Cem", "Ben", "Ana"])


def test_card_codes_contacts_and_suggestions_open_without_network(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    sign_in_attendee(phone, served)
    names = list_names(phone)
    theirs = join_and_show_card(other, served, "Enzo")
    phone.goto(theirs)
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("link", name="Open the contact").tap()
    phone.get_by_role("heading", name="Mine alone").wait_for()
    contact = phone.url
    phone.goto(f"{served.base_url}/me/card")
    address = read_code(phone.screenshot())
    get_ready(phone)
    wait_until(phone, lambda: "Enzo" in (ask(phone, _LIST) or ""))
    phone.context.set_offline(True)
    phone.goto(f"{served.base_url}/me/card")
    assert read_code(phone.screenshot()) == address
    phone.get_by_role("link", name="Offline", exact=True).tap()
    phone.get_by_text("This code holds the card itself.").wait_for()
    card = vobject.readOne(read_code(phone.screenshot()))
    assert card.fn.value == served.links.attendee_name
    phone.get_by_role("link", name="People", exact=True).tap()
    phone.get_by_role("heading", name="People to meet", exact=True).wait_for()
    assert set(list_names(phone)) & set(names)
    assert "Enzo" in list_contacts(phone, served)
    phone.get_by_role("link", name="Enzo").tap()
    phone.get_by_role("heading", name="Enzo").wait_for()
    assert phone.url == contact
    assert phone.get_by_role("link", name="Mail").get_attribute("href") == "mailto:enzo@example.org"
    phone.get_by_text("No network. This page is from").wait_for()
    phone.goto(f"{served.base_url}/privacy")
    phone.get_by_role("heading", name="No network").wait_for()
    phone.get_by_role("link", name="People to meet").tap()
    phone.get_by_role("heading", name="People to meet", exact=True).wait_for()


def test_contacts_that_were_never_opened_open_without_network(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    theirs = join_and_show_card(other, served, "Fleur")
    join(phone, served, newcomer("Gil"))
    get_ready(phone)
    phone.goto(theirs)
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("heading", name="They have yours").wait_for()
    wait_until(phone, lambda: any(p.startswith("/me/contacts/") for p in ask(phone, _CACHED) or ()))
    phone.context.set_offline(True)
    expect_contacts(phone, served, ["Fleur"])
    phone.get_by_role("link", name="Fleur").tap()
    phone.get_by_role("heading", name="Fleur").wait_for()


def test_a_tap_on_exchange_that_meets_a_dead_network_is_kept(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    theirs = join_and_show_card(other, served, "Ines")
    join(phone, served, newcomer("Jon"))
    get_ready(phone)
    phone.goto(theirs)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("heading", name="Kept. Cards are exchanged").wait_for()
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="You now have each other’s card").wait_for()
    phone.get_by_role("link", name="Open the contact").tap()
    phone.get_by_role("heading", name="Ines").wait_for()
    expect_contacts(phone, served, ["Ines"])
    expect_contacts(other, served, ["Jon"])


def test_words_on_a_contact_are_kept_and_do_not_overwrite_later_ones(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    theirs = join_and_show_card(other, served, "Kira")
    join(phone, served, newcomer("Lars"))
    phone.goto(theirs)
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("link", name="Open the contact").tap()
    phone.get_by_role("heading", name="Mine alone").wait_for()
    contact = phone.url
    get_ready(phone, contact.removeprefix(served.base_url))
    elsewhere = phone.context.new_page()
    elsewhere.goto(contact)
    phone.context.set_offline(True)
    phone.get_by_label("Note").fill("written in the cellar")
    phone.get_by_role("button", name="Save", exact=True).tap()
    phone.get_by_role("heading", name="Kept. Your words are saved").wait_for()
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="Done: the network was there again.").wait_for()
    phone.goto(contact)
    assert phone.get_by_label("Note").input_value() == "written in the cellar"
    phone.get_by_label("Note").fill("written in the cellar, read on the roof")
    phone.get_by_role("button", name="Save", exact=True).tap()
    phone.get_by_text("Saved.").wait_for()
    phone.context.set_offline(True)
    elsewhere.get_by_label("Note").fill("a page of before")
    elsewhere.get_by_role("button", name="Save", exact=True).tap()
    elsewhere.get_by_role("heading", name="Kept. Your words are saved").wait_for()
    phone.context.set_offline(False)
    elsewhere.get_by_role("heading", name="Done: the network was there again.").wait_for()
    phone.goto(contact)
    both = "written in the cellar, read on the roof\na page of before"
    assert phone.get_by_label("Note").input_value() == both


def test_a_strangers_left_card_is_kept_and_arrives_once(
    make_screen: MakeScreen, served: Demo
) -> None:
    owner, stranger = make_screen(), make_screen()
    address = join_and_show_card(owner, served, "Mona")
    stranger.goto(address)
    wait_until(stranger, lambda: bool(ask(stranger, _HAS_WORKER)))
    stranger.get_by_label("Your name").fill("Nils without a phone plan")
    stranger.get_by_label("Phone or e-mail").fill("nils@example.org")
    stranger.get_by_label("They may keep this and write to me").check()
    stranger.context.set_offline(True)
    stranger.get_by_role("button", name="Leave my card").tap()
    stranger.get_by_role("heading", name="Kept. They get your card").wait_for()
    stranger.get_by_text("nils@example.org").wait_for()
    stranger.context.set_offline(False)
    stranger.get_by_role("heading", name="Done: the network was there again.").wait_for()
    expect_contacts(owner, served, ["Nils without a phone plan"])


def test_a_code_that_ended_meanwhile_is_told_and_the_note_stays(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    theirs = join_and_show_card(other, served, "Olga")
    join(phone, served, newcomer("Pim"))
    get_ready(phone)
    phone.context.set_offline(True)
    scan(phone, theirs)
    keep_note(phone, "the one with the parrot")
    other.get_by_text("Make a new code").first.tap()
    other.get_by_role("button", name="Make a new code").tap()
    other.get_by_text("The old one no longer works.").wait_for()
    phone.context.set_offline(False)
    phone.get_by_text("1 could not be done: see why").wait_for()
    phone.goto(f"{served.base_url}/me/card")
    phone.get_by_role("link", name="1 could not be done: see why").tap()
    phone.get_by_text("the one with the parrot").wait_for()
    phone.get_by_text("This card can’t be opened.").wait_for()
    phone.get_by_role("button", name="Remove").tap()
    phone.get_by_text("Nothing is waiting.").wait_for()
    expect_contacts(phone, served, [])


def test_a_badge_scanned_without_network_asks_and_the_note_finds_its_contact(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone, other = make_screen(), make_screen()
    join(other, served, newcomer("Quinn"))
    other.goto(f"{served.base_url}/me/card/badge")
    other.get_by_role("button", name="Make the code of my badge").tap()
    other.locator(".badge__qr").wait_for()
    badge = read_code(other.screenshot())
    join(phone, served, newcomer("Rob"))
    get_ready(phone)
    phone.context.set_offline(True)
    scan(phone, badge)
    keep_note(phone, "the one with the parrot")
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="You asked Quinn").wait_for()
    phone.evaluate(_LET_TIME_PASS)
    with phone.expect_response(lambda one: one.request.method == "POST") as answer:
        phone.goto(f"{served.base_url}/me/card")
    assert answer.value.json()["state"] == "asked"
    # What is said follows the answer at once: a moment later it would stand there.
    phone.wait_for_timeout(1000)
    assert phone.get_by_text("All that waited is sent.").count() == 0
    other.goto(f"{served.base_url}/me/asks")
    other.get_by_role("button", name="Exchange cards").tap()
    other.get_by_role("link", name="Open the contact").wait_for()
    phone.evaluate(_LET_TIME_PASS)
    phone.goto(f"{served.base_url}/me/card")
    phone.get_by_text("All that waited is sent.").wait_for()
    expect_contacts(phone, served, ["Quinn"])
    phone.locator("main .rows").get_by_role("link", name="Quinn").first.tap()
    phone.get_by_role("heading", name="Mine alone").wait_for()
    assert phone.get_by_label("Note").input_value() == "the one with the parrot"


def test_what_waits_stays_while_the_server_asks_for_patience(
    browser: Browser, make_screen: MakeScreen, served: Demo
) -> None:
    theirs = join_and_show_card(make_screen(), served, "Quinn")
    # Without the usual watch over answers: being turned away is what is looked at.
    context = browser.new_context(**_PHONE)
    context.set_default_timeout(_PATIENCE)
    phone = context.new_page()
    join(phone, served, newcomer("Rosa"))
    get_ready(phone)
    assert phone.evaluate(_FLOOD, 300), "the flood was not stopped"
    context.set_offline(True)
    scan(phone, theirs)
    with phone.expect_response(lambda a: a.request.method == "POST") as coming:
        context.set_offline(False)
    assert coming.value.status == 429
    phone.get_by_text("1 waiting for network").wait_for()
    phone.get_by_role("heading", name="Kept. Cards are exchanged").wait_for()
    expect_contacts(phone, served, [])
    context.close()


def test_what_waits_stays_behind_a_proxy_whose_server_is_gone(
    browser: Browser, make_screen: MakeScreen, served: Demo
) -> None:
    theirs = join_and_show_card(make_screen(), served, "Sven")
    context = browser.new_context(**_PHONE)
    context.set_default_timeout(_PATIENCE)
    phone = context.new_page()
    join(phone, served, newcomer("Tara"))
    get_ready(phone)
    # Stands for the proxy: it answers for a server that does not.
    context.route("**/me/outbox", lambda route: route.fulfill(status=502, body="<h1>Bad</h1>"))
    context.set_offline(True)
    scan(phone, theirs)
    with phone.expect_response(lambda answer: answer.status == 502):
        context.set_offline(False)
    phone.get_by_text("1 waiting for network").wait_for()
    context.unroute("**/me/outbox")
    phone.reload()
    wait_until(phone, lambda: ask(phone, _WAITING) == 0)
    expect_contacts(phone, served, ["Sven"])
    context.close()


def test_two_tabs_send_each_thing_once(make_screen: MakeScreen, served: Demo) -> None:
    cards = [join_and_show_card(make_screen(), served, name) for name in ("Uma", "Vito")]
    phone = make_screen()
    join(phone, served, newcomer("Wanda"))
    get_ready(phone)
    second = phone.context.new_page()
    second.goto(f"{served.base_url}/me/card")
    sent: list[str] = []
    phone.context.on("request", lambda one: sent.append(f"{one.method} {one.url}"))
    phone.context.set_offline(True)
    scan(phone, cards[0])
    scan(second, cards[1])
    phone.context.set_offline(False)
    for page in (phone, second):
        page.get_by_role("heading", name="You now have each other’s card").wait_for()
    assert sent.count(f"POST {served.base_url}/me/outbox") == 2
    wait_until(phone, lambda: sorted(list_contacts(phone, served)) == ["Uma", "Vito"])


@pytest.mark.parametrize("days", [-1, 1])
def test_a_phone_whose_clock_is_off_by_a_day_exchanges_all_the_same(
    make_screen: MakeScreen, served: Demo, days: int
) -> None:
    name = f"Xenia{days + 1}"
    theirs = join_and_show_card(make_screen(), served, name)
    phone = make_screen()
    phone.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
    join(phone, served, newcomer(f"Yann{days + 1}"))
    get_ready(phone)
    phone.context.set_offline(True)
    scan(phone, theirs)
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="You now have each other’s card").wait_for()
    phone.get_by_role("link", name="Open the contact").tap()
    met = phone.get_by_text(re.compile("^Met on")).inner_text()
    today = datetime.now(UTC)
    around = [today + timedelta(hours=hours) for hours in (-13, 0, 13)]
    assert any(f"{day:%B} {day.day}, {day.year}" in met for day in around)


def test_signing_out_empties_the_phone(make_screen: MakeScreen, served: Demo) -> None:
    phone = make_screen()
    join(phone, served, newcomer("Zoe"))
    get_ready(phone)
    phone.get_by_role("link", name="Me", exact=True).tap()
    phone.get_by_text("Sign out on this phone").tap()
    phone.get_by_role("button", name="Sign out", exact=True).tap()
    phone.get_by_role("heading", level=1).first.wait_for()
    wait_until(phone, lambda: ask(phone, _CACHED) == [])
    stores = phone.evaluate("indexedDB.databases().then((all) => all.length)")
    assert stores in {0, 1}
    wait_until(phone, lambda: bool(ask(phone, _HAS_WORKER)))
    phone.context.set_offline(True)
    phone.goto(f"{served.base_url}/me/card")
    phone.get_by_role("heading", name="No network").wait_for()
    assert "Zoe" not in phone.content()


def test_another_persons_pages_are_forgotten_when_somebody_else_signs_in(
    make_screen: MakeScreen, served: Demo
) -> None:
    phone = make_screen()
    join(phone, served, newcomer("Abel"))
    get_ready(phone)
    sign_in_attendee(phone, served)
    get_ready(phone)
    assert len([n for n in phone.evaluate("caches.keys()") if n.startswith("mine-")]) == 1
    phone.context.set_offline(True)
    phone.goto(f"{served.base_url}/me/card")
    phone.get_by_text(served.links.attendee_name).first.wait_for()
    assert "Abel" not in phone.content()


def test_a_phone_that_the_server_signed_out_keeps_what_waits_and_says_so(
    make_screen: MakeScreen, served: Demo
) -> None:
    theirs = join_and_show_card(make_screen(), served, "Bela")
    phone, other = make_screen(), make_screen()
    join(phone, served, newcomer("Cleo"))
    get_ready(phone)
    phone.goto(f"{served.links.join}/me/key")
    other.goto(phone.get_by_label("My private link").input_value())
    other.get_by_role("button", name="Sign in on this phone").tap()
    other.get_by_text("Good to see you again.").wait_for()
    other.goto(f"{served.links.join}/me/key")
    phone.context.set_offline(True)
    scan(phone, theirs)
    other.get_by_text("Somebody else has my key").tap()
    other.get_by_role("button", name="Make a new key").tap()
    other.get_by_text("This is your new link.").wait_for()
    key = other.get_by_label("My private link").input_value()
    phone.context.set_offline(False)
    phone.get_by_text("1 waiting: sign in, and they are sent").wait_for()
    phone.goto(f"{served.base_url}/me/contacts")
    wait_until(phone, lambda: ask(phone, _CACHED) == [])
    phone.goto(key)
    phone.get_by_role("button", name="Sign in on this phone").tap()
    phone.get_by_text("All that waited is sent.").wait_for()
    expect_contacts(phone, served, ["Bela"])
