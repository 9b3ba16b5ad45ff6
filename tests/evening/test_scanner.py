"""The scanner inside the page, before a made video of another phone, and where it can't look."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.screens import MakeScreen, Newcomer, fill_join_form, join, read_code
from fixtures.served import Demo, find_free_port, plain_environment
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

_FLAGS = ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-sandbox"]
_PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
_PATIENCE = 90_000
"""Milliseconds for one step: the first to join waits until the matching is loaded."""

_CODE = "The code under their QR code"

OpenCamera = Callable[..., "Page"]


@pytest.fixture
def open_phone(browser: Browser, chromium: Path) -> Iterator[OpenCamera]:
    """Opens a phone of its own browser, whose camera films a picture, or that has none."""
    opened = []

    def open_one(*flags: str, film: Path | None = None, allowed: bool = True, **more: Any) -> Page:
        camera = (
            ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
            if film
            else ["--use-fake-device-for-media-stream=device-count=0"]
        )
        own = browser.browser_type.launch(executable_path=chromium, args=[*_FLAGS, *camera, *flags])
        opened.append(own)
        context = own.new_context(**_PHONE | more)
        context.set_default_timeout(_PATIENCE)
        if allowed:
            context.grant_permissions(["camera"])
        return context.new_page()

    yield open_one
    for own in opened:
        own.close()


def make_film(picture: bytes, file: Path) -> Path:
    """Write what a camera sees of a phone's screen, in shades of grey, as a video (YUV4MPEG2)."""
    width, height = 640, 480
    screen = Image.open(io.BytesIO(picture)).convert("L")
    # The phone is held a little aslant before something grey.
    screen.thumbnail((width, height - 20), Image.Resampling.LANCZOS)
    table = Image.new("L", (width, height), 110)
    table.paste(screen, ((width - screen.width) // 2, 10))
    seen = table.rotate(3, Image.Resampling.BICUBIC, fillcolor=110)
    no_colour = bytes([128]) * (width * height // 2)
    frame = b"FRAME\n" + seen.tobytes() + no_colour
    file.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return file


def show_card(page: Page, demo: Demo, name: str) -> bytes:
    """Join, show one's card, and return what its screen looks like around the code."""
    join(page, demo, Newcomer(name=name, offer=f"Lessons by {name}", need=f"A {name} fan"))
    page.goto(f"{demo.base_url}/me/card")
    return page.locator(".card").screenshot()


def count_pictures(page: Page) -> list[str]:
    """Return a list that grows with every picture that the page sends to the server."""
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "scan/picture" in one.url else None)
    return sent


def test_a_film_of_another_phone_leads_to_its_card_and_the_exchange(
    make_screen: MakeScreen, open_phone: OpenCamera, served: Demo, tmp_path: Path
) -> None:
    other = make_screen()
    film = make_film(show_card(other, served, "Astrid"), tmp_path / "film.y4m")
    phone = open_phone(film=film)
    sent = count_pictures(phone)
    join(phone, served, Newcomer(name="Basil", offer="Herbs", need="A garden"))
    phone.get_by_role("link", name="My card", exact=True).tap()
    phone.get_by_role("link", name="Scan a card").tap()
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_role("heading", name="Astrid").wait_for()
    # Chromium on Linux has no detector of its own: the frames went to the server.
    assert sent
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("heading", name="They have yours").wait_for()


def test_the_browsers_own_detector_is_used_where_it_passes_its_test(
    make_screen: MakeScreen, open_phone: OpenCamera, served: Demo, tmp_path: Path
) -> None:
    other = make_screen()
    picture = show_card(other, served, "Clara")
    phone = open_phone(film=make_film(picture, tmp_path / "film.y4m"))
    sent = count_pictures(phone)
    phone.add_init_script(_detector(known="MATCHMAKER", seen=read_code(picture)))
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_role("heading", name="Clara").wait_for()
    assert sent == []


def test_a_detector_that_fails_its_test_is_not_trusted(
    make_screen: MakeScreen, open_phone: OpenCamera, served: Demo, tmp_path: Path
) -> None:
    other = make_screen()
    phone = open_phone(film=make_film(show_card(other, served, "Dario"), tmp_path / "film.y4m"))
    sent = count_pictures(phone)
    phone.add_init_script(_detector(known="", seen="https://evil.example/"))
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_role("heading", name="Dario").wait_for()
    assert sent


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        ("https://evil.example/c/0123456789abcdef", "This code is not a card of this event"),
        ("javascript:alert(1)", "This code is not a card of this event"),
        ("BEGIN:VCARD", "This code holds the card itself."),
    ],
)
def test_codes_of_something_else_are_not_followed(
    open_phone: OpenCamera, served: Demo, tmp_path: Path, seen: str, sentence: str
) -> None:
    blank = io.BytesIO()
    Image.new("L", (300, 300), 90).save(blank, "PNG")
    phone = open_phone(film=make_film(blank.getvalue(), tmp_path / "film.y4m"))
    phone.add_init_script(_detector(known="MATCHMAKER", seen=seen))
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_text(sentence).wait_for()
    phone.get_by_role("button", name="Stop").tap()
    phone.get_by_role("button", name="Start the camera").wait_for()
    assert phone.url == f"{served.base_url}/scan"


