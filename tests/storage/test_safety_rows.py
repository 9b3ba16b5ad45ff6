"""Blocks hold both ways, are seen by one only, and are known for a whole event at once."""

from datetime import datetime

from fixtures.attendees import Cast

from matchmaker.storage import safety
from matchmaker.storage.connect import Database


def test_a_block_holds_both_ways(database: Database, cast: Cast, now: datetime) -> None:
    ada, bo, cy = (who.person.id for who in (cast.ada, cast.bo, cast.cy))
    with database.writing() as session:
        for _twice in range(2):
            safety.add_block(session, bo, ada, at=now)
    with database.reading() as session:
        assert safety.is_blocked(session, ada, bo)
        assert safety.is_blocked(session, bo, ada)
        assert not safety.is_blocked(session, ada, cy)
        assert safety.list_blocked_with(session, ada) == {bo}
        assert safety.list_blocked_with(session, bo) == {ada}
        assert safety.list_blocked_pairs(session, cast.event.id) == {(ada, bo)}
        assert safety.list_blocked_pairs(session, cast.other_event.id) == set()
        assert [one.name for one in safety.list_blocks_of(session, bo)] == ["Ada"]
        assert safety.list_blocks_of(session, ada) == []


def test_each_ends_only_their_own_block(database: Database, cast: Cast, now: datetime) -> None:
    ada, bo = cast.ada.person.id, cast.bo.person.id
    with database.writing() as session:
        safety.add_block(session, ada, bo, at=now)
        safety.add_block(session, bo, ada, at=now)
        safety.remove_block(session, ada, bo)
        assert safety.is_blocked(session, ada, bo)
        safety.remove_block(session, bo, ada)
        assert not safety.is_blocked(session, ada, bo)


def test_nobody_blocks_by_being_themselves(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        assert not safety.is_blocked(session, cast.ada.person.id, cast.ada.person.id)
