"""Who left a card may join in one step, and the one who has the card then has the person."""

from fixtures.attendees import Cast, MakeAttendee
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn

CARD = {
    "Your name": "Eve Passing",
    "Phone or e-mail": "eve@example.org",
    "They may keep this and write to me": True,
}


def leave(phone: Phone, code: str) -> None:
    phone.open(f"/c/{code}")
    phone.fill(CARD, "Leave my card")


def test_the_form_is_filled_in_and_the_contact_leads_to_them(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books
) -> None:
    leave(phone, code_of(cast.bo))
    assert phone.page.heading == "Bo can write to you"
    page = phone.tap("Join in one step")
    assert page.value("Your name") == "Eve Passing"
    assert page.value("Phone or e-mail") == "eve@example.org"
    phone.fill({"What could you help somebody with?": "Kilns"}, "Join and see whom to meet")
    eve = books.named(cast.event, "Eve Passing")
    [contact] = books.contacts(cast.bo)
    assert contact.other == eve.person.id
    assert contact.fields.email == "eve@example.org"
    # What they gave is one way: they get nobody's card by joining.
    assert books.contacts(eve) == []


def test_another_browser_is_another_person(
    cast: Cast, phone: Phone, make_phone: MakePhone, code_of: KeyOf, books: Books
) -> None:
    leave(phone, code_of(cast.bo))
    other = make_phone()
    page = other.open(f"/e/{cast.event.slug}")
    assert page.value("Your name") == ""
    other.fill(
        {"What could you help somebody with?": "Kilns", "Your name": "Eve Passing"},
        "Join and see whom to meet",
    )
    [contact] = books.contacts(cast.bo)
    assert contact.other is None


def test_who_signs_in_meanwhile_is_not_taken_for_the_stranger(
    cast: Cast, phone: Phone, make_attendee: MakeAttendee, code_of: KeyOf, key_of: KeyOf,
    books: Books,
) -> None:  # fmt: skip
    leave(phone, code_of(cast.bo))
    phone.open(key_of(cast.dee))
    phone.tap("Sign in on this phone")
    phone.open(f"/e/{cast.event.slug}")
    phone.fill({"What could you help somebody with?": "Kilns"}, "Join and see whom to meet")
    [contact] = books.contacts(cast.bo)
    assert contact.other is None


def test_an_exchange_afterwards_keeps_the_one_contact(
    cast: Cast, phone: Phone, code_of: KeyOf, books: Books
) -> None:
    leave(phone, code_of(cast.bo))
    phone.tap("Join in one step")
    phone.fill({"What could you help somebody with?": "Kilns"}, "Join and see whom to meet")
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Exchange cards")
    [left] = books.contacts(cast.bo)
    # Undone, what was there before stays.
    phone.tap("Undo the exchange")
    assert books.contacts(cast.bo) == [left]


def test_after_the_event_there_is_nothing_to_join(
    cast: Cast, phone: Phone, make_attendee: MakeAttendee, make_event, now, code_of: KeyOf
) -> None:
    over = make_event(ends_at=now)
    gil = make_attendee("Gil", event=over)
    leave(phone, code_of(gil))
    assert phone.page.heading == "Gil can write to you"
    assert "Join in one step" not in phone.page.text


def test_a_code_that_is_none_shows_nobody(phone: Phone, sign_in: SignIn, cast: Cast) -> None:
    for reader in (phone, sign_in(cast.ada)):
        assert reader.open("/c/0000000000000000/left").status == 404
