"""Who blocks somebody never meets them through us, from that moment on."""

from datetime import datetime

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.evenings import Evening
from fixtures.introductions import Answer, Block, Exchange, Introduce
from fixtures.venue import Suggest

from matchmaker import safety
from matchmaker.people.introduction import State
from matchmaker.people.refusals import NotFound
from matchmaker.storage import introductions
from matchmaker.storage.connect import Database
from matchmaker.suggestions import acting


def test_they_leave_each_others_lists_at_once_also_where_they_were_seen(
    evening: Evening, cast: Cast, block: Block
) -> None:
    evening.plan()
    assert evening.look(cast.ada) == ["Bo"]
    assert evening.look(cast.bo)[0] in {"Ada", "Cy"}
    block(cast.ada, cast.bo)
    assert "Bo" not in evening.names(cast.ada)
    assert "Ada" not in evening.names(cast.bo)


@pytest.mark.parametrize("blocker", ["ada", "bo"])
def test_no_later_plan_brings_them_together(
    evening: Evening, cast: Cast, block: Block, blocker: str
) -> None:
    pair = (cast.ada, cast.bo) if blocker == "ada" else (cast.bo, cast.ada)
    block(*pair)
    evening.plan()
    assert "Bo" not in evening.names(cast.ada)
    assert "Ada" not in evening.names(cast.bo)
    # The others still find each other.
    assert "Bo" in evening.names(cast.cy)


def test_nor_does_a_plan_that_was_drafted_before(
    evening: Evening, cast: Cast, block: Block
) -> None:
    drafted = evening.draft()
    block(cast.ada, cast.bo)
    evening.store(drafted)
    assert "Bo" not in evening.names(cast.ada)
    assert "Ada" not in evening.names(cast.bo)


def test_nor_the_first_list_of_a_newcomer(
    evening: Evening, cast: Cast, make_attendee: MakeAttendee, block: Block
) -> None:
    late = make_attendee("Late", offer=cast.ada.offer, need=cast.ada.need)
    block(cast.bo, late)
    evening.greet(late)
    assert "Bo" not in evening.names(late)


def test_nothing_can_be_done_with_a_suggestion_that_is_gone(
    evening: Evening, cast: Cast, suggest: Suggest, block: Block
) -> None:
    suggest(cast.ada, cast.bo)
    block(cast.bo, cast.ada)
    with pytest.raises(NotFound):
        evening.do(acting.mark_met, cast.ada, cast.bo.public_id)


def test_who_ends_the_block_may_be_suggested_again(
    evening: Evening, cast: Cast, database: Database, block: Block, now: datetime
) -> None:
    block(cast.ada, cast.bo)
    evening.plan()
    with database.writing() as session:
        safety.unblock(session, cast.ada.person, cast.bo.person.public_id, now=now)
    evening.plan()
    assert "Bo" in evening.names(cast.ada)


def test_the_blocked_cannot_end_it(
    evening: Evening, cast: Cast, database: Database, block: Block, now: datetime
) -> None:
    block(cast.ada, cast.bo)
    with database.writing() as session, pytest.raises(NotFound):
        safety.unblock(session, cast.bo.person, cast.ada.person.public_id, now=now)


def test_nobody_blocks_themselves(database: Database, cast: Cast, now: datetime) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        safety.block(session, cast.ada.person, cast.ada.person.id, now=now)


def state_of(database: Database, introduction: str, now: datetime) -> State:
    with database.reading() as session:
        found = introductions.find_introduction(session, introduction)
    assert found is not None
    return found.state(now)


def test_an_introduction_that_waits_is_never_made_after_a_block(
    database: Database,
    cast: Cast,
    exchange: Exchange,
    introduce: Introduce,
    say: Answer,
    block: Block,
    now: datetime,
) -> None:
    for other in (cast.ada, cast.bo):
        exchange(cast.cy, other)
    waits = introduce(cast.cy, cast.ada, cast.bo)
    say(cast.ada, waits, yes=True)
    block(cast.ada, cast.bo)
    with pytest.raises(NotFound):
        say(cast.bo, waits, yes=True)
    assert state_of(database, waits, now) is State.ASKED


def test_who_blocks_takes_back_what_they_proposed(
    database: Database,
    cast: Cast,
    exchange: Exchange,
    introduce: Introduce,
    block: Block,
    now: datetime,
) -> None:
    for other in (cast.ada, cast.bo):
        exchange(cast.cy, other)
    waits = introduce(cast.cy, cast.ada, cast.bo)
    block(cast.cy, cast.bo)
    assert state_of(database, waits, now) is State.WITHDRAWN
