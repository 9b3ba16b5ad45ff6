"""Alembic's door: runs the steps on the database that ``storage.migrate`` hands over."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from matchmaker.storage.connect import Database
from matchmaker.storage.tables import Base
from matchmaker.storage.tables.base import UtcMoment


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    # A migration must keep meaning the same when our own types change later.
    if kind == "type" and isinstance(item, UtcMoment):
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection, *, is_sqlite: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        render_item=_render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate(database: Database) -> None:
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            _run(connection, is_sqlite=False)
            connection.commit()
            return
        # A batch step copies tables; with foreign keys on, dropping the old copy would delete
        # every row that hangs on it. The switch only works outside a transaction.
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise RuntimeError("the connection was closed")
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run(connection, is_sqlite=True)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"{len(broken)} rows would point to nothing")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


_migrate(context.config.attributes["database"])
