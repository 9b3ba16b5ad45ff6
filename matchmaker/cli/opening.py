"""Opening the database for a command, brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from matchmaker.cli.console import fail
from matchmaker.settings import Settings
from matchmaker.storage.connect import Database
from matchmaker.storage.migrate import current_step, migrate, newest_step


@contextmanager
def open_database(settings: Settings, *, make_tables: bool = False) -> Iterator[Database]:
    """Yield the database; ends with one sentence where it can't be reached or lacks tables."""
    database = Database(settings.database_url)
    try:
        if make_tables:
            migrate(database)
        elif current_step(database) != newest_step():
            fail("the database has no tables of this version yet: run `matchmaker init-db` first")
        yield database
    except OperationalError as error:
        fail(f"the database cannot be reached: {str(error.orig).strip().splitlines()[0]}")
    finally:
        database.close()
