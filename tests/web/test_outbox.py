"""What a phone kept without network is taken in once, in order, and for its owner only."""

import json
from typing import Any

import pytest
from fixtures.attendees import Cast
from fixtures.cards import BadgeOf
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import BASE_URL, Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer
from flask import Flask

from matchmaker.people.attendee import Attendee

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


def deliver(phone: Phone, kind: str, **fields: str) -> Any:
    """Send one kept thing as the page does; return what the phone is told."""
    page = phone.send("/me/outbox", {"kind": kind, "client_key": "key", **fields})
    assert page.status == 200
    return json.loads(page.data)


def look_up(phone: Phone) -> Any:
    return json.loads(phone.open("/me/outbox").data)


@pytest.fixture
def adas(cast: Cast, sign_in: SignIn) -> Phone:
    """Ada's phone."""
    return sign_in(cast.ada)


@both_databases
def test_a_kept_scan_becomes_two_contacts_with_its_note(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    told = deliver(adas, "exchange", code=code_of(cast.bo).lower(), note="at the bar")
    assert (told["state"], told["name"]) == ("stored", "Bo")
    [hers], [his] = books.contacts(cast.ada), books.contacts(cast.bo)
    assert (hers.fields.name, hers.note) == ("Bo", "at the bar")
    assert (his.fields.name, his.note) == ("Ada", "")
    assert adas.open(told["contact"]).heading == "Bo"


@both_databases
def test_sent_again_it_changes_nothing(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    first = deliver(adas, "exchange", code=code_of(cast.bo), note="at the bar")
    assert deliver(adas, "exchange", code=code_of(cast.bo), note="at the bar") == first
    [hers] = books.contacts(cast.ada)
    assert hers.note == "at the bar"
    assert len(books.contacts(cast.bo)) == 1


@both_databases
def test_a_badge_scanned_without_network_asks_and_its_note_waits_for_the_yes(
    cast: Cast, adas: Phone, sign_in: SignIn, badge_of: BadgeOf, books: Books
) -> None:
    scan = {"code": badge_of(cast.bo), "note": "at the bar"}
    told = deliver(adas, "exchange", **scan)
    assert (told["state"], told["title"]) == ("asked", "You asked Bo")
    assert deliver(adas, "exchange", asked="1", **scan)["state"] == "asked"
    assert books.contacts(cast.ada) == books.contacts(cast.bo) == []
    bos = sign_in(cast.bo)
    bos.open("/me/asks")
    bos.tap("Exchange cards")
    told = deliver(adas, "exchange", asked="1", **scan)
    assert (told["state"], told["name"]) == ("stored", "Bo")
    assert [one.note for one in books.contacts(cast.ada)] == ["at the bar"]
    assert [one.note for one in books.contacts(cast.bo)] == [""]


def test_what_was_asked_and_taken_back_is_not_asked_again(
    cast: Cast, adas: Phone, sign_in: SignIn, badge_of: BadgeOf
) -> None:
    scan = {"code": badge_of(cast.bo)}
    deliver(adas, "exchange", **scan)
    adas.open("/me/asks")
    adas.tap("Take it back")
    assert deliver(adas, "exchange", asked="1", **scan)["state"] == "asked"
    assert "Ada would like to exchange" not in sign_in(cast.bo).open("/me/contacts").text


def test_several_scans_keep_their_order(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    for other in (cast.cy, cast.bo):
        deliver(adas, "exchange", code=code_of(other))
    assert [one.fields.name for one in books.contacts(cast.ada)] == ["Bo", "Cy"]


def test_a_note_joins_the_one_that_is_there(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    deliver(adas, "exchange", code=code_of(cast.bo), note="at the bar")
    deliver(adas, "exchange", code=code_of(cast.bo), note="knows kilns")
    assert books.contacts(cast.ada)[0].note == "at the bar\nknows kilns"


def test_a_kept_edit_replaces_what_the_phone_had_shown(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    deliver(adas, "exchange", code=code_of(cast.bo), note="at the bar")
    contact = books.contacts(cast.ada)[0].public_id
    words = {"note": "roof", "note_before": "at the bar", "promise": "the map"}
    assert deliver(adas, "note", contact=contact, **words)["state"] == "stored"
    found = books.contacts(cast.ada)[0]
    assert (found.note, found.promise) == ("roof", "the map")


def test_a_promise_of_before_does_not_push_out_a_later_one(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    deliver(adas, "exchange", code=code_of(cast.bo))
    contact = books.contacts(cast.ada)[0].public_id
    deliver(adas, "note", contact=contact, promise="the map")
    deliver(adas, "note", contact=contact, promise="the book", promise_before="")
    found = books.contacts(cast.ada)[0]
    assert (found.promise, found.note) == ("the map", "the book")
    deliver(adas, "note", contact=contact, promise="", promise_before="the map")
    assert books.contacts(cast.ada)[0].promise == ""


def test_what_the_rules_refuse_is_refused_for_good_in_words(
    cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    revoked = code_of(cast.bo)
    page = adas.send("/me/outbox", {"kind": "exchange", "code": "0" * 16})
    assert json.loads(page.data)["title"] == "This card can’t be opened"
    assert deliver(adas, "exchange", code=code_of(cast.ada))["title"] == "This is your own card"
    assert deliver(adas, "exchange", code="")["state"] == "refused"
    assert deliver(adas, "exchange", code=revoked, note="x" * 2001)["state"] == "refused"
    assert books.contacts(cast.ada) == books.contacts(cast.bo) == []


def test_somebody_elses_contact_is_not_there(
    cast: Cast, adas: Phone, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    deliver(adas, "exchange", code=code_of(cast.bo))
    contact = books.contacts(cast.ada)[0].public_id
    for stranger in (cast.bo, cast.cy, cast.dee):
        told = deliver(sign_in(stranger), "note", contact=contact, note="mine?")
        assert told["title"] == "This contact is no longer there"
    assert books.contacts(cast.ada)[0].note == ""


def test_nobody_signed_in_is_no_refusal(
    cast: Cast,
    phone: Phone,
    sign_in_organizer: SignInOrganizer,
    code_of: KeyOf,
    books: Books,
) -> None:
    for stranger in (phone, sign_in_organizer(cast.event)):
        kept = {"kind": "exchange", "code": code_of(cast.bo)}
        assert stranger.send("/me/outbox", kept).status == 404
        assert look_up(stranger)["person"] is None
    assert books.contacts(cast.bo) == []


def test_a_strangers_left_card_arrives_once(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books
) -> None:
    left = {"code": code_of(cast.bo), "name": "Eve", "reach": "eve@example.org", "note": "hello"}
    for _ in range(2):
        assert deliver(phone, "leave", consent="y", **left)["state"] == "stored"
    [contact] = books.contacts(cast.bo)
    assert (contact.fields.name, contact.fields.email) == ("Eve", "eve@example.org")
    told = deliver(phone, "leave", **left, client_keys="other")
    assert told["state"] == "refused"
    assert "Please tick this" in told["why"]


def test_left_cards_are_limited_here_too(cast: Cast, phone: Phone, code_of: KeyOf) -> None:
    left = {"kind": "leave", "code": code_of(cast.bo), "name": "Eve"}
    told = [phone.send("/me/outbox", left).status for _ in range(21)]
    assert told == [200] * 20 + [429]


@pytest.mark.parametrize("kind", ["", "exchanges", "../exchange", "None", "\u202e"])
def test_other_kinds_are_nothing(adas: Phone, kind: str) -> None:
    assert adas.send("/me/outbox", {"kind": kind}).status == 400


def test_the_token_is_fresh_and_needed(
    app: Flask, cast: Cast, adas: Phone, code_of: KeyOf, books: Books
) -> None:
    token = look_up(adas)["token"]
    kept = {"kind": "exchange", "code": code_of(cast.bo)}
    assert adas.send("/me/outbox", kept | {"csrf_token": "of another day"}).status == 400
    assert books.contacts(cast.ada) == []
    assert adas.send("/me/outbox", kept | {"csrf_token": token}).status == 200


def test_every_page_says_for_whom_it_was_made(cast: Cast, phone: Phone, sign_in: SignIn) -> None:
    marks = {}
    for who in (cast.ada, cast.bo):
        own = sign_in(who)
        marks[who.name] = look_up(own)["person"]
        for path in ("/me/card", "/me/contacts", f"/e/{cast.event.slug}/people", "/scan"):
            assert own.open(path).headers["Matchmaker-Person"] == marks[who.name]
    assert marks["Ada"] != marks["Bo"]
    assert phone.open("/scan").headers["Matchmaker-Person"] == "-"
    assert "Matchmaker-Person" not in phone.open("/offline").headers


def test_a_renewed_key_makes_other_phones_nobodys(cast: Cast, adas: Phone, sign_in: SignIn) -> None:
    sign_in(cast.ada).send(f"/e/{cast.event.slug}/me/key/new")
    other = sign_in(cast.ada)
    other.open(f"/e/{cast.event.slug}/me/key")
    other.tap("Make a new key")
    assert adas.open("/me/card").headers["Matchmaker-Person"] == "-"
    assert look_up(adas)["person"] is None


def test_a_copy_for_later_leaves_the_news_to_its_reader(cast: Cast, adas: Phone) -> None:
    adas.send(f"/e/{cast.event.slug}/me/hide")
    copied = adas.open(f"/e/{cast.event.slug}/people", Matchmaker_Copy="yes")
    assert copied.news == ""
    assert adas.open(f"/e/{cast.event.slug}/people").news == "You are hidden."


def test_the_worker_and_its_pages_leave_the_news_too(cast: Cast, adas: Phone) -> None:
    adas.send(f"/e/{cast.event.slug}/me/hide")
    for path in ("/sw.js", "/offline", "/offline/kept", "/me/outbox"):
        adas.open(path)
    assert adas.open(f"/e/{cast.event.slug}/people").news == "You are hidden."


def test_looking_sends_no_cookie_that_could_undo_a_sign_out(cast: Cast, adas: Phone) -> None:
    slug = cast.event.slug
    adas.open("/me/outbox")
    for path in ("/me/card", "/me/contacts", f"/e/{slug}/me", "/me/outbox", "/offline/kept"):
        page = adas.open(path)
        assert page.status == 200
        assert "Set-Cookie" not in page.headers, path


def test_the_worker_is_the_same_until_something_changes(phone: Phone, app: Flask) -> None:
    first, again = phone.open("/sw.js"), phone.open("/sw.js")
    assert first.data == again.data
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert first.headers["Cache-Control"] == "no-cache"
    unchanged = phone.open("/sw.js", If_None_Match=first.headers["ETag"])
    assert unchanged.status == 304


def test_all_that_the_worker_keeps_is_there_and_holds_nobody(
    cast: Cast, adas: Phone, app: Flask
) -> None:
    told = adas.open("/sw.js").data.decode()
    house = json.loads(told[told.index("start(") + len("start(") : told.rindex(")")])
    assert {house["none"], house["kept"]} <= set(house["files"])
    for address in house["files"]:
        answer = app.test_client().get(address, base_url=BASE_URL, buffered=True)
        assert answer.status_code == 200, address
    for name in ("none", "kept"):
        page = adas.open(house[name])
        assert "csrf_token" not in page.html
        assert not any(who.name in page.text for who in everybody(cast))


def everybody(cast: Cast) -> list[Attendee]:
    return [cast.ada, cast.bo, cast.cy, cast.dee]
