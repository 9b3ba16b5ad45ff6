"""An evening with rounds: people who answer each other in pairs, and a matcher that knows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.seating import Round
from matchmaker.rounds import programme, seating
from matchmaker.rounds.history import read_history
from matchmaker.rounds.my_table import MyRounds, find_my_rounds
from matchmaker.rounds.programme import RoundsForm
from matchmaker.storage import attendees, events
from matchmaker.storage.connect import Database

CRAFTS = ("bread baking", "violin lessons", "window repair", "tax returns", "beekeeping", "Welsh")


@pytest.fixture
def evening(database: Database, event: Event, now: datetime) -> Evening:
    """The test's event."""
    return Evening(database, event, now)


@pytest.fixture
def crowd(make_attendee: MakeAttendee) -> list[Attendee]:
    """Six people; the first two, the next two and the last two answer each other."""
    return [make_attendee(f"P{n}", offer=CRAFTS[n], need=CRAFTS[n ^ 1]) for n in range(len(CRAFTS))]


@pytest.fixture
def plan_rounds(evening: Evening) -> Callable[..., list[Round]]:
    """Plans rounds from ten minutes from now, as the organizer's form does."""

    def plan(**more: object) -> list[Round]:
        facts: dict[str, object] = {
            "count": 2,
            "starts_at": evening.now + timedelta(minutes=10),
            "minutes": 8,
            "pause": 3,
        }
        with evening.database.writing() as session:
            form = RoundsForm(**(facts | more))  # type: ignore[arg-type]
            return programme.schedule_rounds(session, evening.event, form, now=evening.now)

    return plan


@pytest.fixture
def draw_up(evening: Evening) -> Callable[[int], None]:
    """Draws up the tables of a round as the worker does, as of now."""

    def draw(number: int) -> None:
        with evening.database.reading() as session:
            event = events.get_event(session, evening.event.id)
            due = seating.find_due_round(session, event, number, now=evening.now)
            if due is None:
                return
            room = evening.workers.catch_up(session, event)
            history = read_history(session, event, due)
        available = room.available(event, evening.now)
        drawn = seating.draw_up(
            room.matcher, room.people, available, due, met=history.met, apart=history.apart
        )
        with evening.database.writing() as session:
            seating.store_seats(session, event, due, drawn, now=evening.now)

    return draw


@pytest.fixture
def look(evening: Evening) -> Callable[[Attendee], MyRounds]:
    """Looks at the rounds page as somebody, as of now."""

    def see(attendee: Attendee) -> MyRounds:
        with evening.database.reading() as session:
            me = attendees.get_attendee(session, evening.event.id, attendee.id)
            return find_my_rounds(session, evening.event, me, now=evening.now)

    return see
