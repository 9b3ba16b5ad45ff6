"""My contacts: mine to read, to write on, to take away, to delete."""

import csv
import io
import json
from datetime import datetime

import pytest
import vobject
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer

from matchmaker.people.attendee import Attendee


@pytest.fixture
def anh(make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Somebody with everything on their card."""
    facts = {"email": "anh@example.org", "phone": "+84901234567", "organization": "Sao Mai"}
    return make_attendee(person=make_person("Trần Văn Ánh", **facts), offer="Looms", need="Yarn")


def meet(phone: Phone, code: str) -> str:
    """Exchange cards and return where the contact is."""
    return phone.send(f"/c/{code}/exchange").headers["Location"].replace("exchanged", "contacts")


def test_a_note_and_a_promise_are_kept(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    page = phone.fill({"Note": "Likes\nlooms"}, "Save")
    assert "Saved." in page.news
    assert page.value("Note") == "Likes\nlooms"
    [contact] = books.contacts(cast.ada)
    assert contact.note == "Likes\nlooms"
    [their] = books.contacts(anh)
    assert their.note == ""


def test_a_note_saved_alone_leaves_what_was_promised(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    path = meet(phone, code_of(anh))
    phone.send(path, {"promise": "a book", "from": "exchange"})
    assert "I said I’d send: a book" in phone.open("/me/contacts").text
    phone.open(path)
    phone.fill({"Note": "Likes looms"}, "Save")
    [contact] = books.contacts(cast.ada)
    assert (contact.promise, contact.note) == ("a book", "Likes looms")


def test_the_page_begins_with_how_we_met(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, now: datetime
) -> None:
    phone = sign_in(cast.ada)
    page = phone.open(meet(phone, code_of(anh)))
    local = cast.event.local(now)
    main = page.root.by_id("main")
    assert main is not None
    [met, *_] = [one.text for one in main.all("p") if one.text.startswith("Met on")]
    assert str(local.year) in met
    assert cast.event.name in met
    assert "Yarn" in page.part("They are looking for").text
    assert "Looms" in page.part("They offer").text


def test_a_note_that_is_too_long_stands_there_with_the_reason(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    page = phone.fill({"Note": "n" * 2001}, "Save")
    assert page.status == 422
    assert "Please shorten this by 1 characters" in page.problem("Note")
    assert page.value("Note") == "n" * 2001
    assert books.contacts(cast.ada)[0].note == ""


def test_one_reaches_them_with_one_tap(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.ada)
    page = phone.open(meet(phone, code_of(anh)))
    ways = {one.text: one.attributes["href"] for one in page.root.of_class("reach__way")}
    assert ways["Call"] == "tel:+84901234567"
    assert ways["Text"] == "sms:+84901234567"
    assert ways["Mail"] == "mailto:anh@example.org"
    assert ways["WhatsApp"] == "https://wa.me/84901234567"
    assert ways["Zalo"] == "https://zalo.me/84901234567"


def test_one_contact_goes_into_the_address_book(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    phone.fill({"Note": "Likes looms"}, "Save")
    saved = phone.open(phone.page.link("Save"))
    card = vobject.readOne(saved.data.decode())
    assert card.fn.value == "Trần Văn Ánh"
    assert card.tel.value == "+84901234567"
    assert "Likes looms" in card.note.value
    assert f"at {cast.event.name}" in card.note.value
    assert "%C3%81nh" in saved.headers["Content-Disposition"]


def test_all_contacts_leave_as_one_address_book(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.ada)
    for other in (anh, cast.bo, cast.cy):
        meet(phone, code_of(other))
    phone.open("/me/contacts")
    saved = phone.tap("Address book (.vcf)")
    cards = [card.fn.value for card in vobject.readComponents(saved.data.decode())]
    assert sorted(cards) == ["Bo", "Cy", "Trần Văn Ánh"]


def test_all_contacts_leave_as_a_table(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    phone.fill({"Note": "=1+1 is two"}, "Save")
    phone.fill({"What I said I’d do": "a book"}, "Write it down")
    phone.open("/me/contacts")
    saved = phone.tap("Table (.csv)")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    [header, row] = csv.reader(io.StringIO(saved.data.decode("utf-8-sig")))
    assert "Trần Văn Ánh" in row
    assert "a book" in row
    assert len(header) == len(row)
    # A table program must not take words for a formula.
    assert "'=1+1 is two" in row


def test_all_contacts_leave_as_json(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    phone.fill({"What I said I’d do": "a book"}, "Write it down")
    phone.open("/me/contacts")
    saved = phone.tap("For programs (.json)")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    [told] = json.loads(saved.data)
    assert told["name"] == "Trần Văn Ánh"
    assert [one["text"] for one in told["promises"]] == ["a book"]
    assert (told["looked_for"], told["offered"]) == ("Yarn", "Looms")
    assert told["met_at"].endswith("+01:00") or told["met_at"].endswith("+02:00")


@pytest.mark.parametrize("ending", ["vcf", "csv", "json"])
def test_one_contact_leaves_alone(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, ending: str
) -> None:
    phone = sign_in(cast.ada)
    path = meet(phone, code_of(anh))
    meet(phone, code_of(cast.bo))
    saved = phone.open(f"{path}/contact.{ending}")
    assert "Trần Văn Ánh" in saved.data.decode()
    assert "Bo" not in saved.data.decode()


def test_a_contact_is_deleted_after_a_question(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone = sign_in(cast.ada)
    phone.open(meet(phone, code_of(anh)))
    page = phone.tap("Delete this contact")
    assert page.heading == "Delete Trần Văn Ánh?"
    assert len(books.contacts(cast.ada)) == 1
    page = phone.tap("Delete")
    assert "Deleted." in page.news
    assert books.contacts(cast.ada) == []
    assert len(books.contacts(anh)) == 1


def test_contacts_stay_when_the_giver_makes_a_new_code_or_hides(
    cast: Cast, anh: Attendee, sign_in: SignIn, code_of: KeyOf
) -> None:
    phone, theirs = sign_in(cast.ada), sign_in(anh)
    path = meet(phone, code_of(anh))
    theirs.send("/me/card/new-code")
    theirs.send(f"/e/{cast.event.slug}/me/hide")
    assert phone.open(path).heading == "Trần Văn Ánh"


def test_without_contacts_the_page_says_how_to_get_one(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.ada).open("/me/contacts")
    assert "No contacts yet" in page.text
    assert page.link("Show my card") == "/me/card"


def test_somebody_elses_contact_is_nothing_to_anybody_else(
    cast: Cast,
    anh: Attendee,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    code_of: KeyOf,
    books: Books,
) -> None:
    path = meet(sign_in(cast.ada), code_of(anh))
    # Not even whom it is about may open it.
    strangers = (
        phone,
        sign_in(anh),
        sign_in(cast.cy),
        sign_in(cast.dee),
        sign_in_organizer(cast.event),
    )
    for stranger in strangers:
        for page in ("", "/delete", "/contact.vcf", "/contact.csv", "/contact.json"):
            assert stranger.open(path + page).status == 404
        assert stranger.send(path, {"note": "Mine"}).status == 404
        assert stranger.send(f"{path}/delete").status == 404
        for name in ("all.vcf", "all.csv", "all.json"):
            assert "Trần" not in stranger.open(f"/me/contacts/{name}").data.decode()
    [contact] = books.contacts(cast.ada)
    assert contact.note == ""


@pytest.mark.parametrize("page", ["", "?q=x", "/all.vcf", "/all.csv", "/all.json"])
def test_who_is_not_signed_in_has_no_contacts(
    cast: Cast, phone: Phone, sign_in_organizer: SignInOrganizer, page: str
) -> None:
    for stranger in (phone, sign_in_organizer(cast.event)):
        assert stranger.open(f"/me/contacts{page}").status == 404
