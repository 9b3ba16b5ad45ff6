"""A picture of a card's code leads to the card; anything else gets a sentence, and is forgotten."""

import struct
import zlib
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore

import pytest
import qrcode
from fixtures.attendees import Cast
from fixtures.pages import Page
from fixtures.phones import BASE_URL, Phone
from fixtures.venue import KeyOf, SignIn
from PIL import Image
from werkzeug.test import TestResponse

from matchmaker.cards.codes import card_url, show_code


def picture_of(words: str, form: str = "JPEG") -> bytes:
    """A photo of a code."""
    code = qrcode.QRCode(border=4, box_size=8)
    code.add_data(words)
    table = Image.new("RGB", (800, 600), (120, 110, 100))
    table.paste(code.make_image().get_image().convert("RGB"), (60, 40))
    file = BytesIO()
    table.save(file, form)
    return file.getvalue()


def send(phone: Phone, data: bytes, name: str = "photo.jpg", **headers: str) -> Page:
    return phone.send("/scan/picture", {"picture": (BytesIO(data), name)}, **headers)


def upload(phone: Phone, path: str, data: bytes) -> TestResponse:
    """Send a whole photo as a browser writes it (RFC 7578)."""
    parts = [("csrf_token", "", phone.token.encode()), ("picture", '; filename="a.jpg"', data)]
    body = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, more, value in parts
    )
    return phone._client.post(
        path,
        base_url=BASE_URL,
        data=body + b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Origin": BASE_URL, "Referer": f"{BASE_URL}/"},
        buffered=True,
    )


@pytest.fixture
def bos_card(cast: Cast, code_of: KeyOf) -> str:
    """The address in the code of Bo's card."""
    return card_url(BASE_URL, code_of(cast.bo))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_a_card_leads_to_it(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, bos_card: str, form: str
) -> None:
    page = send(sign_in(cast.ada), picture_of(bos_card, form))
    assert page.status == 302
    assert page.headers["Location"] == f"/c/{code_of(cast.bo).lower()}"


def test_who_is_not_signed_in_may_scan_too(phone: Phone, cast: Cast, bos_card: str) -> None:
    where = send(phone, picture_of(bos_card)).headers["Location"]
    assert phone.open(where).heading == "Bo"


def test_a_script_is_told_in_its_own_form(phone: Phone, cast: Cast, bos_card: str) -> None:
    found = send(phone, picture_of(bos_card), Accept="application/json")
    assert found.status == 200
    assert b'"card":"/c/' in found.data
    blank = BytesIO()
    Image.new("RGB", (640, 480), "white").save(blank, "JPEG")
    # Most frames of a camera show no code: nothing is said of them.
    none = send(phone, blank.getvalue(), Accept="application/json")
    assert (none.status, none.data) == (200, b'{"said":""}\n')
    other = send(phone, picture_of("https://evil.example/"), Accept="application/json")
    assert other.status == 422
    assert "not a card of this event" in other.data.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("https://evil.example/C/0123456789ABCDEF", "not a card of this event"),
        ("https://meet.example.org@evil.example/c/0123456789abcdef", "not a card of this event"),
        ("javascript:alert(1)", "not a card of this event"),
        ("https://meet.example.org/o/in/x", "not a card of this event"),
        ("WIFI:S:x;T:nopass;;", "not a card of this event"),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\r\nEND:VCARD", "Your phone’s own camera can save"),
    ],
)
def test_a_code_of_something_else_is_told_and_never_followed(
    phone: Phone, words: str, sentence: str
) -> None:
    page = send(phone, picture_of(words))
    assert page.status == 422
    assert sentence in page.text
    assert "evil" not in page.html


def test_a_card_beside_another_code_is_found(phone: Phone, bos_card: str) -> None:
    both = Image.new("RGB", (1400, 600), "white")
    both.paste(Image.open(BytesIO(picture_of("https://example.org"))), (0, 0))
    both.paste(Image.open(BytesIO(picture_of(bos_card))).resize((560, 420)), (820, 0))
    file = BytesIO()
    both.save(file, "PNG")
    assert send(phone, file.getvalue()).headers["Location"].startswith("/c/")


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 900 megapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


