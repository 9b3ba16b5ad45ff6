"""The helper's desk: find somebody, tick them as here, let them back in."""

from datetime import UTC, datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, SignIn, SignInOrganizer
from sqlalchemy import update

from matchmaker.people.attendee import Presence
from matchmaker.people.event import Event
from matchmaker.storage.attempts import count_attempt
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import DeskCodeRow

PROOF = "Private link, or code from the desk"

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


def code_for(desk: Phone, event: Event, name: str) -> str:
    desk.open(f"/o/e/{event.slug}/desk")
    page = desk.tap("Sign-in code", near=name)
    assert page.heading == f"Code for {name}"
    return page.root.of_class("desk-code__code")[0].text


def names(desk: Phone) -> list[str]:
    return [one.text for one in desk.page.root.of_class("row__name")]


def test_people_are_found_by_name_ticket_mail_and_phone_in_any_case(
    cast: Cast,
    make_attendee: MakeAttendee,
    make_person: MakeAttendee,
    sign_in_organizer: SignInOrganizer,
) -> None:
    facts = {"email": "phuong@example.org", "phone": "+84901234567"}
    make_attendee(person=make_person("Trần Thị Phương", **facts))
    desk = sign_in_organizer(cast.event, "helper")
    for wanted in ("phương", "PHUONG@EXAMPLE", "4901234"):
        desk.open(f"/o/e/{cast.event.slug}/desk")
        desk.fill({"Name, ticket, e-mail or phone": wanted}, "Find")
        assert names(desk) == ["Trần Thị Phương"]
        assert desk.page.value("Name, ticket, e-mail or phone") == wanted
    desk.fill({"Name, ticket, e-mail or phone": "Nobody at all"}, "Find")
    assert "Nobody by that name" in desk.page.text
    desk.open(f"/o/e/{cast.event.slug}/desk")
    assert names(desk) == ["Ada", "Bo", "Cy", "Trần Thị Phương"]


