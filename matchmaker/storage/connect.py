"""Opening the database, and the two kinds of transaction that everything happens in."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError as DatabaseFault
from sqlalchemy.orm import Session

try:
    from pysqlite3 import dbapi2 as _bundled
except ImportError:
    _bundled = None

__all__ = ["SAFE_SQLITE", "SQLITE", "Database", "DatabaseFault", "Session", "sqlite_version"]

SQLITE: Final[ModuleType] = _bundled or sqlite3
"""The one SQLite library of this process (two in one process drop each other's file locks)."""

SAFE_SQLITE: Final = (3, 51, 3)
"""First release without the WAL-reset bug that can corrupt a database with several writers."""

MOST_CONNECTIONS: Final = 16
_BUSY_MILLISECONDS: Final = 15_000


def sqlite_version() -> tuple[int, ...]:
    """Return the version of the SQLite library in use."""
    return tuple(int(part) for part in SQLITE.sqlite_version.split("."))


class Database:
    """One database, with reading transactions that cannot write and writing ones that can.

    On SQLite a write begins with ``BEGIN IMMEDIATE`` behind a lock of this process: plain
    ``BEGIN`` fails under contention whatever the busy time-out is.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _make_engine(url, self.is_sqlite)
        self._writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session in a transaction that the database itself keeps from writing."""
        engine = self.engine.execution_options(writes=False, postgresql_readonly=True)
        with Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session in one write transaction: committed at the end, undone on any error."""
        engine = self.engine.execution_options(writes=True)
        with self._turn(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def _turn(self) -> AbstractContextManager[Any]:
        return self._writer if self.is_sqlite else nullcontext()


def _make_engine(url: str, is_sqlite: bool) -> Engine:
    if not is_sqlite:
        return create_engine(
            url,
            pool_size=8,
            max_overflow=MOST_CONNECTIONS - 8,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    engine = create_engine(
        url,
        module=SQLITE,
        # What people typed must not reach a log by way of an error message.
        hide_parameters=True,
        pool_size=8,
        max_overflow=MOST_CONNECTIONS - 8,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: we choose how each one begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
