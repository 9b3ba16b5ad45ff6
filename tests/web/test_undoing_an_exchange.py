"""Undoing an exchange by tap, and telling the one whose card was scanned."""

import pytest
from fixtures.attendees import Cast
from fixtures.introductions import Exchange
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn
from flask import Flask

TOLD = "Ada has your card, you have theirs."


@pytest.fixture
def adas(cast: Cast, sign_in: SignIn, code_of: KeyOf) -> Phone:
    """Ada's phone, right after it scanned Bo's card."""
    phone = sign_in(cast.ada)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Exchange cards")
    return phone


def test_one_who_scanned_by_mistake_undoes_it(
    cast: Cast, adas: Phone, sign_in: SignIn, books: Books
) -> None:
    page = adas.tap("Undo the exchange")
    assert "Undone. It is as if nothing had been exchanged." in page.news
    assert books.contacts(cast.ada) == books.contacts(cast.bo) == []
    assert TOLD not in sign_in(cast.bo).open("/me/card").text


def test_the_one_whose_card_was_scanned_is_told_until_they_looked(
    cast: Cast, adas: Phone, sign_in: SignIn, app: Flask
) -> None:
    bos = sign_in(cast.bo)
    assert TOLD in bos.open(f"/e/{cast.event.slug}/people").text
    assert TOLD in bos.open("/me/card").text
    # A copy that the phone takes in the background was seen by nobody.
    bos.open(bos.page.link(TOLD), Matchmaker_Copy="1")
    app.extensions["matchmaker-looks"].flush()
    bos.open("/me/card")
    page = bos.tap(TOLD)
    assert page.heading == "Ada has your card, you have theirs"
    assert TOLD not in page.text
    app.extensions["matchmaker-looks"].flush()
    assert TOLD not in bos.open("/me/card").text


def test_the_one_who_scanned_is_not_told_what_they_did(adas: Phone) -> None:
    assert "has your card, you have theirs." not in adas.open("/me/card").text


def test_they_may_undo_it_too(cast: Cast, adas: Phone, sign_in: SignIn, books: Books) -> None:
    bos = sign_in(cast.bo)
    bos.open("/me/card")
    bos.tap(TOLD)
    bos.tap("Undo the exchange")
    assert books.contacts(cast.ada) == books.contacts(cast.bo) == []


def test_a_form_sent_late_stays_undone_and_says_so(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone, key = sign_in(cast.ada), {"client_key": "k" * 22}
    path = f"/c/{code_of(cast.bo)}/exchange"
    shown = phone.send(path, key).headers["Location"]
    phone.open(shown)
    phone.tap("Undo the exchange")
    late = phone.send(path, key)
    assert (late.status, late.heading) == (409, "This exchange was undone")
    assert books.contacts(cast.ada) == []
    phone.send(path, {"client_key": "another"})
    assert len(books.contacts(cast.ada)) == len(books.contacts(cast.bo)) == 1


def test_after_ten_minutes_it_is_not_offered_and_refused(
    cast: Cast, sign_in: SignIn, exchange: Exchange, books: Books
) -> None:
    exchange(cast.ada, cast.bo, cast.event, ago=11)
    [contact] = books.contacts(cast.ada)
    phone = sign_in(cast.ada)
    page = phone.open(f"/me/exchanged/{contact.public_id}")
    assert "Undo the exchange" not in page.buttons
    refused = phone.send(f"/me/exchanged/{contact.public_id}/undo")
    assert (refused.status, refused.heading) == (409, "It can no longer be undone")
    assert len(books.contacts(cast.bo)) == 1


def test_nobody_else_undoes_it(
    cast: Cast, adas: Phone, phone: Phone, sign_in: SignIn, books: Books
) -> None:
    [hers] = books.contacts(cast.ada)
    for stranger in (phone, sign_in(cast.bo), sign_in(cast.cy), sign_in(cast.dee)):
        assert stranger.send(f"/me/exchanged/{hers.public_id}/undo").status == 404
    assert books.contacts(cast.ada) == [hers]