def test_a_tick_makes_somebody_here_and_keeps_the_search(
    cast: Cast, make_attendee: MakeAttendee, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    late = make_attendee("Late", here_since=None)
    desk = sign_in_organizer(cast.event, "helper")
    desk.open(f"/o/e/{cast.event.slug}/desk?q=la")
    page = desk.tap("Is here", near="Late")
    assert "Late is here." in page.news
    assert page.query == "q=la"
    assert books.attendee(late).presence is Presence.HERE


def test_the_code_of_the_desk_lets_somebody_in_once(
    cast: Cast, sign_in_organizer: SignInOrganizer, make_phone: MakePhone
) -> None:
    code = code_for(sign_in_organizer(cast.event, "helper"), cast.event, "Ada")
    phone = make_phone()
    phone.open("/have-card")
    page = phone.fill({PROOF: code.lower().replace("-", " ")}, "Go on")
    assert page.path == f"/e/{cast.event.slug}/people"
    assert phone.open(f"/e/{cast.event.slug}/me").heading == "Ada"
    second = make_phone()
    second.open("/have-card")
    page = second.fill({PROOF: code}, "Go on")
    assert page.status == 422
    assert "This code is used up, too old, or typed wrong." in page.problem(PROOF)
    assert page.value(PROOF) == code
    assert second.open(f"/e/{cast.event.slug}/me").status == 404


def test_a_code_is_too_old_after_ten_minutes(
    cast: Cast, sign_in_organizer: SignInOrganizer, phone: Phone, database: Database
) -> None:
    code = code_for(sign_in_organizer(cast.event), cast.event, "Ada")
    move_codes(database, timedelta(minutes=10, seconds=1))
    phone.open("/have-card")
    assert phone.fill({PROOF: code}, "Go on").status == 422


def test_a_code_still_works_in_its_tenth_minute(
    cast: Cast, sign_in_organizer: SignInOrganizer, phone: Phone, database: Database
) -> None:
    code = code_for(sign_in_organizer(cast.event), cast.event, "Ada")
    move_codes(database, timedelta(minutes=9, seconds=30))
    phone.open("/have-card")
    assert phone.fill({PROOF: code}, "Go on").path == f"/e/{cast.event.slug}/people"


def move_codes(database: Database, passed: timedelta) -> None:
    """Let time pass for the codes of the desk."""
    with database.writing() as session:
        [row] = session.query(DeskCodeRow).all()
        moved = row.expires_at - passed
        session.execute(update(DeskCodeRow).values(expires_at=moved))


def test_a_new_code_ends_the_one_before(
    cast: Cast, sign_in_organizer: SignInOrganizer, phone: Phone
) -> None:
    desk = sign_in_organizer(cast.event)
    first, second = (code_for(desk, cast.event, "Ada") for _ in range(2))
    phone.open("/have-card")
    assert phone.fill({PROOF: first}, "Go on").status == 422
    assert phone.fill({PROOF: second}, "Go on").path == f"/e/{cast.event.slug}/people"


@both_databases
def test_guessing_codes_ends_after_ten_tries_also_for_a_right_one(
    cast: Cast, sign_in_organizer: SignInOrganizer, make_phone: MakePhone
) -> None:
    code = code_for(sign_in_organizer(cast.event), cast.event, "Ada")
    guesser = make_phone()
    guesser.open("/have-card")
    tries = [guesser.send("/have-card", {"proof": f"ABCD-{n:04}"}).status for n in range(10)]
    assert tries == [422] * 10
    page = guesser.send("/have-card", {"proof": code})
    assert page.status == 429
    assert page.heading == "Too many tries"
    assert 0 < int(page.headers["Retry-After"]) <= 601
    # Nobody else is locked out by it.
    honest = make_phone()
    honest.open("/have-card")
    assert honest.fill({PROOF: code}, "Go on").path == f"/e/{cast.event.slug}/people"


def test_a_phone_that_throws_its_cookies_away_is_counted_with_everybody(
    make_phone: MakePhone, database: Database
) -> None:
    for _ in range(300):
        count(database)
    assert make_phone().send("/have-card", {"proof": "ABCD-EFGH"}).status == 429


def count(database: Database) -> None:
    count_attempt(database, "desk:all", most=10_000, now=datetime.now(UTC))


def test_an_imported_person_agrees_by_using_the_code(
    cast: Cast,
    make_attendee: MakeAttendee,
    sign_in_organizer: SignInOrganizer,
    phone: Phone,
    books: Books,
) -> None:
    iris = make_attendee("Iris", confirmed_at=None)
    code = code_for(sign_in_organizer(cast.event), cast.event, "Iris")
    assert books.attendee(iris).confirmed_at is None
    phone.open("/have-card")
    phone.fill({PROOF: code}, "Go on")
    assert books.attendee(iris).confirmed_at is not None


@pytest.mark.parametrize("deed", ["here", "agree", "code"])
def test_only_this_events_organizers_work_its_desk(
    cast: Cast,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    deed: str,
) -> None:
    path = f"/o/e/{cast.event.slug}/desk"
    for stranger in (
        phone,
        sign_in(cast.ada),
        sign_in(cast.dee),
        sign_in_organizer(cast.other_event),
    ):
        assert stranger.open(path).status == 404
        assert stranger.send(f"{path}/{cast.bo.public_id}/{deed}").status == 404
    helper = sign_in_organizer(cast.event, "helper")
    # Nor does the desk of one event reach people of another.
    assert helper.send(f"{path}/{cast.dee.public_id}/{deed}").status == 404
    assert helper.send(f"{path}/{cast.bo.public_id}/{deed}").status < 400


def test_a_helper_sees_the_desk_but_not_the_report(
    cast: Cast, sign_in_organizer: SignInOrganizer
) -> None:
    helper = sign_in_organizer(cast.event, "helper")
    assert helper.open(f"/o/e/{cast.event.slug}/desk").heading == "Desk"
    for page in ("", "/for-others", "/pairings.csv"):
        assert helper.open(f"/o/e/{cast.event.slug}{page}").status == 404
