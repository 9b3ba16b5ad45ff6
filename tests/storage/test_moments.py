"""Moments come back as they went in: aware, in UTC, to the microsecond."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from fixtures.attendees import MakeEvent
from sqlalchemy.exc import StatementError

from matchmaker.people.event import Event
from matchmaker.storage import events
from matchmaker.storage.connect import Database

MOMENTS = [
    datetime(2026, 11, 20, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 11, 21, 1, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
    # 2:30 comes twice in this night; the second one is meant.
    datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Rome")),
    datetime(2026, 11, 20, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_moment_comes_back_in_utc(
    database: Database, make_event: MakeEvent, moment: datetime
) -> None:
    stored = make_event(starts_at=moment, ends_at=moment + timedelta(hours=1))
    with database.reading() as session:
        found = events.get_event(session, stored.id)
    assert found.starts_at == moment.astimezone(UTC)
    assert found.starts_at.tzinfo is UTC
    assert found.starts_at.microsecond == moment.microsecond


def test_moments_are_compared_in_the_database_as_moments(
    database: Database, make_event: MakeEvent
) -> None:
    tokyo, rome = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Rome")
    later = make_event(starts_at=datetime(2026, 11, 20, 9, tzinfo=rome))
    earlier = make_event(starts_at=datetime(2026, 11, 20, 16, tzinfo=tokyo))
    with database.reading() as session:
        assert [e.id for e in events.list_events(session)] == [later.id, earlier.id]


def test_a_moment_without_a_zone_is_refused(database: Database, event: Event) -> None:
    naive = replace(event, slug="naive", starts_at=datetime(2026, 11, 20, 18, 0))
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        events.add_event(session, naive, now=event.starts_at)
