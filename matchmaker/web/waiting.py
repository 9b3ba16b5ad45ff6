"""What waits for the one who is signed in: it stands on top of each of their pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g

from matchmaker.people.event import Event
from matchmaker.people.person import Person
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


Source = Callable[[Session, Person, Event | None, datetime], Iterable[Waiting]]
"""Says what waits for a person at a moment; the event is the one their phone is at."""


def init_waiting(app: Flask, sources: Iterable[Source]) -> None:
    """Let the templates ask what waits for the reader."""
    app.extensions["matchmaker-waiting"] = tuple(sources)
    app.jinja_env.globals["list_waiting"] = list_waiting


def list_waiting() -> list[Waiting]:
    """Return what waits for whoever is signed in on this phone; asked once per request."""
    if "waiting" not in g:
        g.waiting = _ask()
    found: list[Waiting] = g.waiting
    return found


def _ask() -> list[Waiting]:
    sources: tuple[Source, ...] = current_app.extensions["matchmaker-waiting"]
    if not sources:
        return []
    with reading() as session:
        me = visitor.find_me(session)
        if me is None:
            return []
        event = visitor.find_present_event(session, me)
        now = present()
        found = [one for source in sources for one in source(session, me, event, now)]
    return sorted(found, key=lambda one: one.rank)
