"""A calendar to subscribe to: whole days, whatever is written on them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from matchmaker.cards.calendar import CalendarEntry, write_calendar
from matchmaker.cards.plain_text import as_line

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
texts = st.text(max_size=80) | st.text(alphabet="\r\n\x00\u2028\ud800\\;,:\"'BEGINn", max_size=40)


def an_entry(uid: str, summary: str, day: date = DAY) -> CalendarEntry:
    return CalendarEntry(
        uid=uid, summary=summary, start=day, end=day + timedelta(days=1), zone="UTC"
    )


def test_programs_learn_its_name_and_how_often_to_look() -> None:
    calendar = Calendar.from_ical(write_calendar([], name="Giữ liên lạc", now=NOW))
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Giữ liên lạc"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.walk("VEVENT") == []


@given(st.lists(st.tuples(texts, st.dates(date(1990, 1, 1), date(2100, 1, 1))), max_size=5), texts)
def test_any_words_stay_in_their_entry(days: list[tuple[str, date]], name: str) -> None:
    entries = [an_entry(f"{n}@a.example", words, day) for n, (words, day) in enumerate(days)]
    data = write_calendar(entries, name=name, now=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [str(one["UID"]) for one in events] == [one.uid for one in entries]
    assert [one["DTSTART"].dt for one in events] == [day for _, day in days]
    assert {str(one["TRANSP"]) for one in events} <= {"TRANSPARENT"}
    (read,) = vobject.readComponents(data.decode())
    found = [one.summary.value if "summary" in one.contents else "" for one in
             read.contents.get("vevent", [])]  # fmt: skip
    assert found == [as_line(words) for words, _ in days]


def test_an_hour_is_a_mistake() -> None:
    entry = CalendarEntry(
        uid="a@b.example", summary="x", start=NOW, end=NOW + timedelta(hours=1), zone="UTC"
    )
    with pytest.raises(ValueError, match="whole days"):
        write_calendar([entry], name="x", now=NOW)
