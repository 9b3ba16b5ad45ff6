"""Days of promises and greetings, and which of them are due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.follow_up import list_greetings, list_promises, split_by_day
from matchmaker.people.ids import ContactId, PersonId, PublicId
from matchmaker.people.mail_times import is_daytime, morning_after, week_of
from matchmaker.people.promise import Promise, is_possible_day, promise_id
from matchmaker.people.rhythm import MONTHS, Rhythm, add_months, greeting_day, read_rhythm

MET = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
ROME, HANOI = ZoneInfo("Europe/Rome"), ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def a_contact(name: str = "Bo", **facts: object) -> Contact:
    usual = Contact(
        id=ContactId(1),
        public_id=PublicId(name),
        owner=PersonId(1),
        other=None,
        fields=CardFields(name=name),
        met_at=MET,
    )
    return replace(usual, **facts)  # type: ignore[arg-type]


def a_promise(text: str = "The article", **facts: object) -> Promise:
    return replace(Promise(public_id=PublicId(text), text=text, made_at=MET), **facts)  # type: ignore[arg-type]


def test_a_promise_is_due_on_its_day_else_on_the_one_after_it_was_made() -> None:
    assert a_promise(due_on=date(2026, 12, 1)).day(ROME) == date(2026, 12, 1)
    # At half past eleven in London it is after midnight in Rome.
    assert a_promise().day(UTC) == date(2026, 11, 21)
    assert a_promise().day(ROME) == date(2026, 11, 22)


@pytest.mark.parametrize("state", ["kept_at", "dropped_at"])
def test_what_was_kept_or_let_go_is_not_open(state: str) -> None:
    settled = a_promise(**{state: MET})
    contact = a_contact(promises=(settled, a_promise("A call")))
    assert [one.promise.text for one in list_promises([contact], UTC) if one.promise] == ["A call"]
    assert contact.promise == "A call"


def test_promises_come_by_their_days_and_today_is_due() -> None:
    today = date(2026, 11, 25)
    late = a_promise("late", due_on=today + timedelta(days=1))
    now = a_promise("now", due_on=today)
    old = a_promise("old", due_on=today - timedelta(days=9))
    due, later = split_by_day(list_promises([a_contact(promises=(late, now, old))], UTC), today)
    assert [one.promise.text for one in due if one.promise] == ["old", "now"]
    assert [one.promise.text for one in later if one.promise] == ["late"]


def test_days_that_have_gone_by_cannot_be_promised_for() -> None:
    today = date(2026, 11, 25)
    assert is_possible_day(today, today=today)
    assert is_possible_day(today + timedelta(days=1800), today=today)
    assert not is_possible_day(today - timedelta(days=1), today=today)
    assert not is_possible_day(date.max, today=today)


def test_the_same_form_names_the_same_promise() -> None:
    assert promise_id("contact", "key") == promise_id("contact", "key")
    assert len(promise_id("contact", "key")) == 22
    assert len({promise_id(c, k) for c in ("a", "b") for k in ("1", "2")}) == 4


@given(DAYS, st.sampled_from(sorted(MONTHS)))
def test_a_greeting_comes_after_so_many_months(last: date, rhythm: Rhythm) -> None:
    day = greeting_day(rhythm, last=last)
    assert day is not None
    months = (day.year - last.year) * 12 + day.month - last.month
    assert months == MONTHS[rhythm]
    assert day.day <= last.day
    assert day.day == last.day or (day + timedelta(days=1)).day == 1


def test_the_last_of_january_is_followed_by_the_last_of_february() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 31), 1) == date(2027, 1, 31)


def test_what_was_put_off_counts_until_the_next_greeting() -> None:
    put_off = date(2027, 1, 8)
    assert greeting_day(Rhythm.CLOSE, last=date(2026, 12, 1), put_off_to=put_off) == put_off
    greeted = greeting_day(Rhythm.CLOSE, last=date(2027, 1, 9), put_off_to=put_off)
    assert greeted == date(2027, 2, 9)


def test_without_a_rhythm_nobody_is_to_be_greeted() -> None:
    assert list_greetings([a_contact(), a_contact(greet_from=MET)], UTC) == []
    assert read_rhythm("close") is Rhythm.CLOSE
    assert read_rhythm("hourly") is Rhythm.OFF


def test_closer_contacts_come_first_on_the_same_day() -> None:
    seldom = a_contact("Seldom", rhythm=Rhythm.NOW_AND_THEN, greeted_at=MET - timedelta(days=365))
    close = a_contact("Close", rhythm=Rhythm.CLOSE, greeted_at=MET - timedelta(days=31))
    both = list_greetings([seldom, close], UTC)
    assert len({one.day for one in both}) == 1
    assert [one.contact.fields.name for one in both] == ["Close", "Seldom"]


@pytest.mark.parametrize(
    ("ends", "zone", "morning"),
    [
        ("2026-11-20T22:00+01:00", ROME, "2026-11-21T08:00+01:00"),
        ("2026-11-20T17:00+01:00", ROME, "2026-11-21T08:00+01:00"),
        # Who danced until three is not woken a day later.
        ("2026-11-21T03:00+01:00", ROME, "2026-11-21T08:00+01:00"),
        ("2026-11-21T07:30+01:00", ROME, "2026-11-22T08:00+01:00"),
        ("2026-11-20T21:00+07:00", HANOI, "2026-11-21T08:00+07:00"),
        # The night in which the clocks go back.
        ("2026-10-24T23:00+02:00", ROME, "2026-10-25T08:00+01:00"),
    ],
)
def test_the_morning_after(ends: str, zone: ZoneInfo, morning: str) -> None:
    found = morning_after(datetime.fromisoformat(ends), zone)
    assert found == datetime.fromisoformat(morning)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from([ROME, HANOI]))
def test_the_morning_after_is_at_eight_and_within_a_day(ends: datetime, zone: ZoneInfo) -> None:
    ends = ends.replace(tzinfo=UTC)
    found = morning_after(ends, zone)
    assert found.hour == 8
    assert timedelta(hours=3) <= found - ends <= timedelta(hours=29)


def test_weeks_and_days_are_those_of_the_calendar() -> None:
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    assert week_of(date(2027, 1, 4)) == "2027-W01"
    assert is_daytime(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), HANOI)
    assert not is_daytime(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), ROME)