_NO_PICTURE = "not a picture that we can read"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "", "No picture came with this"),
        (b"", "photo.jpg", "No picture came with this"),
        (b"hello", "photo.jpg", _NO_PICTURE),
        (b"\0" * 5000, "photo.jpg", _NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg", _NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", _NO_PICTURE),
        (picture_of("x") + b"<script>alert(1)</script>", "a.jpg", _NO_PICTURE),
        (picture_of("x") + b"PK\x05\x06" + bytes(18), "a.zip", _NO_PICTURE),
        (b"%PDF-1.7\n" + picture_of("x"), "a.pdf", _NO_PICTURE),
        (picture_of("x")[:2000], "a.jpg", _NO_PICTURE),
        (bomb(), "a.png", "too large"),
    ],
    ids=range(11),
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    phone: Phone, data: bytes, name: str, sentence: str
) -> None:
    page = send(phone, data, name)
    assert page.status == 422
    assert sentence in page.text
    assert page.heading == "Scan a card"
    # The other two ways stand there still.
    assert {"Read the photo", "Open the card"} <= set(page.buttons)


def test_a_form_without_a_picture_is_told_so(phone: Phone) -> None:
    assert "No picture came" in phone.send("/scan/picture").text


def test_a_large_photo_may_come_here_and_nowhere_else(phone: Phone, bos_card: str) -> None:
    large = picture_of(bos_card) + b" " * 5_000_000
    assert upload(phone, "/scan/picture", large).status_code == 302
    assert upload(phone, "/have-card", large).status_code == 413
    assert upload(phone, "/scan/picture", large + b" " * 17_000_000).status_code == 413


def test_nothing_of_a_picture_is_kept(phone: Phone, bos_card: str, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    send(phone, picture_of(bos_card))
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


def test_pictures_are_limited_for_each_device(
    make_phone: Callable[[], Phone], bos_card: str
) -> None:
    one, other = make_phone(), make_phone()
    data = {"picture": "not even a file", "csrf_token": one.token}
    told = [one.send("/scan/picture", data) for _ in range(151)]
    assert {page.status for page in told[:150]} == {422}
    assert told[150].status == 429
    assert told[150].headers["Retry-After"]
    assert send(other, picture_of(bos_card)).status == 302


def test_more_pictures_than_can_be_read_at_once_are_asked_to_wait(
    phone: Phone, bos_card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = import_module("matchmaker.web.pages.scan")
    monkeypatch.setattr(scan, "_PATIENCE", 0.01)
    monkeypatch.setattr(scan, "_READERS", BoundedSemaphore(1))
    with scan._READERS:
        response = upload(phone, "/scan/picture", picture_of(bos_card))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3"
    assert "Many people scan at this moment." in Page(response).text
    assert upload(phone, "/scan/picture", picture_of(bos_card)).status_code == 302


@pytest.mark.parametrize("shape", [str.lower, str.upper, show_code, lambda code: f" {code} "])
def test_a_typed_code_leads_to_the_card(
    cast: Cast, phone: Phone, code_of: KeyOf, shape: Callable[[str], str]
) -> None:
    phone.open("/scan")
    page = phone.fill({"The code under their QR code": shape(code_of(cast.bo))}, "Open the card")
    assert page.heading == "Bo"


def test_a_pasted_address_of_a_card_leads_to_it(cast: Cast, phone: Phone, bos_card: str) -> None:
    phone.open("/scan")
    page = phone.fill({"The code under their QR code": bos_card}, "Open the card")
    assert page.heading == "Bo"


@pytest.mark.parametrize(
    "typed", ["abc", "https://evil.example/c/0123456789abcdef", "<script>", "u" * 16, "x" * 3000]
)
def test_what_is_no_code_is_told_so_and_stays_there(phone: Phone, typed: str) -> None:
    phone.open("/scan")
    page = phone.fill({"The code under their QR code": typed}, "Open the card")
    assert page.status == 422
    assert "not a code of a card here" in page.text
    assert page.value("The code under their QR code") == typed[:100]


def test_a_code_that_nobody_has_is_told_by_the_cards_page(phone: Phone) -> None:
    phone.open("/scan")
    page = phone.fill({"The code under their QR code": "0123456789abcdef"}, "Open the card")
    assert (page.status, page.heading) == (404, "This card can’t be opened")


def test_the_camera_is_allowed_on_this_page_only(phone: Phone) -> None:
    assert "camera=(self)" in phone.open("/scan").headers["Permissions-Policy"]
    assert "camera=()" in phone.open("/").headers["Permissions-Policy"]


def test_the_ways_to_the_scanner_stand_where_cards_are(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    for path in ("/me/card", "/me/contacts"):
        phone.open(path)
        assert phone.tap("Scan a card").heading == "Scan a card"
