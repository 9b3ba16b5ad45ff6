"""One person with two phones: what one of them does stands on both, and nothing is stored twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fixtures.attendees import Cast
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn

Phones = tuple[Phone, Phone]


@pytest.fixture
def phones(cast: Cast, sign_in: SignIn) -> Phones:
    """Ada is signed in on both."""
    return sign_in(cast.ada), sign_in(cast.ada)


def test_both_scan_the_same_card_and_there_is_one_contact(
    cast: Cast, phones: Phones, code_of: KeyOf, books: Books
) -> None:
    path = f"/c/{code_of(cast.bo)}/exchange"
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda phone: phone.send(path), phones))
    assert {page.status for page in pages} == {302}
    assert [contact.fields.name for contact in books.contacts(cast.ada)] == ["Bo"]
    assert [contact.fields.name for contact in books.contacts(cast.bo)] == ["Ada"]


def test_a_note_of_one_phone_stands_on_the_other(
    cast: Cast, phones: Phones, code_of: KeyOf, books: Books
) -> None:
    one, other = phones
    one.send(f"/c/{code_of(cast.bo)}/exchange")
    [contact] = books.contacts(cast.ada)
    one.open(f"/me/contacts/{contact.public_id}")
    one.fill({"Note": "Met at the window"}, "Save")
    assert "Met at the window" in other.open(f"/me/contacts/{contact.public_id}").html


def test_a_new_key_signs_the_other_phone_out(cast: Cast, phones: Phones) -> None:
    one, other = phones
    one.open(f"/e/{cast.event.slug}/me/key")
    one.send(f"/e/{cast.event.slug}/me/key")
    assert other.open("/me/card").status == 404
