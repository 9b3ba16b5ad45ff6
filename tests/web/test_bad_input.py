"""Bad input gets a clear page of ours and the right status; what was typed is still there."""

from collections.abc import Mapping

import pytest
from fixtures.attendees import Cast
from fixtures.pages import Page
from fixtures.phones import BASE_URL, Phone
from fixtures.venue import Books, KeyOf, SignIn
from flask import Flask
from werkzeug.test import TestResponse

from matchmaker.people.event import Event

OFFER, NEED = "What could you help somebody with?", "What are you looking for?"
JOIN = "Join and see whom to meet"
HTML = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'"
OVERRIDE = "\u202e\u2066\u202b"
FAMILY = "👩\u200d👩\u200d👧 🏳️\u200d🌈 كرة"

SURVIVES = {
    "html": (HTML, HTML),
    "emoji": (FAMILY, FAMILY),
    "a word of 600 characters": ("w" * 600, "w" * 600),
    "overrides": (f"safe{OVERRIDE}txt", "safetxt"),
    "nul": ("sa\0fe", "safe"),
    "template": ("{{ 7*7 }} {% raw %} ${7*7}", "{{ 7*7 }} {% raw %} ${7*7}"),
    "sql": ("'; DROP TABLE people; --", "'; DROP TABLE people; --"),
    "hebrew": ("אני מחפשת\u200f נגר", "אני מחפשת\u200f נגר"),
}


@pytest.mark.parametrize(("typed", "kept"), SURVIVES.values(), ids=SURVIVES.keys())
def test_strange_words_stand_on_pages_as_words(
    phone: Phone, event: Event, books: Books, typed: str, kept: str
) -> None:
    phone.open(f"/e/{event.slug}")
    phone.fill({OFFER: typed, NEED: typed, "Your name": typed[:100]}, JOIN)
    [joined] = books.everybody(event)
    assert (joined.offer, joined.need) == (kept, kept)
    page = phone.open(f"/e/{event.slug}/me/more")
    assert page.value(OFFER) == kept
    assert len(page.root.all("script")) == 1
    assert page.root.all("img") == []


@pytest.mark.parametrize(("typed", "kept"), SURVIVES.values(), ids=SURVIVES.keys())
def test_strange_words_are_still_there_after_an_error(
    phone: Phone, event: Event, typed: str, kept: str
) -> None:
    phone.open(f"/e/{event.slug}")
    page = phone.fill({OFFER: typed, NEED: typed, "Phone or e-mail": "a@"}, JOIN)
    assert page.status == 422
    assert (page.value(OFFER), page.value(NEED)) == (kept, kept)


def test_an_empty_form_is_told_what_is_missing(phone: Phone, event: Event) -> None:
    phone.open(f"/e/{event.slug}")
    page = phone.fill({}, JOIN)
    assert page.status == 422
    assert "Please write something here" in page.problem(OFFER)


def knock(
    app: Flask, path: str, data: bytes | Mapping[str, str] = b"", **more: str
) -> TestResponse:
    """Send bytes that no browser of ours would send, from a device of its own."""
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    method = headers.pop("method", "POST")
    kind = headers.pop("kind", "application/x-www-form-urlencoded")
    return app.test_client().open(
        path, method=method, data=data, base_url=BASE_URL, content_type=kind, headers=headers
    )


def assert_page_of_ours(response: TestResponse, status: int) -> Page:
    page = Page(response)
    assert page.status == status
    assert page.heading
    assert page.root.by_id("main") is not None
    assert "Traceback" not in page.html
    return page


@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "x/y"],
)
def test_ten_megabytes_are_refused(app: Flask, event: Event, kind: str) -> None:
    answer = knock(app, f"/e/{event.slug}/join", b"offer=" + b"x" * 10_000_000, kind=kind)
    assert assert_page_of_ours(answer, 413).heading == "That is too much at once"


@pytest.mark.parametrize(
    "data", [b"offer=%ff%fe%00&need=%c3%28", b"offer=\xff\xfe", b"%", b"\0", b"&&&=&=x&", b"{}"]
)
def test_broken_bytes_are_a_form_without_a_token(app: Flask, event: Event, data: bytes) -> None:
    assert_page_of_ours(knock(app, f"/e/{event.slug}/join", data), 400)


