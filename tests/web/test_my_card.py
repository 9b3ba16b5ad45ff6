"""My card: a code to be scanned, what it gives, and how it is taken back."""

import vobject
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.pages import Page
from fixtures.phones import MakePhone, Phone
from fixtures.scanner import read_code
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event

FACTS = {
    "email": "mai@example.org",
    "phone": "+84901234567",
    "organization": "Công ty Sao Mai",
    "role": "Giám đốc",
    "site": "https://example.org/mai",
    "line": "She makes looms sing",
}


def make_mai(make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    return make_attendee(person=make_person("Nguyễn Thị Mai", **FACTS))


def code_on(page: Page) -> bytes:
    [stage] = [one for one in page.root.of_class("qr")]
    return read_code(stage)


def test_the_code_opens_my_card(cast: Cast, sign_in: SignIn, code_of: KeyOf, phone: Phone) -> None:
    code = code_of(cast.ada)
    scanned = code_on(sign_in(cast.ada).open("/me/card")).decode()
    # Capitals make a smaller code; the path works in both cases.
    assert scanned == f"HTTPS://MEET.EXAMPLE.ORG/C/{code}".upper()
    opened = phone.open("/" + scanned.split("/", 3)[3])
    assert opened.heading == "Ada"
    assert opened.path == f"/c/{code.lower()}"


def test_the_offline_side_holds_the_card_itself(
    event: Event,
    make_attendee: MakeAttendee,
    make_person: MakePerson,
    sign_in: SignIn,
    code_of: KeyOf,
) -> None:
    mai = make_mai(make_attendee, make_person)
    code_of(mai)
    phone = sign_in(mai)
    phone.open("/me/card")
    page = phone.tap("Offline")
    card = vobject.readOne(code_on(page).decode())
    assert card.fn.value == "Nguyễn Thị Mai"
    assert (card.tel.value, card.email.value) == ("+84901234567", "mai@example.org")
    assert card.org.value == ["Công ty Sao Mai"]


def test_the_preview_is_exactly_what_an_exchange_gives(
    cast: Cast,
    make_attendee: MakeAttendee,
    make_person: MakePerson,
    sign_in: SignIn,
    code_of: KeyOf,
    books: Books,
) -> None:
    mai = make_mai(make_attendee, make_person)
    preview = sign_in(mai)
    code = code_of(mai)
    [facts] = preview.open("/me/card").root.of_class("facts")
    shown = [one.text for one in facts.all("dd")]
    scanning = sign_in(cast.ada)
    scanning.open(f"/c/{code}")
    page = scanning.tap("Exchange cards")
    [theirs, _mine] = page.root.of_class("facts")
    assert [one.text for one in theirs.all("dd")] == shown
    [contact] = books.contacts(cast.ada)
    assert contact.fields == mai.person.business
    for word in ("Nguyễn Thị Mai", "+84901234567", "mai@example.org", "https://example.org/mai"):
        assert word in shown


def test_a_new_code_ends_the_old_one_at_once_and_everywhere(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, make_phone: MakePhone
) -> None:
    old = code_of(cast.bo)
    bos, adas, strangers = sign_in(cast.bo), sign_in(cast.ada), make_phone()
    adas.open(f"/c/{old}")
    bos.open("/me/card")
    page = bos.tap("Make a new code")
    assert "The old one no longer works." in page.news
    new = code_of(cast.bo)
    assert new != old
    # Also for who has the card open already.
    assert adas.tap("Exchange cards").status == 404
    assert adas.page.heading == "This card can’t be opened"
    for path in (f"/c/{old}", f"/C/{old.upper()}", f"/c/{old}/contact.vcf"):
        assert strangers.open(path).status == 404
    left = {"name": "Eve", "consent": "y"}
    assert strangers.send(f"/c/{old}/leave", left).status == 404
    assert strangers.open(f"/c/{new}").heading == "Bo"


def test_a_card_without_phone_and_mail_is_told_so(
    cast: Cast, sign_in: SignIn, code_of: KeyOf
) -> None:
    code_of(cast.ada)
    assert "they could not reach you later" in sign_in(cast.ada).open("/me/card").text


def test_nobody_has_a_card_page_without_being_signed_in(
    cast: Cast, phone: Phone, sign_in_organizer: SignInOrganizer, code_of: KeyOf
) -> None:
    code = code_of(cast.ada)
    for stranger in (phone, sign_in_organizer(cast.event)):
        assert stranger.open("/me/card").status == 404
        assert stranger.send("/me/card/new-code").status == 404
    assert code_of(cast.ada) == code


def test_a_new_code_is_only_for_ones_own_card(cast: Cast, sign_in: SignIn, code_of: KeyOf) -> None:
    mine, theirs = code_of(cast.ada), code_of(cast.bo)
    sign_in(cast.ada).send("/me/card/new-code")
    assert code_of(cast.bo) == theirs
    assert code_of(cast.ada) != mine
