"""Somebody's card, opened by a scan: looking changes nothing."""

import pytest
import vobject
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn


def test_a_scan_in_capitals_opens_the_same_page(cast: Cast, code_of: KeyOf, phone: Phone) -> None:
    code = code_of(cast.bo)
    answer = phone.look(f"/C/{code.upper()}")
    assert (answer.status, answer.headers["Location"]) == (302, f"/c/{code.lower()}")
    assert phone.open(f"/C/{code.upper()}").heading == "Bo"
    assert phone.open(f"/c/{code.upper()}").heading == "Bo"


def test_a_code_typed_by_hand_is_read_as_people_write_it(
    cast: Cast, code_of: KeyOf, phone: Phone
) -> None:
    code = code_of(cast.bo).upper()
    spoken = "-".join(code[at : at + 4] for at in range(0, 16, 4))
    assert phone.open(f"/c/{spoken}").heading == "Bo"
    assert phone.open(f"/c/{spoken.replace('0', 'O').replace('1', 'l')}").heading == "Bo"


def test_who_is_signed_in_may_exchange_and_anybody_may_save_or_leave(
    cast: Cast, code_of: KeyOf, sign_in: SignIn, phone: Phone
) -> None:
    code = code_of(cast.bo)
    assert "Exchange cards" in sign_in(cast.ada).open(f"/c/{code}").buttons
    page = phone.open(f"/c/{code}")
    assert "Exchange cards" not in page.buttons
    assert page.link("Save contact") == f"/c/{code}/contact.vcf"
    assert "Leave my card" in page.buttons
    assert page.link("I already have a card").startswith("/have-card")


def test_the_saved_contact_is_a_vcard_that_address_books_read(
    cast: Cast, make_attendee: MakeAttendee, make_person: MakePerson, code_of: KeyOf, phone: Phone
) -> None:
    person = make_person("Trần Văn Ánh", email="anh@example.org", phone="+84901234567")
    page = phone.open(f"/c/{code_of(make_attendee(person=person))}/contact.vcf")
    assert page.headers["Content-Type"].startswith("text/vcard")
    assert page.headers["Content-Disposition"].startswith("inline; filename=")
    card = vobject.readOne(page.data.decode())
    assert card.fn.value == "Trần Văn Ánh"
    assert card.email.value == "anh@example.org"


def test_looking_at_a_card_leaves_no_trace(
    cast: Cast, code_of: KeyOf, sign_in: SignIn, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.open(f"/c/{code_of(cast.bo)}/contact.vcf")
    assert books.contacts(cast.ada) == []
    assert books.contacts(cast.bo) == []


def test_my_own_code_opens_my_own_card(cast: Cast, code_of: KeyOf, sign_in: SignIn) -> None:
    assert sign_in(cast.ada).open(f"/c/{code_of(cast.ada)}").path == "/me/card"


def test_offer_and_need_stand_on_no_card(cast: Cast, code_of: KeyOf, phone: Phone) -> None:
    html = phone.open(f"/c/{code_of(cast.bo)}").html
    assert cast.bo.offer not in html
    assert cast.bo.need not in html


@pytest.mark.parametrize(
    "code",
    ["7ZQ3W8K2M4N6P9RT", "short", "x" * 500, "%F0%9F%98%80", "אבגד", "a%2Fb", "%00", "..%2f"],
)
@pytest.mark.parametrize("letter", ["c", "C"])
def test_unknown_codes_all_get_the_same_kind_of_page(phone: Phone, code: str, letter: str) -> None:
    page = phone.open(f"/{letter}/{code}")
    assert page.status == 404
    assert page.heading in {"This card can’t be opened", "Nothing here"}