def test_broken_bytes_with_a_token_are_told_where_they_are(
    phone: Phone, event: Event, books: Books
) -> None:
    broken = {"offer": b"caf\xe9 \xff", "reach": b"\xff@\xff"}
    page = phone.send(f"/e/{event.slug}/join", broken)
    assert page.status == 422
    # Bytes that are no text stand there as they came, so that their writer can see them.
    assert page.value(OFFER) == "caf%E9 %FF"
    assert page.problem("Phone or e-mail")
    assert books.everybody(event) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?x=%00", 400),
        ("/have-card?next=%00", 400),
        ("/?x=%ff%fe", 200),
        ("/have-card?next=%ff%0d%0aX-Evil:1", 200),
        ("/e/%ff%fe", 404),
        ("/e/%00", 404),
        ("/e/" + "x" * 3000, 404),
        ("/e/%e2%80%ae", 404),
        ("/in/%00", 404),
        ("/in/%ff.%ff", 410),
        ("/o/in/%f0%9f%98%80", 410),
        ("/me/contacts/%ff", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_strange_addresses_get_a_clear_answer(app: Flask, path: str, status: int) -> None:
    assert_page_of_ours(knock(app, path, method="GET"), status)


@pytest.mark.parametrize("accept", ["", "xx-yy;q=abc", "\xff", "," * 500, "*", "he;q=1e999"])
def test_strange_language_wishes_are_answered_in_english(app: Flask, accept: str) -> None:
    answer = knock(app, "/", method="GET", Accept_Language=accept)
    assert 'lang="en"' in assert_page_of_ours(answer, 200).html


@pytest.mark.parametrize("cookie", ["__Host-matchmaker=forged", "__Host-matchmaker=" + "x" * 4000])
def test_a_forged_cookie_signs_nobody_in(app: Flask, event: Event, cookie: str) -> None:
    answer = knock(app, f"/e/{event.slug}/me", method="GET", Cookie=cookie)
    assert_page_of_ours(answer, 404)


HOSTS = ("evil.example", "meet.example.org.evil.example", "meet.example.org@evil.example", "a b",
         "[::", "evil.example:notaport", "<script>")  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_strange_host_gets_a_page_that_does_not_repeat_it(
    app: Flask, host: str, method: str
) -> None:
    answer = knock(app, "/have-card", method=method, Host=host)
    page = assert_page_of_ours(answer, 400)
    assert host not in page.html
    assert "evil" not in str(page.headers)


def test_a_strange_forwarded_host_changes_no_address(app: Flask, event: Event) -> None:
    answer = knock(
        app,
        f"/e/{event.slug}",
        method="GET",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Proto="http",
    )
    assert "evil" not in assert_page_of_ours(answer, 200).html


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "application/json", "\xff/x"]
)
def test_strange_kinds_of_forms_are_refused(app: Flask, event: Event, kind: str) -> None:
    assert_page_of_ours(knock(app, f"/e/{event.slug}/join", b"--x\r\n\r\n", kind=kind), 400)


def test_a_thousand_fields_are_no_form_of_ours(phone: Phone, event: Event) -> None:
    many = {f"field{n}": "x" for n in range(999)}
    assert phone.send(f"/e/{event.slug}/join", many).status == 422


def test_another_events_link_is_nothing_here(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.dee)
    for page in ("me", "me/more", "me/key"):
        assert phone.open(f"/e/{cast.event.slug}/{page}").status == 404
        assert phone.page.link("To the event") == f"/e/{cast.event.slug}"


def test_a_code_of_another_server_or_with_a_typing_error_is_told_so(
    cast: Cast, code_of: KeyOf, phone: Phone
) -> None:
    code = code_of(cast.bo)
    swapped = code[1] + code[0] + code[2:]
    for wrong in (swapped, code[:-1], code + "0"):
        if wrong != code:
            assert phone.open(f"/c/{wrong}").status == 404
            assert phone.page.heading == "This card can’t be opened"
