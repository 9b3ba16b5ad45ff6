"""What waits for the one who is signed in: it stands on top of each of their pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import attendees
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.parts import present, reading


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits: a sentence in the reader's language, and the page that answers it.

    ``rank`` orders them, the smallest first; ``symbol`` names an icon.
    """

    words: str
    url: str
    symbol: str
    rank: int = 5


OfPerson = Callable[[Session, Person, Event | None, datetime], Iterable[Waiting]]
"""Says what waits for a person at a moment; the event is the one their phone is at."""

OfAttendee = Callable[[Session, Event, Attendee, datetime], Iterable[Waiting]]
"""Says what waits for an attendee of the event that their phone is at."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Who says what waits."""

    of_person: tuple[OfPerson, ...]
    of_attendee: tuple[OfAttendee, ...]


def init_waiting(app: Flask, sources: Sources) -> None:
    """Let the templates ask what waits for the reader."""
    app.extensions["matchmaker-waiting"] = sources
    app.jinja_env.globals["list_waiting"] = list_waiting


def list_waiting() -> list[Waiting]:
    """Return what waits for whoever is signed in on this phone; asked once per request."""
    if "waiting" not in g:
        g.waiting = _ask()
    found: list[Waiting] = g.waiting
    return found


def _ask() -> list[Waiting]:
    sources: Sources = current_app.extensions["matchmaker-waiting"]
    now = present()
    with reading() as session:
        person = visitor.find_me(session)
        if person is None:
            return []
        event = visitor.find_present_event(session, person)
        me = attendees.find_attendee_of(session, event.id, person.id) if event else None
        found = [one for ask in sources.of_person for one in ask(session, person, event, now)]
        if event is not None and me is not None:
            found += [one for ask in sources.of_attendee for one in ask(session, event, me, now)]
    return sorted(found, key=lambda one: one.rank)