def _detector(*, known: str, seen: str) -> str:
    """A stand-in for the detector that phones have and this browser lacks; it reads nothing."""
    return f"""window.BarcodeDetector = class {{
        static async getSupportedFormats() {{ return ["qr_code"]; }}
        async detect(source) {{
            const read = source instanceof HTMLVideoElement ? {seen!r} : {known!r};
            return read ? [{{ rawValue: read }}] : [];
        }}
    }};"""


def test_a_denied_camera_leaves_the_other_ways(
    make_screen: MakeScreen, open_phone: OpenCamera, served: Demo, tmp_path: Path
) -> None:
    picture = show_card(make_screen(), served, "Elif")
    phone = open_phone(film=make_film(picture, tmp_path / "film.y4m"), allowed=False)
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_text("The camera is not allowed here.").wait_for()
    upload(phone, picture)
    phone.get_by_role("heading", name="Elif").wait_for()


def test_a_device_without_a_camera_leaves_the_other_ways(
    make_screen: MakeScreen, open_phone: OpenCamera, served: Demo
) -> None:
    other = make_screen()
    code = read_code(show_card(other, served, "Femke")).rpartition("/")[2]
    phone = open_phone()
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_role("button", name="Start the camera").tap()
    phone.get_by_text("This device has no camera that we can use.").wait_for()
    phone.get_by_label(_CODE).fill(code.lower())
    phone.get_by_role("button", name="Open the card").tap()
    phone.get_by_role("heading", name="Femke").wait_for()


def upload(phone: Page, picture: bytes) -> None:
    file: Any = {"name": "photo.png", "mimeType": "image/png", "buffer": picture}
    phone.get_by_label("A photo of their code").set_input_files(file)
    phone.get_by_role("button", name="Read the photo").tap()


def test_a_photo_is_shrunk_on_the_phone_before_it_is_sent(
    make_screen: MakeScreen, served: Demo
) -> None:
    other, phone = make_screen(), make_screen()
    picture = show_card(other, served, "Goran")
    large = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").resize((3000, 4000)).save(large, "PNG")
    phone.goto(f"{served.base_url}/scan")
    with phone.expect_request("**/scan/picture") as coming:
        upload(phone, large.getvalue())
    assert len(coming.value.post_data_buffer or b"") < 220 * 1024
    phone.get_by_role("heading", name="Goran").wait_for()


def test_a_photo_without_a_code_is_told_so(make_screen: MakeScreen, served: Demo) -> None:
    phone = make_screen()
    phone.goto(f"{served.base_url}/scan")
    blank = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(blank, "PNG")
    upload(phone, blank.getvalue())
    phone.get_by_text("There is no code in this picture that we can read.").wait_for()


