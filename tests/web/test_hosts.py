"""Hosts: marked for everybody, and offered first to those who don't know where to start."""

from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.invitations import GIVE
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest

from matchmaker.people.attendee import Attendee
from matchmaker.storage import safety
from matchmaker.storage.connect import Database

PANEL = "Not sure where to start?"


@pytest.fixture
def host(make_attendee: MakeAttendee) -> Attendee:
    """Hope welcomes newcomers, by the door."""
    return make_attendee(
        "Hope", offer="Hats", need="Felt", spot="A green hat by the door", welcomes_newcomers=True
    )


def people_path(cast: Cast) -> str:
    return f"/e/{cast.event.slug}/people"


def test_i_say_myself_that_i_welcome_newcomers_and_host_a_table(
    cast: Cast, sign_in: SignIn, suggest: Suggest, books: Books
) -> None:
    phone = sign_in(cast.bo)
    phone.open(f"/e/{cast.event.slug}/me/more")
    phone.fill({"I can welcome newcomers": True, "I host a table": True}, "Save")
    stored = books.attendee(cast.bo)
    assert (stored.welcomes_newcomers, stored.hosts_table) == (True, True)
    suggest(cast.ada, cast.bo)
    seen = sign_in(cast.ada).open(people_path(cast)).article("Bo").text
    assert "Host: welcomes newcomers" in seen
    assert "Host: has a table" in seen


def test_a_newcomer_is_offered_a_host_first(
    cast: Cast, host: Attendee, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    page = sign_in(cast.ada).open(people_path(cast))
    assert PANEL in page.text
    assert "Hope welcomes newcomers." in page.text
    assert "A green hat by the door" in page.text
    assert page.text.index(PANEL) < page.text.index("Carpenter: I repair")


def test_a_host_is_invited_like_anybody_else(cast: Cast, host: Attendee, sign_in: SignIn) -> None:
    phone, hopes = sign_in(cast.ada), sign_in(host)
    phone.open(people_path(cast))
    page = phone.tap("I’d like to meet")
    assert cast.ada.offer in page.value(GIVE)
    page = phone.fill({}, "Send")
    assert "Sent: you’d like to meet." in page.part("Hope welcomes").text
    hopes.open(people_path(cast))
    assert hopes.tap("Let’s meet", near="Ada").heading == "You and Ada"
    # Who has somebody to meet needs no host any more.
    assert PANEL not in phone.open(people_path(cast)).text


def test_an_invitation_to_a_host_can_be_taken_back(
    cast: Cast, host: Attendee, sign_in: SignIn
) -> None:
    phone = sign_in(cast.ada)
    phone.open(people_path(cast))
    phone.tap("I’d like to meet")
    phone.fill({}, "Send")
    page = phone.tap("Take it back")
    assert page.link("I’d like to meet")


def test_who_came_long_ago_and_told_enough_is_offered_nobody(
    cast: Cast, host: Attendee, make_attendee: MakeAttendee, sign_in: SignIn, now: datetime
) -> None:
    long_ago = now - timedelta(minutes=50)
    told = {"offer": "Songs for weddings", "need": "A drum for the evening"}
    facts = {"joined_at": long_ago, "here_since": long_ago}
    eve = make_attendee("Eve", **told, **facts)
    thin = make_attendee("Thin", offer="Songs", need="", **facts)
    assert PANEL not in sign_in(eve).open(people_path(cast)).text
    assert PANEL in sign_in(thin).open(people_path(cast)).text


@pytest.mark.parametrize("how", ["hidden", "left", "blocked", "no host"])
def test_a_host_who_cant_be_met_is_neither_offered_nor_invited(
    cast: Cast,
    host: Attendee,
    sign_in: SignIn,
    database: Database,
    now: datetime,
    how: str,
) -> None:
    hopes = sign_in(host)
    match how:
        case "hidden":
            hopes.send(f"/e/{cast.event.slug}/me/hide")
        case "left":
            hopes.send(f"/e/{cast.event.slug}/me/leave")
        case "blocked":
            with database.writing() as session:
                safety.add_block(session, host.person.id, cast.ada.person.id, at=now)
        case "no host":
            hopes.open(f"/e/{cast.event.slug}/me/more")
            hopes.fill({"I can welcome newcomers": False}, "Save")
    phone = sign_in(cast.ada)
    assert PANEL not in phone.open(people_path(cast)).text
    path = f"{people_path(cast)}/{host.public_id}/invite"
    assert phone.open(path).status == 404
    assert phone.send(path, {"give": "x"}).status == 404


def test_hosts_of_one_event_are_no_hosts_elsewhere(
    cast: Cast,
    host: Attendee,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
) -> None:
    dees = sign_in(cast.dee)
    assert (
        PANEL
        not in dees.open(people_path(cast).replace(cast.event.slug, cast.other_event.slug)).text
    )
    for stranger in (phone, dees, sign_in_organizer(cast.event)):
        path = f"{people_path(cast)}/{host.public_id}/invite"
        assert stranger.send(path, {"give": "x"}).status == 404
