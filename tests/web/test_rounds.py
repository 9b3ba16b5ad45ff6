"""Rounds: the organizer plans them, the phones show each their table."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fixtures.attendees import Cast, MakeEvent
from fixtures.phones import Phone
from fixtures.tables import AddRound
from fixtures.venue import SignIn, SignInOrganizer

from matchmaker.people.event import Event


def clock(event: Event, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(event.time_zone)).strftime("%H:%M")


def test_the_organizer_plans_rounds_and_calls_one_off(
    cast: Cast, sign_in_organizer: SignInOrganizer, now: datetime
) -> None:
    laptop = sign_in_organizer(cast.event, "helper")
    page = laptop.open(f"/o/e/{cast.event.slug}/rounds")
    assert "No rounds yet" in page.text
    start = clock(cast.event, now + timedelta(minutes=20))
    page = laptop.fill({"First round at": start, "How many rounds": "2"}, "Plan them")
    assert "Planned." in page.news
    assert page.text.count("tables of two") == 2
    page = laptop.tap("Call off", near="Round 1")
    assert "called off" in page.text


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("How many rounds", "0", "whole number from 1 to 30"),
        ("How many rounds", "lots", "whole number from 1 to 30"),
        ("Minutes at a table", "600", "whole number from 3 to 60"),
        ("First round at", "25:99", "Please give a time"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    cast: Cast,
    sign_in_organizer: SignInOrganizer,
    now: datetime,
    label: str,
    typed: str,
    said: str,
) -> None:
    laptop = sign_in_organizer(cast.event)
    laptop.open(f"/o/e/{cast.event.slug}/rounds")
    start = clock(cast.event, now + timedelta(minutes=20))
    page = laptop.fill({"First round at": start} | {label: typed}, "Plan them")
    assert page.status == 422
    assert said in page.text
    assert page.value(label) == typed


def test_rounds_beyond_the_end_are_refused_in_words(
    cast: Cast, sign_in_organizer: SignInOrganizer, now: datetime
) -> None:
    laptop = sign_in_organizer(cast.event)
    laptop.open(f"/o/e/{cast.event.slug}/rounds")
    start = clock(cast.event, now + timedelta(minutes=20))
    answers = {"First round at": start, "How many rounds": "30", "Minutes at a table": "60"}
    page = laptop.fill(answers, "Plan them")
    assert page.status == 422
    assert "after the event has ended" in page.text


def test_a_phone_shows_the_table_with_whom_and_why(
    cast: Cast, sign_in: SignIn, add_round: AddRound
) -> None:
    add_round(cast.event, 2, cast.ada, cast.bo)
    page = sign_in(cast.ada).open(f"/e/{cast.event.slug}/round")
    assert "Table 4" in page.heading
    assert "Bo" in page.text
    assert cast.bo.need in page.text
    [shown] = page.root.of_class("clock")
    assert int(shown.attributes["data-clock"]) > int(shown.attributes["data-server"])


def test_the_table_stands_on_top_of_other_pages(
    cast: Cast, sign_in: SignIn, add_round: AddRound
) -> None:
    add_round(cast.event, -1, cast.ada, cast.bo)
    page = sign_in(cast.ada).open(f"/e/{cast.event.slug}/people")
    assert "Now: table 4" in page.text
    assert page.link("Now: table 4") == f"/e/{cast.event.slug}/round"


def test_who_has_no_seat_is_told_what_to_do(
    cast: Cast, sign_in: SignIn, add_round: AddRound
) -> None:
    add_round(cast.event, -1, cast.ada, cast.bo)
    page = sign_in(cast.cy).open(f"/e/{cast.event.slug}/round")
    assert "drawn up without you" in page.text
    assert "Table 4" not in page.text


def test_without_rounds_the_page_says_so(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.ada).open(f"/e/{cast.event.slug}/round")
    assert "No round is planned now" in page.text


def test_a_page_that_has_not_changed_is_not_sent_again(
    cast: Cast, sign_in: SignIn, add_round: AddRound
) -> None:
    add_round(cast.event, 2, cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/people")
    first = phone.open(f"/e/{cast.event.slug}/round")
    again = phone.look(f"/e/{cast.event.slug}/round", If_None_Match=first.headers["ETag"])
    assert again.status == 304
    add_round(cast.event, 30, number=2)
    later = phone.look(f"/e/{cast.event.slug}/round", If_None_Match=first.headers["ETag"])
    assert later.status == 200


def test_nobody_else_sees_tables_or_plans_rounds(
    cast: Cast, sign_in: SignIn, sign_in_organizer: SignInOrganizer, make_event: MakeEvent
) -> None:
    strangers: list[Phone] = [
        sign_in(cast.dee),
        sign_in_organizer(cast.other_event),
    ]
    for phone in strangers:
        assert phone.open(f"/e/{cast.event.slug}/round").status == 404
        assert phone.open(f"/o/e/{cast.event.slug}/rounds").status == 404
        assert phone.send(f"/o/e/{cast.event.slug}/rounds/1/cancel").status == 404
