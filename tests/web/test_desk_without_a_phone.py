"""Who has no phone is served at the desk, and says yes there."""

import pytest
from fixtures.attendees import Cast
from fixtures.cards import BadgeOf
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import Phone
from fixtures.scanner import read_code
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer

from matchmaker.my_card import spoken

CODE = "Code of the other"
AGREES = "They stand here and agree that the other gets their card"

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@pytest.fixture
def helper(cast: Cast, sign_in_organizer: SignInOrganizer) -> Phone:
    """A helper's tablet with Ada, who has no phone, in front of it."""
    tablet = sign_in_organizer(cast.event, "helper")
    tablet.open(f"/o/e/{cast.event.slug}/desk/{cast.ada.public_id}/card")
    return tablet


@both_databases
def test_a_helper_exchanges_with_whoever_shows_their_code(
    cast: Cast, helper: Phone, code_of: KeyOf, books: Books
) -> None:
    page = helper.fill({CODE: code_of(cast.bo), AGREES: True}, "Exchange cards")
    assert "Ada and Bo have each other’s card." in page.news
    assert [c.fields.name for c in books.contacts(cast.ada)] == ["Bo"]
    assert [c.fields.name for c in books.contacts(cast.bo)] == ["Ada"]


def test_without_a_yes_nothing_is_given(
    cast: Cast, helper: Phone, code_of: KeyOf, books: Books
) -> None:
    page = helper.fill({CODE: code_of(cast.bo)}, "Exchange cards")
    assert page.status == 422
    assert "Ask them first" in page.problem(CODE)
    assert page.value(CODE) == code_of(cast.bo)
    assert books.contacts(cast.ada) == []


def test_a_said_code_or_a_badge_only_asks(
    cast: Cast, helper: Phone, sign_in: SignIn, badge_of: BadgeOf, books: Books
) -> None:
    bos = sign_in(cast.bo)
    bos.open(f"/e/{cast.event.slug}/code")
    said = bos.tap("Make a code to say").root.of_class("spoken")[0].text
    page = helper.fill({CODE: said, AGREES: True}, "Exchange cards")
    assert "Bo is asked" in page.news
    page = helper.fill({CODE: badge_of(cast.cy), AGREES: True}, "Exchange cards")
    assert "Cy is asked" in page.news
    assert books.contacts(cast.ada) == []
    bos.open("/me/asks")
    bos.tap("Exchange cards")
    assert [c.fields.name for c in books.contacts(cast.ada)] == ["Bo"]


def test_codes_of_another_event_old_and_mistyped_ones_look_alike(
    cast: Cast, helper: Phone, code_of: KeyOf, books: Books
) -> None:
    told = set()
    for typed in (code_of(cast.dee), "0" * 16, "ABC-123", "nonsense"):
        page = helper.fill({CODE: typed, AGREES: True}, "Exchange cards")
        assert page.status == 422
        told.add(page.problem(CODE))
    assert told == {"This code is not of somebody here, too old, or typed wrong."}
    own = helper.fill({CODE: code_of(cast.ada), AGREES: True}, "Exchange cards")
    assert own.problem(CODE) == "This is their own code."
    assert books.contacts(cast.ada) == []


def test_a_desk_that_guesses_is_stopped(cast: Cast, helper: Phone) -> None:
    path = f"/o/e/{cast.event.slug}/desk/{cast.ada.public_id}/exchange"
    sent = {"code": "AAA111", "consent": "y"}
    told = [helper.send(path, sent).status for _try in range(spoken.MOST_TRIES + 1)]
    assert told == [422] * spoken.MOST_TRIES + [429]


def test_the_desk_prints_a_badge_and_notes_that_it_is_enough(
    cast: Cast, helper: Phone, sign_in: SignIn, books: Books
) -> None:
    page = helper.tap("Make the code of their badge")
    scanned = read_code(page.root.of_class("badge__qr")[0]).decode()
    bos = sign_in(cast.bo)
    path = "/" + scanned.split("/", 3)[3].lower()
    assert "Ask to connect" in bos.open(path).buttons
    page = helper.tap("They say: my badge is enough")
    assert "From now on their badge is enough." in page.news
    bos.open(path)
    bos.tap("Exchange cards")
    assert [c.fields.name for c in books.contacts(cast.bo)] == ["Ada"]
    helper.tap("Their badge should ask first")
    assert not books.attendee(cast.ada).person.badge_is_enough


@pytest.mark.parametrize("deed", ["badge", "enough", "exchange"])
def test_only_this_events_helpers_serve(
    cast: Cast,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    code_of: KeyOf,
    books: Books,
    deed: str,
) -> None:
    path = f"/o/e/{cast.event.slug}/desk/{cast.bo.public_id}"
    sent = {"enough": "y", "code": code_of(cast.cy), "consent": "y"}
    other = sign_in_organizer(cast.other_event)
    for stranger in (phone, sign_in(cast.ada), sign_in(cast.dee), other):
        assert stranger.open(f"{path}/card").status == 404
        assert stranger.send(f"{path}/{deed}", sent).status == 404
    helper = sign_in_organizer(cast.event, "helper")
    theirs = f"/o/e/{cast.event.slug}/desk/{cast.dee.public_id}/{deed}"
    assert helper.send(theirs, sent).status == 404
    assert books.contacts(cast.bo) == []
    assert not books.attendee(cast.bo).person.badge_is_enough


def test_badges_are_printed_for_everybody_on_the_list(
    cast: Cast, sign_in_organizer: SignInOrganizer, badge_of: BadgeOf
) -> None:
    laptop = sign_in_organizer(cast.event, "helper")
    laptop.open(f"/o/e/{cast.event.slug}/badges")
    page = laptop.tap("Make the 3 that are missing")
    assert "3 badges are new." in page.news
    badges = page.root.of_class("badge")
    assert [one.of_class("badge__name")[0].text for one in badges] == ["Ada", "Bo", "Cy"]
    code = read_code(badges[0].of_class("badge__qr")[0]).decode().rsplit("/", 1)[1]
    assert code.upper() == badge_of(cast.ada)
    # A second time makes none anew.
    laptop.send(f"/o/e/{cast.event.slug}/badges")
    assert badge_of(cast.ada) == code.upper()


def test_badges_are_for_this_events_desk_only(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    path = f"/o/e/{cast.event.slug}/badges"
    for stranger in (phone, sign_in(cast.ada), sign_in_organizer(cast.other_event)):
        assert stranger.open(path).status == 404
        assert stranger.send(path).status == 404
