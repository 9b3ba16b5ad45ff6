"""The organizer names meeting points and breaks."""

from datetime import timedelta

import pytest
from fixtures.attendees import Cast
from fixtures.phones import Phone
from fixtures.venue import SignIn, SignInOrganizer

from matchmaker.storage import programme
from matchmaker.storage.connect import Database


@pytest.fixture
def path(cast: Cast) -> str:
    """The page of meeting points and breaks."""
    return f"/o/e/{cast.event.slug}/programme"


@pytest.mark.parametrize("role", ["owner", "helper"])
def test_places_are_named_in_order_and_taken_away(
    cast: Cast, path: str, sign_in_organizer: SignInOrganizer, database: Database, role: str
) -> None:
    laptop = sign_in_organizer(cast.event, role)
    laptop.open(path)
    for name in ("The red sofa", "The bar", "The bar"):
        page = laptop.fill({"Name of the place": name}, "Add the place")
    assert page.text.index("The red sofa") < page.text.index("The bar")
    page = laptop.tap("Take away", near="The red sofa")
    with database.reading() as session:
        assert programme.list_points(session, cast.event.id) == ("The bar",)
        assert programme.list_points(session, cast.other_event.id) == ()


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Please name a place."), ("x" * 81, "Please shorten this by 1")]
)
def test_a_place_needs_a_short_name(
    cast: Cast, path: str, sign_in_organizer: SignInOrganizer, typed: str, said: str
) -> None:
    laptop = sign_in_organizer(cast.event)
    laptop.open(path)
    page = laptop.fill({"Name of the place": typed}, "Add the place")
    assert page.status == 422
    assert said in page.problem("Name of the place")
    assert page.value("Name of the place") == typed


def test_thirty_places_are_enough(
    cast: Cast, path: str, sign_in_organizer: SignInOrganizer, database: Database
) -> None:
    with database.writing() as session:
        for number in range(30):
            programme.add_point(session, cast.event.id, f"Table {number}")
    laptop = sign_in_organizer(cast.event)
    laptop.open(path)
    page = laptop.fill({"Name of the place": "One more"}, "Add the place")
    assert "There are thirty already." in page.problem("Name of the place")


def test_a_break_is_on_the_clock_of_the_events_place(
    cast: Cast, path: str, sign_in_organizer: SignInOrganizer, database: Database
) -> None:
    laptop = sign_in_organizer(cast.event)
    laptop.open(path)
    local = cast.event.local(cast.event.starts_at + timedelta(hours=2))
    typed = local.strftime("%Y-%m-%dT%H:%M")
    page = laptop.fill({"The break begins": typed}, "Add the break")
    assert local.strftime("%H:%M") in page.text
    with database.reading() as session:
        [found] = programme.list_breaks(session, cast.event.id)
    assert found == local.replace(second=0, microsecond=0)
    laptop.tap("Take away", near=local.strftime("%H:%M"))
    with database.reading() as session:
        assert programme.list_breaks(session, cast.event.id) == ()


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-02-30T10:00", "9999-12-31T23:59", "0001-01-01T00:00"]
)
def test_no_time_or_one_outside_the_event_is_refused(
    cast: Cast, path: str, sign_in_organizer: SignInOrganizer, typed: str
) -> None:
    laptop = sign_in_organizer(cast.event)
    laptop.open(path)
    page = laptop.fill({"The break begins": typed}, "Add the break")
    assert page.status == 422
    assert page.problem("The break begins")
    assert page.value("The break begins") == typed
    assert laptop.send(f"{path}/breaks/remove", {"starts_at": typed}).status in {302, 404}


def test_only_organizers_of_the_event_may(
    cast: Cast, path: str, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    sends = {
        "points": {"point": "The bar"},
        "points/remove": {"point": "The bar"},
        "breaks": {"starts_at": "2026-11-20T20:00"},
        "breaks/remove": {"starts_at": "2026-11-20T20:00:00+00:00"},
    }
    for stranger in (phone, sign_in(cast.ada), sign_in_organizer(cast.other_event)):
        assert stranger.open(path).status == 404
        for deed, values in sends.items():
            assert stranger.send(f"{path}/{deed}", values).status == 404
