"""Counting guesses per target, in transactions of their own so that refusals don't undo them."""

from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from matchmaker.people.refusals import TooManyTries
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import AttemptRow

WINDOW: Final = timedelta(minutes=10)
_LONGEST_TARGET: Final = 120

# Counts only grow within a window: a flood of one who is shut out need not reach the database.
_SEEN: Final[WeakKeyDictionary[Database, dict[str, tuple[datetime, int]]]] = WeakKeyDictionary()
_MOST_SEEN: Final = 10_000


def count_attempt(
    database: Database, target: str, *, most: int | None = None, now: datetime
) -> None:
    """Count one try at ``target``.

    Raises
    ------
    TooManyTries
        If there were more than ``most`` tries in this window of ten minutes.
    """
    start = _window_start(now)
    with database.writing() as session:
        count = _add_one(session, target[:_LONGEST_TARGET], start)
        session.execute(delete(AttemptRow).where(AttemptRow.window_start < start - WINDOW))
    if most is not None and count > most:
        raise _too_many(now)


def check_attempts(database: Database, target: str, *, most: int, now: datetime) -> None:
    """Turn away who has tried ``most`` times already; this looks only, and counts nothing.

    Raises
    ------
    TooManyTries
        If there is no try left in this window of ten minutes.
    """
    start, seen = _window_start(now), _SEEN.setdefault(database, {})
    window, count = seen.get(target, (start, 0))
    if window != start or count < most:
        count = count_recent(database, target, now=now)
    if count >= most:
        if len(seen) >= _MOST_SEEN:
            seen.clear()
        seen[target] = start, count
        raise _too_many(now)


def count_recent(database: Database, target: str, *, now: datetime) -> int:
    """Return how many tries at ``target`` were counted in this window of ten minutes."""
    with database.reading() as session:
        return (
            session.scalar(
                select(AttemptRow.count).where(
                    AttemptRow.target == target[:_LONGEST_TARGET],
                    AttemptRow.window_start == _window_start(now),
                )
            )
            or 0
        )


def _too_many(now: datetime) -> TooManyTries:
    left = _window_start(now) + WINDOW - now
    return TooManyTries(retry_after=int(left.total_seconds()) + 1)


def _window_start(now: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


def _add_one(session: Session, target: str, start: datetime) -> int:
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    statement = (
        insert(AttemptRow)
        .values(target=target, window_start=start, count=1)
        .on_conflict_do_update(
            index_elements=["target", "window_start"], set_={"count": AttemptRow.count + 1}
        )
        .returning(AttemptRow.count)
    )
    return int(session.scalars(statement).one())
