"""An exchange: one tap, two contacts, once."""

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer, Suggest

from matchmaker.people.attendee import Presence

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@both_databases
def test_both_have_a_contact_afterwards(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/c/{code_of(cast.bo)}")
    page = phone.tap("Exchange cards")
    assert page.heading == "You now have each other’s card"
    [hers], [his] = books.contacts(cast.ada), books.contacts(cast.bo)
    assert (hers.fields.name, his.fields.name) == ("Bo", "Ada")
    assert hers.event_name == his.event_name == cast.event.name
    assert (hers.could_give, hers.could_get) == (cast.bo.need, cast.bo.offer)
    assert (his.could_give, his.could_get) == (cast.ada.need, cast.ada.offer)
    assert "Ada" in sign_in(cast.bo).open("/me/contacts").text


@both_databases
def test_exchanging_again_changes_nothing(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    path = f"/c/{code_of(cast.bo)}/exchange"
    first, again = phone.send(path), phone.send(path)
    assert first.headers["Location"] == again.headers["Location"]
    sign_in(cast.bo).send(f"/c/{code_of(cast.ada)}/exchange")
    assert len(books.contacts(cast.ada)) == len(books.contacts(cast.bo)) == 1


def test_a_known_card_leads_to_the_contact(cast: Cast, sign_in: SignIn, code_of: KeyOf) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Exchange cards")
    page = phone.open(f"/c/{code_of(cast.bo)}")
    assert "You already have this card in your contacts." in page.text
    assert phone.tap("Open the contact").heading == "Bo"


def test_an_exchange_counts_as_met_for_both(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    bos.send(f"/c/{code_of(cast.ada)}/exchange")
    for phone in (adas, bos):
        page = phone.open(f"/e/{cast.event.slug}/people")
        assert page.suggested == []
        assert "One person met" in page.text


def test_an_exchange_shows_that_both_are_here(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    late = make_attendee("Late", here_since=None)
    left = make_attendee("Left", left_at=cast.event.starts_at)
    phone = sign_in(late)
    phone.send(f"/c/{code_of(left)}/exchange")
    assert books.attendee(late).presence is Presence.HERE
    assert books.attendee(left).presence is Presence.HERE


def test_the_promise_of_the_moment_is_kept_with_the_contact(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Exchange cards")
    page = phone.fill({"Something I said I’d send": "the article on glazes"}, "Keep it")
    assert page.heading == "Bo"
    [contact] = books.contacts(cast.ada)
    assert contact.promise == "the article on glazes"
    assert "the article on glazes" not in sign_in(cast.bo).open("/me/contacts").html


def test_ones_own_card_is_refused(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    page = sign_in(cast.ada).send(f"/c/{code_of(cast.ada)}/exchange")
    assert page.status == 409
    assert page.heading == "This is your own card"
    assert books.contacts(cast.ada) == []


def test_people_of_different_events_exchange_without_anybodys_texts(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.dee)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Exchange cards")
    [contact] = books.contacts(cast.dee)
    assert contact.fields.name == "Bo"
    assert (contact.could_give, contact.could_get, contact.event_name) == ("", "", "")


def test_the_page_after_an_exchange_is_for_its_owner_only(
    cast: Cast, phone: Phone, sign_in: SignIn, code_of: KeyOf
) -> None:
    adas = sign_in(cast.ada)
    path = adas.send(f"/c/{code_of(cast.bo)}/exchange").headers["Location"]
    assert adas.open(path).status == 200
    for stranger in (phone, sign_in(cast.bo), sign_in(cast.cy), sign_in(cast.dee)):
        assert stranger.open(path).status == 404


def test_nobody_exchanges_without_a_card_of_their_own(
    cast: Cast, phone: Phone, sign_in_organizer: SignInOrganizer, code_of: KeyOf, books: Books
) -> None:
    for stranger in (phone, sign_in_organizer(cast.event)):
        assert stranger.send(f"/c/{code_of(cast.bo)}/exchange").status == 404
    assert books.contacts(cast.bo) == []
