"""A meeting: where and when in two taps, calling it off, the calendar, and what came of it."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.invitations import AddMeeting
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer, Suggest

from matchmaker.people.meeting import Meeting
from matchmaker.storage import meetings, programme, safety
from matchmaker.storage.connect import Database

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@pytest.fixture
def points(database: Database, cast: Cast, now: datetime) -> tuple[str, ...]:
    """The organizer named two places and a break in an hour."""
    with database.writing() as session:
        for name in ("The bar", "The red sofa"):
            programme.add_point(session, cast.event.id, name)
        starts_at = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
        programme.add_break(session, cast.event.id, starts_at)
        return programme.list_points(session, cast.event.id)


@pytest.fixture
def meeting(cast: Cast, add_meeting: AddMeeting) -> Meeting:
    """Ada and Bo both want to meet."""
    return add_meeting(cast.ada, cast.bo)


@pytest.fixture
def path(cast: Cast, meeting: Meeting) -> str:
    """Where the meeting stands."""
    return f"/e/{cast.event.slug}/meetings/{meeting.public_id}"


@pytest.fixture
def adas(cast: Cast, sign_in: SignIn) -> Phone:
    """Ada's phone."""
    return sign_in(cast.ada)


@pytest.fixture
def bos(cast: Cast, sign_in: SignIn) -> Phone:
    """Bo's phone."""
    return sign_in(cast.bo)


def stored(database: Database, cast: Cast) -> Meeting:
    with database.reading() as session:
        found = meetings.find_meeting_of(session, cast.ada.id, cast.bo.id)
    assert found is not None
    return found


@both_databases
def test_where_and_when_take_two_taps_and_both_see_it(
    cast: Cast, adas: Phone, bos: Phone, path: str, points: tuple[str, ...], database: Database
) -> None:
    adas.open(path)
    page = adas.fill({"The red sofa": True}, "In 10 minutes")
    assert "Noted. They see it too." in page.news
    arranged = stored(database, cast)
    assert arranged.place == "The red sofa"
    assert arranged.at is not None
    clock = cast.event.local(arranged.at).strftime("%H:%M")
    assert "You said so." in page.text
    page = bos.open(path)
    assert "They said so." in page.text
    top = bos.open("/me/card").root.of_class("waiting")[0].text
    assert f"Meet Ada at {clock}: The red sofa" in top


def test_now_and_the_next_break_are_offered_too(
    cast: Cast, adas: Phone, path: str, points: tuple[str, ...], database: Database, now: datetime
) -> None:
    page = adas.open(path)
    starts_at = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    words = f"At the next break, {cast.event.local(starts_at).strftime('%H:%M')}"
    assert [b for b in page.buttons if b.startswith(("Now", "In 10", "At the"))] == [
        "Now",
        "In 10 minutes",
        words,
    ]
    adas.fill({"The bar": True}, words)
    assert stored(database, cast).at == starts_at
    adas.open(path)
    adas.tap("Now")
    moved = stored(database, cast)
    assert moved.place == "The bar"
    assert moved.at is not None
    assert abs(moved.at - datetime.now(UTC)) < timedelta(minutes=3)


def test_i_am_at_a_place_of_my_own(
    cast: Cast, adas: Phone, path: str, points: tuple[str, ...], database: Database
) -> None:
    adas.open(path)
    adas.fill({"The bar": True, "I am at …": "the window by the plants"}, "Now")
    assert stored(database, cast).place == "the window by the plants"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Please choose a place, or say where you are."), ("x" * 161, "Please shorten this")],
)
def test_a_place_is_asked_for_and_what_was_typed_is_kept(
    cast: Cast, adas: Phone, path: str, database: Database, typed: str, said: str
) -> None:
    page = adas.open(path)
    assert "Where?" not in page.text
    page = adas.fill({"I am at …": typed}, "Now")
    assert page.status == 422
    assert said in page.problem("I am at …")
    assert page.value("I am at …") == typed
    assert stored(database, cast).at is None


def test_a_break_that_is_over_or_a_time_of_ones_own_is_refused(
    cast: Cast, adas: Phone, path: str, database: Database
) -> None:
    assert adas.send(path, {"own": "bar", "when": "break"}).status == 422
    assert adas.send(path, {"own": "bar", "when": "2026-01-01"}).status == 404
    assert adas.send(path, {"own": "bar"}).status == 404
    assert adas.send(path, {"where": "Nowhere that was named", "when": "now"}).status == 422
    assert stored(database, cast).at is None


@both_databases
def test_either_can_call_it_off_and_only_who_did_can_take_that_back(
    cast: Cast, adas: Phone, bos: Phone, path: str, database: Database
) -> None:
    adas.open(path)
    page = adas.tap("Call it off")
    assert "You called this meeting off." in page.text
    page = bos.open(path)
    assert "This meeting was called off." in page.text
    assert "Meet after all" not in page.buttons
    assert bos.send(f"{path}/resume").status == 410
    assert bos.send(path, {"own": "bar", "when": "now"}).status == 410
    assert bos.send(f"{path}/outcome", {"could_help": "yes", "could_be_helped": "yes"}).status == (
        410
    )
    assert "both want to meet" not in bos.open("/me/card").text
    adas.open(path)
    adas.tap("Meet after all")
    assert stored(database, cast).cancelled_at is None


