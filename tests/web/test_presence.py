"""Here, leaving, hidden: each one tap, and it holds at once."""

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest

from matchmaker.people.attendee import Presence


def names_on(page_of: Phone, slug: str) -> list[str]:
    return page_of.open(f"/e/{slug}/people").suggested


def test_who_leaves_is_suggested_to_nobody_any_more(
    cast: Cast, sign_in: SignIn, suggest: Suggest, books: Books
) -> None:
    suggest(cast.ada, cast.bo)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    assert names_on(adas, cast.event.slug) == ["Bo"]
    bos.open(f"/e/{cast.event.slug}/me")
    page = bos.tap("I’m leaving")
    assert "Good night." in page.news
    assert books.attendee(cast.bo).presence is Presence.LEFT
    assert names_on(adas, cast.event.slug) == []


def test_who_comes_back_stands_where_they_stood(
    cast: Cast, sign_in: SignIn, suggest: Suggest, books: Books
) -> None:
    suggest(cast.ada, cast.bo)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    bos.send(f"/e/{cast.event.slug}/me/leave")
    bos.open(f"/e/{cast.event.slug}/me")
    page = bos.tap("I’m here")
    assert "Welcome!" in page.news
    assert books.attendee(cast.bo).presence is Presence.HERE
    assert names_on(adas, cast.event.slug) == ["Bo"]


def test_hiding_works_at_once_and_both_ways(
    cast: Cast, sign_in: SignIn, suggest: Suggest, books: Books
) -> None:
    suggest(cast.ada, cast.bo)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    bos.open(f"/e/{cast.event.slug}/me")
    page = bos.tap("Hide me")
    assert "You are hidden" in page.text
    assert names_on(adas, cast.event.slug) == []
    assert names_on(bos, cast.event.slug) == []
    bos.open(f"/e/{cast.event.slug}/me")
    bos.tap("Show me again")
    assert books.attendee(cast.bo).hidden_at is None
    assert names_on(adas, cast.event.slug) == ["Bo"]


def test_before_the_event_people_are_coming_and_nobody_is_asked_whether_they_are_here(
    make_event: MakeEvent, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    running = make_event()
    later = make_event(starts_at=running.ends_at, ends_at=running.ends_at.replace(year=2100))
    facts = {"event": later, "offer": "Cakes", "need": "Flour", "here_since": None}
    ada, bo = make_attendee("Ada", **facts), make_attendee("Bo", **facts)
    suggest(ada, bo)
    phone = sign_in(ada)
    page = phone.open(f"/e/{later.slug}/people")
    assert "Coming" in page.article("Bo").text
    assert "I’m here" not in phone.open(f"/e/{later.slug}/me").buttons


@pytest.mark.parametrize("deed", ["here", "leave", "hide", "unhide"])
def test_nobody_else_can_do_it_for_them(
    cast: Cast,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    books: Books,
    deed: str,
) -> None:
    before = [books.attendee(one) for one in (cast.ada, cast.bo, cast.cy)]
    for stranger in (phone, sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.send(f"/e/{cast.event.slug}/me/{deed}").status == 404
    assert [books.attendee(one) for one in (cast.ada, cast.bo, cast.cy)] == before


def test_one_tap_is_for_one_person(cast: Cast, sign_in: SignIn, books: Books) -> None:
    sign_in(cast.ada).send(f"/e/{cast.event.slug}/me/hide")
    assert books.attendee(cast.ada).hidden_at is not None
    assert books.attendee(cast.bo).hidden_at is None
    assert books.attendee(cast.cy).hidden_at is None


def test_signing_out_makes_the_phone_forget(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me")
    page = phone.tap("Sign out")
    assert page.path == f"/e/{cast.event.slug}"
    assert phone.open(f"/e/{cast.event.slug}/me").status == 404
    assert phone.open("/me/contacts").status == 404
