"""*Forget me*: after a question, everything goes at once."""

from fixtures.attendees import Cast
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer, Suggest

TAKE_BACK = "Also take my card away from those I gave it to"


def test_what_was_written_is_gone_and_so_are_link_card_and_phone(
    cast: Cast,
    sign_in: SignIn,
    suggest: Suggest,
    code_of: KeyOf,
    key_of: KeyOf,
    make_phone: MakePhone,
    books: Books,
) -> None:
    suggest(cast.ada, cast.bo)
    code, key = code_of(cast.bo), key_of(cast.bo)
    phone, second = sign_in(cast.bo), sign_in(cast.bo)
    phone.open(f"/e/{cast.event.slug}/me")
    phone.tap("Forget me")
    assert len(books.everybody(cast.event)) == 3
    page = phone.tap("Forget me")
    assert "You are forgotten." in page.news
    assert {one.name for one in books.everybody(cast.event)} == {"Ada", "Cy"}
    for device in (phone, second):
        assert device.open(f"/e/{cast.event.slug}/me").status == 404
        assert device.open("/me/contacts").status == 404
    assert make_phone().open(f"/c/{code}").status == 404
    assert make_phone().open(key).status == 410
    assert sign_in(cast.ada).open(f"/e/{cast.event.slug}/people").suggested == []


def test_cards_that_were_given_stay_unless_they_are_taken_back(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    for who, takes_back, left in ((cast.bo, False, 1), (cast.cy, True, 1)):
        phone = sign_in(who)
        phone.send(f"/c/{code_of(cast.ada)}/exchange")
        phone.open(f"/e/{cast.event.slug}/me/forget")
        phone.fill({TAKE_BACK: takes_back}, "Forget me")
        assert [one.fields.name for one in books.contacts(cast.ada)] == ["Bo"] * left


def test_nobody_else_can_have_them_forgotten(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    path = f"/e/{cast.event.slug}/me/forget"
    for stranger in (phone, sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.open(path).status == 404
        assert stranger.send(path).status == 404
    assert len(books.everybody(cast.event)) == 3
    assert len(books.everybody(cast.other_event)) == 1
