"""Meetings and follow-ups as calendar files."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from matchmaker.cards.calendar import CalendarEntry, write_event
from matchmaker.cards.plain_text import as_block, as_line

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
START = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
texts = st.text(max_size=150) | st.text(alphabet="\r\n\x00\u2028\ud800\\;,:\"'BEGINn", max_size=60)


def an_entry(**changes: Any) -> CalendarEntry:
    usual: dict[str, Any] = {
        "uid": "meeting-1@example.org",
        "summary": "Mai & נועה",
        "start": START,
        "end": START + timedelta(minutes=20),
        "zone": "Asia/Ho_Chi_Minh",
    }
    return CalendarEntry(**usual | changes)


def test_a_meeting_stands_in_the_zone_of_its_event() -> None:
    data = write_event(an_entry(location="Bàn 4", description="a;b\nc"), now=NOW)
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == START
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event["DTSTART"].dt.hour == 17
    assert event["DTSTAMP"].dt == NOW
    assert (event["LOCATION"], event["DESCRIPTION"]) == ("Bàn 4", "a;b\nc")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


@pytest.mark.parametrize("zone", ["Asia/Jerusalem", "Europe/Rome", "America/New_York", "UTC"])
@pytest.mark.parametrize("month", range(1, 13))
def test_the_zone_inside_the_file_gives_the_right_hour(zone: str, month: int) -> None:
    """vobject knows no zone names here: it computes from the rules in the file."""
    start = datetime(2027, month, 20, 9, 0, tzinfo=UTC)
    entry = an_entry(start=start, end=start + timedelta(hours=1), zone=zone)
    text = write_event(entry, now=NOW).decode().replace(zone, f"Venue/{zone.replace('/', '-')}")
    (calendar,) = vobject.readComponents(text)
    read = calendar.vevent.dtstart.value
    assert read == start
    assert read.utcoffset() == start.astimezone(ZoneInfo(zone)).utcoffset()


def test_a_follow_up_may_take_a_whole_day() -> None:
    entry = an_entry(start=date(2027, 1, 4), end=date(2027, 1, 5))
    calendar = Calendar.from_ical(write_event(entry, now=NOW))
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == date(2027, 1, 4)
    assert calendar.walk("VTIMEZONE") == []


def test_a_changed_and_a_cancelled_meeting_keep_their_uid() -> None:
    entry = an_entry(sequence=3, cancelled=True)
    calendar = Calendar.from_ical(write_event(entry, now=NOW))
    (event,) = calendar.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (entry.uid, 3, "CANCELLED")
    assert calendar["METHOD"] == "CANCEL"


@given(texts, texts, texts, texts)
@example("\\N", "a\\nb", "\\\\n\n\\", "")
def test_any_text_stays_inside_its_field(
    summary: str, location: str, description: str, url: str
) -> None:
    entry = an_entry(summary=summary, location=location, description=description, url=url)
    data = write_event(entry, now=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.decode().splitlines() == data.decode().removesuffix("\r\n").split("\r\n")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    known = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS"}
    assert set(event) - known <= {"SUMMARY", "LOCATION", "DESCRIPTION", "URL"}
    (calendar,) = vobject.readComponents(data.decode())
    read = {name: lines[0].value for name, lines in calendar.vevent.contents.items()}
    assert read.get("summary", "") == as_line(summary)
    assert read.get("location", "") == as_line(location)
    assert read.get("description", "") == as_block(description)


def test_an_unsafe_address_is_left_out() -> None:
    assert b"URL" not in write_event(an_entry(url="javascript:alert(1)"), now=NOW)
    assert b"URL:https://a.example" in write_event(an_entry(url="a.example"), now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"end": START},
        {"end": START - timedelta(minutes=1)},
        {"start": date(2026, 11, 21)},
        {"start": START.replace(tzinfo=None)},
        {"zone": "Asia/Nowhere"},
        {"zone": "../../etc/passwd"},
        {"zone": ""},
        {"zone": "\x00"},
        {"zone": "Asia"},
    ],
)
def test_an_impossible_entry_is_a_mistake(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"zone|ends"):
        write_event(an_entry(**changes), now=NOW)
