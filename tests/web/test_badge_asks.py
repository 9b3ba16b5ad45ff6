"""A badge asks first: nothing is given before its wearer says yes."""

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.cards import Ask, BadgeOf
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn

from matchmaker.people.attendee import Attendee
from matchmaker.storage import safety
from matchmaker.storage.connect import Database

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@pytest.fixture
def mai(make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Somebody with everything on her card."""
    facts = {"email": "mai@example.org", "phone": "+84901234567", "role": "Weaver"}
    return make_attendee(person=make_person("Mai", **facts))


def test_a_badge_tells_name_and_work_and_no_way_to_reach(
    mai: Attendee, phone: Phone, cast: Cast, sign_in: SignIn, badge_of: BadgeOf
) -> None:
    code = badge_of(mai)
    for reader in (phone, sign_in(cast.ada)):
        page = reader.open(f"/c/{code}")
        assert page.heading == "Mai"
        assert "Weaver" in page.text
        assert "mai@example.org" not in page.html
        assert "84901234567" not in page.html
        assert reader.open(f"/c/{code}/contact.vcf").status == 409


def test_a_badge_does_not_exchange(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, books: Books
) -> None:
    page = sign_in(cast.ada).send(f"/c/{badge_of(mai)}/exchange")
    assert (page.status, page.heading) == (409, "This badge asks first")
    assert books.contacts(cast.ada) == books.contacts(mai) == []


@both_databases
def test_a_yes_gives_both_each_others_card(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, books: Books
) -> None:
    adas = sign_in(cast.ada)
    adas.open(f"/c/{badge_of(mai)}")
    page = adas.tap("Ask to connect")
    assert "You asked Mai." in page.news
    assert books.contacts(cast.ada) == []
    mais = sign_in(mai)
    page = mais.open("/me/contacts")
    assert "Ada would like to exchange cards with you." in page.text
    mais.tap("Ada would like to exchange cards with you.")
    page = mais.tap("Exchange cards")
    assert page.heading == "You now have each other’s card"
    [hers], [mine] = books.contacts(cast.ada), books.contacts(mai)
    assert (hers.fields.email, mine.fields.name) == ("mai@example.org", "Ada")
    assert "You asked" not in adas.open("/me/asks").text


@both_databases
def test_asking_twice_is_asked_once(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf
) -> None:
    adas = sign_in(cast.ada)
    for _tap in range(2):
        assert adas.send(f"/c/{badge_of(mai)}/ask").status == 302
    assert sign_in(mai).open("/me/asks").buttons.count("Exchange cards") == 1
    page = adas.open(f"/c/{badge_of(mai)}")
    assert "You asked." in page.text
    assert "Ask to connect" not in page.buttons


def test_a_no_stays_private(mai: Attendee, cast: Cast, sign_in: SignIn, ask: Ask) -> None:
    ask(cast.ada, mai)
    adas, mais = sign_in(cast.ada), sign_in(mai)
    before = adas.open("/me/asks").text
    mais.open("/me/asks")
    page = mais.tap("Not now")
    assert "They are not told." in page.news
    assert "Exchange cards" not in page.buttons
    assert "would like to exchange" not in mais.open("/me/contacts").text
    assert adas.open("/me/asks").text == before


def test_who_asks_the_one_who_asked_wants_it_too(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, ask: Ask, books: Books
) -> None:
    ask(cast.ada, mai)
    mais = sign_in(mai)
    mais.open(f"/c/{badge_of(cast.ada)}")
    assert mais.tap("Ask to connect").heading == "You now have each other’s card"
    assert len(books.contacts(cast.ada)) == len(books.contacts(mai)) == 1


def test_what_was_asked_can_be_taken_back(
    mai: Attendee, cast: Cast, sign_in: SignIn, ask: Ask
) -> None:
    ask(cast.ada, mai)
    adas = sign_in(cast.ada)
    adas.open("/me/asks")
    assert "You asked" not in adas.tap("Take it back").text.replace(adas.page.news, "")
    assert "Exchange cards" not in sign_in(mai).open("/me/asks").buttons


def test_a_no_outlives_taking_back_and_asking_again(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, ask: Ask
) -> None:
    ask(cast.ada, mai)
    adas, mais = sign_in(cast.ada), sign_in(mai)
    mais.open("/me/asks")
    mais.tap("Not now")
    adas.open("/me/asks")
    page = adas.tap("Take it back")
    assert "Take it back" not in page.buttons
    adas.send(f"/c/{badge_of(mai)}/ask")
    assert "Take it back" in adas.open("/me/asks").buttons
    assert "Exchange cards" not in mais.open("/me/asks").buttons


@pytest.mark.parametrize("blocker", ["ada", "mai"])
def test_where_one_blocks_the_other_asking_reaches_nobody_and_looks_the_same(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, database: Database, blocker, now
) -> None:
    one, other = (cast.ada, mai) if blocker == "ada" else (mai, cast.ada)
    with database.writing() as session:
        safety.add_block(session, one.person.id, other.person.id, at=now)
    adas = sign_in(cast.ada)
    adas.open(f"/c/{badge_of(mai)}")
    assert "You asked Mai." in adas.tap("Ask to connect").news
    assert "Not answered yet." in adas.page.text
    assert "Exchange cards" not in sign_in(mai).open("/me/asks").buttons


def test_my_badge_is_enough_gives_the_business_side(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, books: Books
) -> None:
    code = badge_of(mai)
    mais = sign_in(mai)
    mais.open("/me/card/edit")
    mais.fill({"My badge is enough": True}, "Save")
    adas = sign_in(cast.ada)
    assert "mai@example.org" in adas.open(f"/c/{code}").text
    adas.tap("Exchange cards")
    assert books.contacts(cast.ada)[0].fields.email == "mai@example.org"


def test_a_new_code_ends_badge_screen_and_spoken_code_alike(
    mai: Attendee, cast: Cast, sign_in: SignIn, badge_of: BadgeOf, code_of: KeyOf, phone: Phone
) -> None:
    badge, screen = badge_of(mai), code_of(mai)
    mais = sign_in(mai)
    slug = cast.event.slug
    mais.open(f"/e/{slug}/code")
    spoken = mais.tap("Make a code to say").root.of_class("spoken")[0].text
    mais.open("/me/card")
    mais.tap("Make a new code")
    pages = [phone.open(f"/c/{code}") for code in (badge, screen, "0" * 16)]
    assert len({page.text for page in pages}) == 1
    assert pages[0].heading == "This card can’t be opened"
    adas = sign_in(cast.ada)
    assert adas.send(f"/c/{badge}/ask").status == 404
    assert adas.send(f"/e/{slug}/code/heard", {"code": spoken}).status == 422


def test_my_badge_shows_what_is_printed(mai: Attendee, sign_in: SignIn) -> None:
    mais = sign_in(mai)
    page = mais.open("/me/card/badge")
    assert page.root.of_class("badge__qr") == []
    page = mais.tap("Make the code of my badge")
    [badge] = page.root.of_class("badge")
    assert "Mai" in badge.text
    assert "mai@example.org" not in badge.text
    assert page.root.of_class("badge__qr")


def test_requests_of_others_are_nobody_elses(
    mai: Attendee, cast: Cast, phone: Phone, sign_in: SignIn, ask: Ask, books: Books
) -> None:
    asking = ask(cast.ada, mai)
    for stranger in (phone, sign_in(cast.ada), sign_in(cast.bo), sign_in(cast.dee)):
        assert stranger.send(f"/me/asks/{asking}/accept").status == 404
        assert stranger.send(f"/me/asks/{asking}/decline").status == 404
    sign_in(cast.bo).send(f"/me/asks/{asking}/withdraw")
    assert books.contacts(mai) == []
    assert "Exchange cards" in sign_in(mai).open("/me/asks").buttons


def test_one_cannot_ask_oneself(cast: Cast, sign_in: SignIn, badge_of: BadgeOf) -> None:
    assert sign_in(cast.ada).send(f"/c/{badge_of(cast.ada)}/ask").status == 409
