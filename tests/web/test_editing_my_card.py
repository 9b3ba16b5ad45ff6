"""My card: two sides, what of each shows, and who would see it."""

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.databases import POSTGRES, SQLITE
from fixtures.pages import Page
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer
from sqlalchemy import update

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.storage import events
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import ContactRow

FACTS = {"email": "mai@example.org", "phone": "+84901234567", "organization": "Sao Mai"}

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@pytest.fixture
def mai(make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Somebody with a filled card."""
    return make_attendee(person=make_person("Mai", **FACTS))


def previews(page: Page) -> list[str]:
    [views] = page.root.of_class("views")
    return [one.text for one in (*views.of_class("card"), *views.of_class("badge"))]


@both_databases
def test_what_i_untick_nobody_gets(
    mai: Attendee, cast: Cast, sign_in: SignIn, code_of: KeyOf, phone: Phone, books: Books
) -> None:
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    mais.fill({"Show my phone": False}, "Save")
    assert "+84901234567" not in mais.open("/me/card").root.of_class("facts")[0].text
    # It stays in the form, for its owner.
    assert mais.open("/me/card/edit").value("Phone") == "+84901234567"
    code = code_of(mai)
    assert "84901234567" not in phone.open(f"/c/{code}").html
    assert "84901234567" not in phone.open(f"/c/{code}/contact.vcf").data.decode()
    adas = sign_in(cast.ada)
    adas.open(f"/c/{code}")
    adas.tap("Exchange cards")
    [contact] = books.contacts(cast.ada)
    assert (contact.fields.email, contact.fields.phone) == ("mai@example.org", "")


def test_previews_show_a_stranger_a_contact_and_a_badge(mai: Attendee, sign_in: SignIn) -> None:
    stranger, contact, badge = previews(sign_in(mai).open("/me/card/edit"))
    for seen in (stranger, badge):
        assert "Mai" in seen
        assert "mai@example.org" not in seen
    assert "mai@example.org" in contact


def test_a_look_shows_what_is_typed_and_stores_nothing(mai: Attendee, sign_in: SignIn) -> None:
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    page = mais.fill(
        {"Organization or business": "Kiln & Co", "Show my e-mail": False}, "See how it looks"
    )
    assert "It is not saved yet." in page.text
    stranger, contact, _badge = previews(page)
    assert "Kiln & Co" in stranger
    assert "mai@example.org" not in contact
    page = mais.open("/me/card/edit")
    assert page.value("Organization or business") == "Sao Mai"
    assert "mai@example.org" in previews(page)[1]


@both_databases
def test_the_personal_side_is_for_whom_i_marked_personal(
    mai: Attendee, cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books, database: Database
) -> None:
    mais = sign_in(mai)
    typed = {
        "business-name": "Mai",
        "business-email": "mai@example.org",
        "business-shows": ["name", "email"],
        "personal-email": "mai@home.example",
        "personal-shows": ["email"],
    }
    assert mais.send("/me/card/edit", typed).status == 302
    sign_in(cast.ada).send(f"/c/{code_of(mai)}/exchange")
    assert books.contacts(cast.ada)[0].fields.email == "mai@example.org"
    with database.writing() as session:
        mine = ContactRow.owner_id == mai.person.id
        session.execute(update(ContactRow).where(mine).values(boundary="personal"))
    sign_in(cast.ada).send(f"/c/{code_of(mai)}/exchange")
    [contact] = books.contacts(cast.ada)
    assert (contact.fields.email, contact.fields.name) == ("mai@home.example", "Mai")


def test_an_empty_personal_side_is_folded_and_in_no_preview(mai: Attendee, sign_in: SignIn) -> None:
    mais = sign_in(mai)
    page = mais.open("/me/card/edit")
    [fold] = [one for one in page.root.all("details") if "Personal side" in one.text]
    assert "open" not in fold.attributes
    assert len(previews(page)) == 3
    mais.send("/me/card/edit", {"personal-line": "I grow orchids", "personal-shows": "line"})
    page = mais.open("/me/card/edit")
    assert len(previews(page)) == 5
    assert "I grow orchids" not in sign_in(mai).open("/me/card").text


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "https://bank.example@evil.example", "file:///etc"],
)
def test_links_that_could_harm_are_refused(mai: Attendee, sign_in: SignIn, link: str) -> None:
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    label = "More links, one on each line"
    page = mais.fill({label: f"https://example.org\n{link}"}, "Save")
    assert page.status == 422
    assert "can’t be a link here." in page.problem(label)
    assert page.value(label) == f"https://example.org\n{link}"
    assert mais.open("/me/card/edit").value(label) == ""


def test_links_of_each_kind_stand_on_the_card(
    mai: Attendee, sign_in: SignIn, code_of: KeyOf, phone: Phone
) -> None:
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    typed = "example.org/me\nmailto:looms@example.org\ntel:+84901112223"
    mais.fill({"More links, one on each line": typed}, "Save")
    page = phone.open(f"/c/{code_of(mai)}")
    hrefs = [one.attributes["href"] for one in page.root.of_class("card")[0].all("a")]
    for link in ("https://example.org/me", "mailto:looms@example.org", "tel:+84901112223"):
        assert link in hrefs


def test_hostile_words_stay_words(
    mai: Attendee, sign_in: SignIn, code_of: KeyOf, phone: Phone
) -> None:
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    nasty = "</title><script>alert(1)</script>"
    mais.fill({"Your name": nasty, "How should people call you?": nasty[:60]}, "Save")
    for path in ("/me/card", "/me/card/edit", "/me/card/badge"):
        assert "<script>alert" not in mais.open(path).html
    page = phone.open(f"/c/{code_of(mai)}")
    assert page.heading == nasty
    assert "<script>alert" not in page.html


def test_changing_places_is_told_to_the_matching(
    mai: Attendee, event: Event, sign_in: SignIn, database: Database
) -> None:
    mais = sign_in(mai)

    def revision() -> int:
        with database.reading() as session:
            return events.get_event(session, event.id).revision

    before = revision()
    mais.open("/me/card/edit")
    mais.fill({"What you do": "Weaver"}, "Save")
    assert revision() == before
    mais.open("/me/card/edit")
    mais.fill({"Organization or business": "Kiln & Co"}, "Save")
    assert revision() > before


def test_nobody_edits_a_card_without_being_signed_in(
    cast: Cast, phone: Phone, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    for stranger in (phone, sign_in_organizer(cast.event)):
        assert stranger.open("/me/card/edit").status == 404
        assert stranger.send("/me/card/edit", {"business-name": "Eve"}).status == 404
    assert books.attendee(cast.ada).name == "Ada"
