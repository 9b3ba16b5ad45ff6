"""From an empty database to this version's tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fixtures.attendees import NOW, MakeAttendee
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from matchmaker.people.ids import PersonId
from matchmaker.storage import card_codes
from matchmaker.storage.connect import Database
from matchmaker.storage.migrate import NewerDatabase, current_step, migrate, newest_step
from matchmaker.storage.tables import AttendeeRow, Base


def test_an_empty_database_gets_every_table(bare_database: Database) -> None:
    assert current_step(bare_database) is None
    migrate(bare_database)
    assert current_step(bare_database) == newest_step() is not None
    found = set(inspect(bare_database.engine).get_table_names())
    assert found == {*Base.metadata.tables, "alembic_version"}


def test_the_migrated_tables_are_those_the_program_describes(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_constraints_are_those_the_program_describes(database: Database) -> None:
    """Alembic's comparison looks neither at primary keys nor at what a deletion does."""
    inspector = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        key = inspector.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key], table.name
        found = {
            (
                tuple(link["constrained_columns"]),
                link["referred_table"],
                link["options"]["ondelete"],
            )
            for link in inspector.get_foreign_keys(table.name)
        }
        described = {
            (tuple(link.column_keys), link.referred_table.name, link.ondelete)
            for link in table.foreign_key_constraints
        }
        assert found == described, table.name


def test_migrating_again_changes_nothing(database: Database, make_attendee: MakeAttendee) -> None:
    make_attendee(offer="Bread", need="Flour")
    migrate(database)
    migrate(database)
    assert current_step(database) == newest_step()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AttendeeRow)) == 1


def test_foreign_keys_hold_on_the_connection_that_migrated(bare_database: Database) -> None:
    migrate(bare_database)
    with pytest.raises(IntegrityError), bare_database.writing() as session:
        card_codes.add_code(session, PersonId(404), "X" * 16, kind="screen", now=NOW)


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        migrate(database)
    assert current_step(database) == "9999"
