"""What is due with one's contacts: promises to keep, and whom to greet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from matchmaker.people.contact import Contact
from matchmaker.people.promise import Promise
from matchmaker.people.rhythm import MONTHS

FEW_GREETINGS: Final = 5
"""How many people to greet are shown at once: a list to finish, not a backlog."""


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One thing to do for a contact on a day: keep ``promise``, or without one, greet them."""

    contact: Contact
    day: date
    promise: Promise | None = None


def list_promises(contacts: Iterable[Contact], zone: tzinfo) -> list[FollowUp]:
    """Return all open promises, the most urgent first."""
    found = [
        FollowUp(contact=contact, day=promise.day(zone), promise=promise)
        for contact in contacts
        for promise in contact.open_promises
    ]
    return sorted(found, key=lambda one: one.day)


def list_greetings(contacts: Iterable[Contact], zone: tzinfo) -> list[FollowUp]:
    """Return whom to greet and on which day: closer contacts first among those of one day."""
    found = [
        FollowUp(contact=contact, day=day)
        for contact in contacts
        if (day := contact.greeting_day(zone)) is not None
    ]
    return sorted(found, key=lambda one: (one.day, MONTHS[one.contact.rhythm]))


def split_by_day(found: Iterable[FollowUp], today: date) -> tuple[list[FollowUp], list[FollowUp]]:
    """Return what is due by ``today``, and what comes later."""
    everything = list(found)
    due = [one for one in everything if one.day <= today]
    return due, [one for one in everything if one.day > today]
