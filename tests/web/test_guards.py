"""What protects every page: looking changes nothing, forms are ours, browsers are told."""

import pytest
from fixtures.doors import ACTORS, SAFE, Stage, rehearse, snapshot
from fixtures.pages import Page
from fixtures.phones import BASE_URL
from flask import Flask
from werkzeug.test import TestResponse

from matchmaker.storage.connect import Database


@pytest.mark.parametrize("actor", ACTORS)
def test_looking_changes_nothing_but_what_was_seen(
    stage: Stage, database: Database, actor: str
) -> None:
    phone = stage.phones[actor]
    before = snapshot(database)
    for event in ("own", "other"):
        for door in stage.doors(event):
            if door.method == "GET":
                door.send(stage.app, phone.cookies, "")
    stage.app.extensions["matchmaker-looks"].flush()
    assert snapshot(database) == before


BY_SECRET_ADDRESS = {"unsubscribe.end"}
"""A mail provider's one click has neither cookie nor form (RFC 8058): the address is the secret."""


@pytest.mark.parametrize("actor", ["attendee", "owner"])
def test_nothing_changes_without_a_token_of_our_own_form(
    stage: Stage, database: Database, actor: str
) -> None:
    phone = stage.phones[actor]
    before = snapshot(database)
    unsafe = [door for door in stage.doors("own") if door.method not in SAFE]
    doors = [door for door in unsafe if door.endpoint not in BY_SECRET_ADDRESS]
    assert len(doors) > 20
    for token in ("", "forged"):
        told = {d.endpoint: d.send(stage.app, phone.cookies, token).status_code for d in doors}
        assert told == {door.endpoint: 400 for door in doors}
    assert snapshot(database) == before


@pytest.mark.parametrize("actor", ["attendee", "owner"])
def test_nothing_changes_because_another_site_asked_for_it(
    stage: Stage, database: Database, actor: str
) -> None:
    phone = stage.phones[actor]
    token = phone.token
    before = snapshot(database)
    for door in stage.doors("own"):
        if door.method not in SAFE:
            for origin in ("https://evil.example", "https://meet.example.org.evil.example"):
                answer = door.send(stage.app, phone.cookies, token, Origin=origin)
                assert answer.status_code == 403, door
    assert snapshot(database) == before


POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip


def assert_guarded(response: TestResponse) -> None:
    headers = response.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for cookie in headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("actor", ACTORS)
def test_every_answer_keeps_strangers_out_of_it(
    stage: Stage, database: Database, actor: str
) -> None:
    phone = stage.phones[actor]
    token, cookies = phone.token, phone.cookies
    rehearse(database)
    for door in stage.doors("own"):
        for sent in (token, "forged"):
            response = door.send(stage.app, cookies, sent)
            assert_guarded(response)
            if response.mimetype == "text/html" and response.status_code // 100 != 3:
                page = Page(response)
                assert page.root.all("style") == []
                assert not any("style" in one.attributes for one in page.root)
                assert not any(a.startswith("on") for one in page.root for a in one.attributes)
                assert all(not script.raw_text for script in page.root.all("script"))
            if door.endpoint != "static":
                assert "public" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/nowhere", "/e/", "/c/", "/static/nothing.css", "/%00"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "TRACE"])
def test_errors_carry_the_same_headers(app: Flask, path: str, method: str) -> None:
    response = app.test_client().open(path, method=method, base_url=BASE_URL)
    assert 400 <= response.status_code < 500
    assert_guarded(response)