def test_without_scripts_a_photo_and_a_typed_code_do(make_screen: MakeScreen, served: Demo) -> None:
    other, phone = make_screen(), make_screen(java_script_enabled=False)
    picture = show_card(other, served, "Hedda")
    phone.goto(f"{served.base_url}/scan")
    assert not phone.get_by_role("button", name="Start the camera").is_visible()
    upload(phone, picture)
    phone.get_by_role("heading", name="Hedda").wait_for()
    phone.goto(f"{served.base_url}/scan")
    phone.get_by_label(_CODE).fill(read_code(picture).rpartition("/")[2])
    phone.get_by_role("button", name="Open the card").tap()
    phone.get_by_role("heading", name="Hedda").wait_for()


def test_a_typed_code_is_kept_without_network(make_screen: MakeScreen, served: Demo) -> None:
    other, phone = make_screen(), make_screen(service_workers="allow")
    code = read_code(show_card(other, served, "Imke")).rpartition("/")[2]
    join(phone, served, Newcomer(name="Jurek", offer="Poems", need="A press"))
    phone.goto(f"{served.base_url}/scan")
    _wait_for_worker(phone)
    phone.context.set_offline(True)
    phone.get_by_label(_CODE).fill(code)
    phone.get_by_role("button", name="Open the card").tap()
    phone.get_by_role("heading", name="Kept. Cards are exchanged").wait_for()
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="You now have each other’s card").wait_for()


def _wait_for_worker(page: Page) -> None:
    end = time.monotonic() + 60
    while not page.evaluate("!!navigator.serviceWorker.controller"):
        assert time.monotonic() < end
        page.wait_for_timeout(100)


@pytest.fixture
def laptop_server(tmp_path: Path) -> Iterator[str]:
    """A server on the venue's own network, reached by name without https; yields its address."""
    folder, port = tmp_path / "laptop", find_free_port()
    address = f"http://venue.test:{port}"
    environ = plain_environment() | {
        "MATCHMAKER_DATA_DIR": str(folder),
        "MATCHMAKER_BASE_URL": address,
    }
    program = [sys.executable, "-m", "matchmaker.cli"]
    starts = f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    event = ["event", "create", "cellar", "The cellar", "--starts", starts]
    for words in (["init-db"], event):
        subprocess.run([*program, *words], env=environ, check=True, capture_output=True)
    with (tmp_path / "laptop.log").open("wb") as log:
        server = subprocess.Popen(
            [*program, "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
    try:
        _wait_for_answer(port)
        yield address
    finally:
        server.terminate()
        server.wait(40)


def _wait_for_answer(port: int) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
                assert answer.read() == b"ok\n"
                return
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)


def test_without_https_a_photo_and_a_typed_code_do_and_the_page_says_so(
    open_phone: OpenCamera, laptop_server: str
) -> None:
    map_name = "--host-resolver-rules=MAP venue.test 127.0.0.1"
    other, phone = open_phone(map_name), open_phone(map_name)
    for page, name in ((other, "Kees"), (phone, "Lieve")):
        page.goto(f"{laptop_server}/e/cellar")
        fill_join_form(page, Newcomer(name=name, offer=f"Lessons by {name}", need="A cellar"))
        page.get_by_role("button", name="Join and see whom to meet").tap()
        page.get_by_text("You’re in.").wait_for()
    other.goto(f"{laptop_server}/me/card")
    picture = other.locator(".card").screenshot()
    phone.goto(f"{laptop_server}/scan")
    assert not phone.evaluate("window.isSecureContext")
    phone.get_by_text("This server is reached without https.").wait_for()
    assert not phone.get_by_role("button", name="Start the camera").is_visible()
    upload(phone, picture)
    phone.get_by_role("heading", name="Kees").wait_for()
    phone.goto(f"{laptop_server}/scan")
    phone.get_by_label(_CODE).fill(read_code(picture).rpartition("/")[2].lower())
    phone.get_by_role("button", name="Open the card").tap()
    phone.get_by_role("heading", name="Kees").wait_for()
    phone.get_by_role("button", name="Exchange cards").tap()
    phone.get_by_role("link", name="Open the contact").tap()
    phone.get_by_role("heading", name="Kees").wait_for()
