"""Pages come quickly through a crowded hall's network: small, and nothing from elsewhere."""

import gzip

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.invitations import AddInvitations
from fixtures.phones import BASE_URL, Phone
from fixtures.venue import KeyOf, SignIn, SignInOrganizer, Suggest
from flask import Flask

from matchmaker.settings import find_shipped

MOST_HTML_AND_CSS, MOST_SCRIPT = 30 * 1024, 20 * 1024


def size_of(*parts: bytes) -> int:
    return sum(len(gzip.compress(part, 6)) for part in parts)


@pytest.fixture
def ada(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, code_of: KeyOf, suggest: Suggest
) -> Phone:
    """A phone with a full list and a contact, all texts as long as they may be."""
    for number in range(5):
        words = " ".join(f"{number}word{n}" for n in range(90))[:600]
        suggest(cast.ada, make_attendee(f"Somebody {number}", offer=words, need=words[::-1]))
    phone = sign_in(cast.ada)
    phone.send(f"/c/{code_of(cast.bo)}/exchange")
    code_of(cast.ada)
    return phone


def test_a_page_with_its_styles_is_at_most_thirty_kilobytes(
    cast: Cast,
    ada: Phone,
    sign_in_organizer: SignInOrganizer,
    app: Flask,
    code_of: KeyOf,
    add_invitations: AddInvitations,
) -> None:
    laptop = sign_in_organizer(cast.event)
    slug = cast.event.slug
    known = add_invitations(cast.event, cast.ada, cast.bo)
    note = ada.open(f"/e/{slug}/people").link("I’d like to meet")
    pages = [ada.open(path) for path in (
        note, f"/e/{slug}/invitations/{known['invitation']}",
        f"/e/{slug}/meetings/{known['meeting']}",
        "/", "/privacy", "/have-card", "/me/card", "/me/card?side=offline", "/me/contacts",
        "/me/card/edit", "/me/card/badge", "/me/asks", f"/e/{slug}/code",
        "/me/keep-in-touch", f"/e/{slug}/evening", ada.open("/me/contacts").link("Bo"),
        "/scan", "/offline", "/offline/kept", "/me/blocked", "/me/introductions",
        "/me/introductions/new", "/me/introductions/ask",
        f"/e/{slug}/people/{cast.cy.public_id}/safety",
        f"/e/{slug}", f"/e/{slug}/people", f"/e/{slug}/me", f"/e/{slug}/me/more",
        f"/e/{slug}/me/key", f"/c/{code_of(cast.cy)}",
    )]  # fmt: skip
    pages += [
        laptop.open(f"/o/e/{slug}{path}")
        for path in ("", "/desk", "/poster", "/badges", "/programme", "/reports")
    ]
    for page in pages:
        assert page.status == 200
        links = [one.attributes for one in page.root.all("link")]
        styles = [one["href"] for one in links if one["rel"] == "stylesheet"]
        assert styles
        answers = [app.test_client().get(s, base_url=BASE_URL, buffered=True) for s in styles]
        assert {answer.status_code for answer in answers} == {200}
        size = size_of(page.data, *[answer.data for answer in answers])
        assert size <= MOST_HTML_AND_CSS, f"{page.path}: {size}"


def test_all_scripts_together_are_at_most_twenty_kilobytes() -> None:
    scripts = [file.read_bytes() for file in find_shipped("static").rglob("*.js")]
    assert scripts
    assert size_of(*scripts) <= MOST_SCRIPT


def test_nothing_is_loaded_from_another_site(cast: Cast, ada: Phone) -> None:
    for path in ("/", f"/e/{cast.event.slug}/people", "/me/card"):
        page = ada.open(path)
        loaded = [
            one.attributes.get("src") or one.attributes.get("href", "")
            for one in page.root.all("link", "script", "img", "iframe")
        ]
        assert loaded
        assert all(address.startswith("/static/") for address in loaded)


def test_styles_and_scripts_are_kept_by_browsers_until_they_change(ada: Phone, app: Flask) -> None:
    [style, *_] = [one.attributes["href"] for one in ada.open("/").root.all("link")]
    answer = app.test_client().get(style, base_url=BASE_URL, buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
