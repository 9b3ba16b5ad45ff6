"""Searching my contacts, without scripts; those who help me and whom I help stand on top."""

import pytest
from fixtures.attendees import Cast
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn
from sqlalchemy import update

from matchmaker.storage.connect import Database
from matchmaker.storage.tables import ContactRow


@pytest.fixture
def ada(cast: Cast, sign_in: SignIn, code_of: KeyOf) -> Phone:
    """Ada's phone, with two contacts."""
    phone = sign_in(cast.ada)
    for other in (cast.bo, cast.cy):
        phone.send(f"/c/{code_of(other)}/exchange")
    return phone


def names(phone: Phone) -> list[str]:
    main = phone.page.root.by_id("main")
    assert main is not None
    return [one.text for one in main.of_class("row__name")]


def test_what_one_remembers_finds_them_and_stays_in_the_field(
    ada: Phone, cast: Cast, books: Books
) -> None:
    [bo] = [one for one in books.contacts(cast.ada) if one.fields.name == "Bo"]
    ada.send(f"/me/contacts/{bo.public_id}", {"note": "Giấy thủ công"})
    ada.open("/me/contacts")
    page = ada.fill({"Search my contacts": "giay"}, "Search")
    assert page.value("Search my contacts") == "giay"
    assert names(ada) == ["Bo"]
    assert len(names(ada)) == 1
    ada.tap("All contacts")
    assert sorted(names(ada)) == ["Bo", "Cy"]


def test_who_is_not_found_is_said_to_be_not_found(ada: Phone) -> None:
    page = ada.open("/me/contacts?q=<b>nobody</b>")
    assert "Nobody found for “<b>nobody</b>”" in page.text
    assert names(ada) == []


def test_those_who_both_said_yes_stand_on_top(ada: Phone, cast: Cast, database: Database) -> None:
    ada.open("/me/contacts")
    assert names(ada) == ["Cy", "Bo"]
    with database.writing() as session:
        session.execute(
            update(ContactRow)
            .where(ContactRow.other_id == cast.bo.person.id)
            .values(helps_both=True)
        )
    page = ada.open("/me/contacts")
    assert names(ada) == ["Bo", "Cy"]
    assert "You can help each other" in page.text


def test_nobody_finds_other_peoples_contacts(
    ada: Phone, cast: Cast, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.dee)
    phone.send(f"/c/{code_of(cast.cy)}/exchange")
    phone.open("/me/contacts?q=o")
    assert names(phone) == []
