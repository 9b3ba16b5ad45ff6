"""An evening before its first plan, and people who answer each other, or only a little."""

from datetime import datetime

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker.people.event import Event
from matchmaker.storage.connect import Database


@pytest.fixture
def evening(database: Database, event: Event, now: datetime) -> Evening:
    """The test's event, before its first plan."""
    return Evening(database, event, now)


SEEKER = {"offer": "Violin lessons", "need": "A carpenter who repairs old windows"}
CARPENTER = {"offer": "A carpenter who repairs old windows", "need": "Violin lessons"}
PARTIAL = {"offer": "Curtains for old windows", "need": "A dentist"}


@pytest.fixture
def make_seeker(make_attendee: MakeAttendee) -> MakeAttendee:
    """Stores people who look for a carpenter and can teach the violin."""
    return lambda name, **facts: make_attendee(name, **(SEEKER | facts))


@pytest.fixture
def make_carpenter(make_attendee: MakeAttendee) -> MakeAttendee:
    """Stores people who answer seekers in both directions."""
    return lambda name, **facts: make_attendee(name, **(CARPENTER | facts))


@pytest.fixture
def make_curtain_maker(make_attendee: MakeAttendee) -> MakeAttendee:
    """Stores people who can help seekers a little, and whom seekers cannot help."""
    return lambda name, **facts: make_attendee(name, **(PARTIAL | facts))