def test_the_calendar_file_says_where_when_and_what_changed(
    cast: Cast, adas: Phone, bos: Phone, path: str
) -> None:
    assert adas.open(f"{path}/meeting.ics").status == 404
    adas.send(path, {"own": "the bar", "when": "now"})
    file = adas.open(f"{path}/meeting.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    [entry] = icalendar.Calendar.from_ical(file.data).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Meet Bo"
    assert str(entry["LOCATION"]).startswith("the bar")
    assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(minutes=15)
    assert str(entry["STATUS"]) == "CONFIRMED"
    bos.send(f"{path}/cancel")
    [after] = icalendar.Calendar.from_ical(bos.open(f"{path}/meeting.ics").data).walk("VEVENT")
    assert str(after["UID"]) == str(entry["UID"])
    assert str(after["STATUS"]) == "CANCELLED"
    assert str(after["SUMMARY"]) == "Meet Ada"
    assert after["SEQUENCE"] >= entry["SEQUENCE"]


@both_databases
def test_afterwards_each_says_for_themselves_what_it_was(
    cast: Cast, adas: Phone, bos: Phone, path: str, database: Database, books: Books, code_of: KeyOf
) -> None:
    adas.send(f"/c/{code_of(cast.bo)}/exchange")
    assert adas.open("/me/card").link("How was it with Bo?") == path
    before = bos.open(path).text
    yes = {"could_help": "yes", "could_be_helped": "yes"}
    answer = adas.send(f"{path}/outcome", yes)
    page = adas.open(answer.headers["Location"])
    assert "Kept. Only you see it." in page.news
    assert bos.open(path).text == before
    assert [c.helps_both for c in books.contacts(cast.ada)] == [True]
    assert [c.helps_both for c in books.contacts(cast.bo)] == [False]
    assert "How was it" not in adas.open("/me/card").text
    adas.send(f"{path}/outcome", yes | {"could_help": "no"})
    assert [c.helps_both for c in books.contacts(cast.ada)] == [False]


def test_what_was_said_before_the_cards_were_swapped_counts_afterwards(
    cast: Cast, adas: Phone, path: str, books: Books, code_of: KeyOf
) -> None:
    adas.send(f"{path}/outcome", {"could_help": "yes", "could_be_helped": "yes"})
    adas.send(f"/c/{code_of(cast.bo)}/exchange")
    assert [c.helps_both for c in books.contacts(cast.ada)] == [True]
    assert [c.helps_both for c in books.contacts(cast.bo)] == [False]


def test_both_questions_are_asked(cast: Cast, adas: Phone, path: str) -> None:
    page = adas.send(f"{path}/outcome", {"could_help": "yes"})
    assert page.status == 422
    assert "Please choose yes or no. Only you see it." in page.text


def test_nothing_is_asked_before_its_time(
    cast: Cast, adas: Phone, path: str, add_meeting: AddMeeting, now: datetime
) -> None:
    add_meeting(cast.ada, cast.bo, place="The bar", at=now + timedelta(minutes=30))
    assert "After you talked" not in adas.open(path).text
    yes = {"could_help": "yes", "could_be_helped": "yes"}
    assert adas.send(f"{path}/outcome", yes).status == 404


def test_what_changed_is_seen_without_reloading(
    cast: Cast, adas: Phone, bos: Phone, path: str
) -> None:
    bos.open(path)
    tag = bos.open(path).headers["ETag"]
    assert bos.look(path, If_None_Match=tag).status == 304
    adas.send(path, {"own": "the bar", "when": "now"})
    assert bos.look(path, If_None_Match=tag).status == 200
    main = bos.open(path).root.by_id("main")
    assert main is not None
    assert main.attributes["data-refresh"] == "10"


@pytest.mark.parametrize("how", ["hide", "forget", "block", "I hide"])
def test_a_meeting_ends_with_hiding_blocking_or_being_forgotten(
    cast: Cast, adas: Phone, bos: Phone, path: str, database: Database, now: datetime, how: str
) -> None:
    if how == "block":
        with database.writing() as session:
            safety.add_block(session, cast.ada.person.id, cast.bo.person.id, at=now)
    else:
        who = bos if how == "I hide" else adas
        who.send(f"/e/{cast.event.slug}/me/{how.removeprefix('I ')}")
    assert bos.open(path).status == 404
    assert bos.send(path, {"own": "bar", "when": "now"}).status == 404
    assert "both want to meet" not in bos.open("/me/card").text


def test_who_has_left_is_said_to_have_left(cast: Cast, adas: Phone, bos: Phone, path: str) -> None:
    adas.send(f"/e/{cast.event.slug}/me/leave")
    assert "They have left the event." in bos.open(path).text


def test_setting_somebody_aside_calls_the_meeting_off(
    cast: Cast, adas: Phone, path: str, suggest: Suggest, database: Database
) -> None:
    suggest(cast.ada, cast.bo)
    adas.open(f"/e/{cast.event.slug}/people")
    adas.tap("Not for me", near="Bo")
    assert stored(database, cast).cancelled_at is not None


def test_only_the_two_may_see_change_or_judge_a_meeting(
    cast: Cast,
    adas: Phone,
    phone: Phone,
    path: str,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    make_attendee: MakeAttendee,
    database: Database,
) -> None:
    adas.send(path, {"own": "the bar", "when": "now"})
    before = stored(database, cast)
    yes = {"could_help": "yes", "could_be_helped": "yes"}
    strangers = (phone, sign_in(cast.cy), sign_in(cast.dee), sign_in_organizer(cast.event))
    for stranger in strangers:
        assert stranger.open(path).status == 404
        assert stranger.open(f"{path}/meeting.ics").status == 404
        assert stranger.send(path, {"own": "x", "when": "now"}).status == 404
        assert stranger.send(f"{path}/outcome", yes).status == 404
        for deed in ("cancel", "resume"):
            assert stranger.send(f"{path}/{deed}").status == 404
    elsewhere = path.replace(cast.event.slug, cast.other_event.slug)
    assert adas.open(elsewhere).status == 404
    assert stored(database, cast) == before
