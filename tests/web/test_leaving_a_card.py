"""A stranger leaves a card: only with consent, once, and only its owner sees it."""

from fixtures.attendees import Cast
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn

CONSENT = "They may keep this and write to me"
CARD = {
    "Your name": "Eve Passing",
    "Phone or e-mail": "eve@example.org",
    "A few words": "We spoke about kilns",
}


def test_a_card_that_is_left_becomes_a_contact(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books, sign_in: SignIn
) -> None:
    phone.open(f"/c/{code_of(cast.bo)}")
    page = phone.fill({**CARD, CONSENT: True}, "Leave my card")
    assert "They have your card now." in page.news
    [contact] = books.contacts(cast.bo)
    assert contact.fields.name == "Eve Passing"
    assert contact.fields.email == "eve@example.org"
    assert contact.note == "We spoke about kilns"
    assert "Eve Passing" in sign_in(cast.bo).open("/me/contacts").text


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books
) -> None:
    page = phone.open(f"/c/{code_of(cast.bo)}")
    assert "checked" not in page.control(CONSENT).attributes
    page = phone.fill(CARD, "Leave my card")
    assert page.status == 422
    assert "Please tick this" in page.problem(CONSENT)
    assert {label: page.value(label) for label in CARD} == CARD
    assert books.contacts(cast.bo) == []


def test_a_card_needs_a_name_and_an_address_that_can_be_one(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books
) -> None:
    phone.open(f"/c/{code_of(cast.bo)}")
    page = phone.fill({"Phone or e-mail": "eve@", CONSENT: True}, "Leave my card")
    assert page.status == 422
    assert page.problem("Your name") == "Please write your name."
    assert "does not look like an e-mail" in page.problem("Phone or e-mail")
    assert "2 answers need another look." in page.text
    assert books.contacts(cast.bo) == []


def test_a_form_sent_twice_is_kept_once(
    cast: Cast, phone: Phone, make_phone: MakePhone, code_of: KeyOf, books: Books
) -> None:
    form = {"name": "Eve", "consent": "y", "client_key": "k" * 22}
    path = f"/c/{code_of(cast.bo)}/leave"
    assert {one.send(path, form).status for one in (phone, phone, make_phone())} == {302}
    assert len(books.contacts(cast.bo)) == 1
    phone.send(path, {**form, "client_key": "another"})
    assert len(books.contacts(cast.bo)) == 2


def test_the_stranger_learns_nothing_more_than_before(
    cast: Cast, phone: Phone, code_of: KeyOf
) -> None:
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.fill({**CARD, CONSENT: True}, "Leave my card")
    assert phone.open("/me/contacts").status == 404
    assert phone.open(f"/e/{cast.event.slug}/people").path == f"/e/{cast.event.slug}"


def test_one_device_cannot_flood_somebody(cast: Cast, phone: Phone, code_of: KeyOf) -> None:
    path = f"/c/{code_of(cast.bo)}/leave"
    form = {"name": "Eve", "consent": "y"}
    answers = [phone.send(path, form | {"client_key": str(n)}).status for n in range(21)]
    assert answers == [302] * 20 + [429]
    assert phone.page.heading == "Too many requests"


def test_what_was_left_is_for_the_owner_of_the_card_only(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books, sign_in: SignIn
) -> None:
    phone.send(f"/c/{code_of(cast.bo)}/leave", {"name": "Eve", "consent": "y"})
    [contact] = books.contacts(cast.bo)
    for stranger in (phone, sign_in(cast.ada), sign_in(cast.dee)):
        assert stranger.open(f"/me/contacts/{contact.public_id}").status == 404
