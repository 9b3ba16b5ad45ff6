"""Pages are tested on an evening that runs now."""

from datetime import UTC, datetime

import pytest
from fixtures.databases import SQLITE
from fixtures.evenings import Evening

from matchmaker.people.event import Event
from matchmaker.storage.connect import Database


@pytest.fixture
def backend() -> str:
    """Pages are tested on SQLite; tests where the database matters ask for both."""
    return SQLITE


@pytest.fixture
def now() -> datetime:
    """Pages look at the real clock, so the evening runs now."""
    return datetime.now(UTC)


@pytest.fixture
def evening(database: Database, event: Event, now: datetime) -> Evening:
    """The worker's part of the test's evening: it makes real plans."""
    return Evening(database, event, now)
