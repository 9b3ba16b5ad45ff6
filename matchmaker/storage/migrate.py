"""Bringing the database's tables up to this version."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from matchmaker.storage.connect import Database

_SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"


class NewerDatabase(Exception):  # noqa: N818 - it names what is wrong with the database
    """The database was made by a newer version of this program."""


def migrate(database: Database) -> None:
    """Create or upgrade all tables; does nothing where they are up to date.

    Raises
    ------
    NewerDatabase
        If the database knows a step that this program does not.
    """
    config = alembic_config()
    current = current_step(database)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise NewerDatabase(current)
    config.attributes["database"] = database
    command.upgrade(config, "head")


def current_step(database: Database) -> str | None:
    """Return the migration step that the database stands at, or None for an empty one."""
    with database.engine.execution_options(writes=False).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_step() -> str | None:
    """Return the migration step that this program brings a database to."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def alembic_config() -> Config:
    """Return where Alembic finds our migrations."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config
