"""When mails go out: in the morning, on the reader's clock, and never often."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

MORNING: Final = time(8)
EVENING: Final = time(20)
SHORTEST_NIGHT: Final = timedelta(hours=4)
QUIET_DAYS: Final = timedelta(days=7)
"""After any of these mails nobody is reminded of anything for so long."""


class MailKind(StrEnum):
    """A kind of mail that goes out by itself and can be stopped."""

    DIGEST = "digest"
    REMINDER = "reminder"


def morning_after(ends_at: datetime, zone: tzinfo) -> datetime:
    """Return the first eight o'clock in ``zone`` that comes four hours or more after an end."""
    local = (ends_at + SHORTEST_NIGHT).astimezone(zone)
    day = local.date() if local.time() <= MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=zone)


def is_daytime(now: datetime, zone: tzinfo) -> bool:
    """Return whether a mail may arrive at ``now``, on a clock of ``zone``."""
    return MORNING <= now.astimezone(zone).time() < EVENING


def week_of(day: date) -> str:
    """Return the week of a day as ISO 8601 writes it, such as ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"
