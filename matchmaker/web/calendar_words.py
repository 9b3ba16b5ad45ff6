"""Promises and greetings as entries of a calendar, in words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _

from matchmaker.cards.calendar import CalendarEntry, write_calendar, write_event
from matchmaker.people.contact import Contact
from matchmaker.people.follow_up import FollowUp
from matchmaker.people.promise import Promise
from matchmaker.web.messages import write_greeting
from matchmaker.web.parts import parts

_DAY = timedelta(days=1)


def write_follow_up(
    contact: Contact, day: date, promise: Promise | None, *, now: datetime
) -> bytes:
    """Return one thing to do for a contact as a calendar file; without a promise, to greet them."""
    return write_event(_entry(FollowUp(contact=contact, day=day, promise=promise)), now=now)


def write_feed(found: Iterable[FollowUp], *, now: datetime) -> bytes:
    """Return all that a person has to follow up as a calendar to subscribe to."""
    return write_calendar(map(_entry, found), name=_("Keep in touch"), now=now)


def _entry(one: FollowUp) -> CalendarEntry:
    contact, promise = one.contact, one.promise
    base = parts().settings.base_url
    name = contact.call_name or _("someone who gave no name")
    if promise:
        key = f"promise-{promise.public_id}"
        summary = _("%(what)s (for %(name)s)", what=promise.text, name=name)
        description = _("You said you would do this.")
    else:
        # Another entry for each greeting: the day of a finished one must not move.
        key = f"greeting-{contact.public_id}-{one.day.isoformat()}"
        summary = _("Say hello to %(name)s", name=name)
        description = write_greeting(contact).text
    return CalendarEntry(
        uid=f"{key}@{urlsplit(base).hostname}",
        summary=summary,
        start=one.day,
        end=one.day + _DAY,
        zone="UTC",
        description=description,
        url=base + url_for("contacts.show", contact=contact.public_id),
    )
