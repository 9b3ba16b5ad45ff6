"""A meeting or a follow-up as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vText

from matchmaker.cards.content_line import block_value
from matchmaker.cards.plain_text import as_block, as_line
from matchmaker.people.card import clean_link

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = "-//event networking matchmaker//EN"
_REFRESH: Final = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """What one calendar file says.

    ``start`` and ``end`` are aware datetimes, or both dates for whole days, with ``end`` the day
    after the last one. ``zone`` is the IANA name of the zone they are shown in. ``sequence``
    rises with every change of an entry of the same ``uid``.
    """

    uid: str
    summary: str
    start: datetime | date
    end: datetime | date
    zone: str
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


class _ExactText(vText):
    r"""Text written as RFC 5545, 3.3.11 says; icalendar makes a line break of a typed ``\N``."""

    def to_ical(self) -> bytes:
        return block_value(self).encode()


def write_event(entry: CalendarEntry, *, now: datetime) -> bytes:
    """Return one entry as a calendar file: UTF-8, CRLF, folded, with its time zone inside.

    Raises
    ------
    ValueError
        If a time has no zone, the end is not after the start, only one of them is a date, or
        ``zone`` is unknown.
    """
    calendar = _start_calendar("CANCEL" if entry.cancelled else "PUBLISH")
    start, end = _read_times(entry)
    if isinstance(start, datetime):
        # The rules of a year either side do, instead of every change since 1970.
        year = timedelta(days=366)
        first, last = start.date() - year, start.date() + year
        zone = _find_zone(entry.zone)
        calendar.add_component(Timezone.from_tzinfo(zone, entry.zone, first, last))
    calendar.add_component(_write_entry(entry, start, end, now))
    written: bytes = calendar.to_ical()
    return written


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, now: datetime) -> bytes:
    """Return whole days as a calendar to subscribe to, looked at again every few hours.

    Raises
    ------
    ValueError
        If an entry is not of whole days, or ends before it starts.
    """
    calendar = _start_calendar("PUBLISH")
    # RFC 7986, and the names that programs older than it know.
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, _ExactText(as_line(name)))
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", _ExactText("PT6H"))
    for entry in entries:
        start, end = _read_times(entry)
        if isinstance(start, datetime):
            raise ValueError("a calendar to subscribe to holds whole days")
        calendar.add_component(_write_entry(entry, start, end, now))
    written: bytes = calendar.to_ical()
    return written


def _start_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    return calendar


def _read_times(entry: CalendarEntry) -> tuple[datetime | date, datetime | date]:
    zone = _find_zone(entry.zone)
    start, end = _local(entry.start, zone), _local(entry.end, zone)
    if isinstance(start, datetime) != isinstance(end, datetime) or not start < end:
        raise ValueError("an entry ends after it starts, both as times or both as days")
    return start, end


def _find_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("the time zone is unknown") from error


def _local(moment: datetime | date, zone: ZoneInfo) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone")
    return moment.astimezone(zone)


def _write_entry(
    entry: CalendarEntry, start: datetime | date, end: datetime | date, now: datetime
) -> Event:
    event = Event()
    event.add("DTSTAMP", now.astimezone(UTC))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", start)
    event.add("DTEND", end)
    if not isinstance(start, datetime):
        # A day on which something is to be done is not a day on which its owner is away.
        event.add("TRANSP", "TRANSPARENT")
    for name, text in (
        ("UID", as_line(entry.uid)),
        ("SUMMARY", as_line(entry.summary)),
        ("LOCATION", as_line(entry.location)),
        ("DESCRIPTION", as_block(entry.description)),
    ):
        if text:
            event.add(name, _ExactText(text))
    link = clean_link(entry.url)
    if link:
        event.add("URL", link)
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
