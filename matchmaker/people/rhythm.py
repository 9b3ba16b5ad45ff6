"""How often somebody wants to greet a contact, and on which day that is."""

import calendar
from datetime import date
from enum import StrEnum
from typing import Final


class Rhythm(StrEnum):
    """How close a contact is kept."""

    OFF = ""
    CLOSE = "close"
    REGULAR = "regular"
    NOW_AND_THEN = "seldom"


MONTHS: Final = {Rhythm.CLOSE: 1, Rhythm.REGULAR: 3, Rhythm.NOW_AND_THEN: 12}


def read_rhythm(text: str) -> Rhythm:
    """Return the rhythm of that name; anything unknown is none."""
    return Rhythm(text) if text in set(Rhythm) else Rhythm.OFF


def greeting_day(rhythm: Rhythm, *, last: date, put_off_to: date | None = None) -> date | None:
    """Return the day of the next greeting, or None without a rhythm.

    ``last`` is when they were greeted last, or met. What was put off counts only until the
    greeting after it.
    """
    months = MONTHS.get(rhythm)
    if months is None:
        return None
    return put_off_to if put_off_to and put_off_to > last else add_months(last, months)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
