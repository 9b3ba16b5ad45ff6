"""Counting guesses per target, in transactions of their own so that refusals don't undo them."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from matchmaker.people.refusals import TooManyTries
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import AttemptRow

WINDOW: Final = timedelta(minutes=10)


def count_attempt(database: Database, target: str, *, most: int, now: datetime) -> None:
    """Count one try at ``target``.

    Raises
    ------
    TooManyTries
        If there were more than ``most`` tries in this window of ten minutes.
    """
    seconds = int(WINDOW.total_seconds())
    start = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
    with database.writing() as session:
        count = _add_one(session, target[:120], start)
        session.execute(delete(AttemptRow).where(AttemptRow.window_start < start - WINDOW))
    if count > most:
        raise TooManyTries(retry_after=int((start + WINDOW - now).total_seconds()) + 1)


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
