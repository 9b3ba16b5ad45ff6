"""Business, personal or both: what I make of a contact decides what they hold of me."""

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn

from matchmaker.people.attendee import Attendee
from matchmaker.people.card import CardFields


@pytest.fixture
def anh(make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Somebody with two sides."""
    personal = CardFields(phone="+84909999999", line="Gardens at night")
    return make_attendee(person=make_person("Ánh", email="anh@example.org", personal=personal))


@pytest.fixture
def phone(anh: Attendee, cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books) -> Phone:
    """Their phone at the page of their contact Bo."""
    phone = sign_in(anh)
    phone.send(f"/c/{code_of(cast.bo)}/exchange")
    [contact] = books.contacts(anh)
    phone.open(f"/me/contacts/{contact.public_id}")
    return phone


def held_by(books: Books, holder: Attendee) -> tuple[str, str]:
    [contact] = books.contacts(holder)
    return contact.fields.email, contact.fields.phone


def relate(phone: Phone, **choice: str) -> None:
    form = phone.page.form("Save this")
    values = {name: value for name, value in form.values if name not in choice}
    phone.send(form.action, values | choice)
    phone.open(form.action.removesuffix("/relation"))


def test_the_other_holds_the_side_that_i_chose_at_once(
    phone: Phone, anh: Attendee, cast: Cast, books: Books
) -> None:
    assert held_by(books, cast.bo) == ("anh@example.org", "")
    relate(phone, boundary="personal")
    assert held_by(books, cast.bo) == ("", "+84909999999")
    assert books.contacts(cast.bo)[0].fields.name == "Ánh"
    relate(phone, boundary="both")
    assert held_by(books, cast.bo) == ("anh@example.org", "+84909999999")
    relate(phone, boundary="business")
    assert held_by(books, cast.bo) == ("anh@example.org", "")
    [mine] = books.contacts(anh)
    assert mine.boundary == "business"


def test_who_scans_again_gets_the_side_that_i_chose(
    phone: Phone, anh: Attendee, cast: Cast, books: Books, sign_in: SignIn, code_of: KeyOf
) -> None:
    relate(phone, boundary="personal")
    sign_in(cast.bo).send(f"/c/{code_of(anh)}/exchange")
    assert held_by(books, cast.bo) == ("", "+84909999999")


def test_choosing_a_rhythm_changes_no_side(
    phone: Phone, anh: Attendee, cast: Cast, books: Books
) -> None:
    relate(phone, boundary="personal")
    relate(phone, rhythm="close")
    [mine] = books.contacts(anh)
    assert (mine.boundary, mine.rhythm) == ("personal", "close")
    assert held_by(books, cast.bo) == ("", "+84909999999")
    assert "Next on" in phone.page.text


def test_who_deleted_me_gets_nothing_back(
    phone: Phone, cast: Cast, books: Books, sign_in: SignIn
) -> None:
    [contact] = books.contacts(cast.bo)
    sign_in(cast.bo).send(f"/me/contacts/{contact.public_id}/delete")
    relate(phone, boundary="both")
    assert books.contacts(cast.bo) == []


@pytest.mark.parametrize("choice", [{"boundary": "all"}, {"rhythm": "hourly"}])
def test_anything_else_is_refused(
    phone: Phone, anh: Attendee, books: Books, choice: dict[str, str]
) -> None:
    path = phone.page.form("Save this").action
    assert phone.send(path, choice).status == 400
    [mine] = books.contacts(anh)
    assert (mine.boundary, mine.rhythm) == ("business", "")


def test_nobody_else_may_choose(
    phone: Phone, anh: Attendee, cast: Cast, books: Books, sign_in: SignIn
) -> None:
    path = phone.page.form("Save this").action
    for stranger in (sign_in(cast.bo), sign_in(cast.dee)):
        assert stranger.send(path, {"boundary": "both"}).status == 404
    assert books.contacts(anh)[0].boundary == "business"
