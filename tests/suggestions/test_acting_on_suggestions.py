"""What people do with a suggestion: would like to meet, met, not for me; and undo."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.evenings import Evening, Story

from matchmaker.invitations import sending
from matchmaker.people.attendee import LIST_SIZE
from matchmaker.people.refusals import NotFound
from matchmaker.people.suggestion import Standing
from matchmaker.storage import events, invitations, jobs
from matchmaker.suggestions import acting

ACTS: list[Story] = [
    acting.mark_met,
    acting.undo_met,
    acting.dismiss,
    acting.undo_dismiss,
]


def test_when_both_want_it_both_see_it_first(
    evening: Evening, cast: Cast, make_carpenter: MakeAttendee, make_seeker: MakeAttendee
) -> None:
    make_carpenter("a carpenter")
    make_seeker("a seeker")
    evening.plan()
    for one, other in ((cast.ada, cast.bo), (cast.bo, cast.ada)):
        assert set(evening.look(one)) > {other.name}
        evening.do(sending.send, one, other.public_id, "I can help")
    evening.plan()
    for one, other in ((cast.ada, cast.bo), (cast.bo, cast.ada)):
        assert evening.names(one)[0] == other.name
        assert evening.suggestion(one, other).both_want


def test_who_is_wanted_gets_the_other_on_their_list_as_soon_as_a_place_is_free(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_attendee: MakeAttendee,
    make_carpenter: MakeAttendee,
) -> None:
    """Help that goes one way only still reaches the one who can give it."""
    carpenter = make_carpenter("Bo", need="", wish=20)
    seekers = [make_seeker(f"Ada {number}", offer="") for number in range(LIST_SIZE + 1)]
    evening.plan()
    full = evening.look(carpenter)
    assert len(full) == LIST_SIZE
    [waiting] = [seeker for seeker in seekers if seeker.name not in full]
    assert evening.look(waiting) == ["Bo"]
    evening.do(sending.send, waiting, carpenter.public_id, "I can help")
    evening.plan()
    assert evening.look(carpenter) == full
    evening.do(acting.mark_met, carpenter, next(s for s in seekers if s.name == full[0]).public_id)
    evening.plan()
    assert evening.names(carpenter) == [*full[1:], waiting.name]
    asking = evening.suggestion(carpenter, waiting)
    assert asking.wants_me
    assert not asking.both_want


def test_nobody_else_learns_who_wants_whom(evening: Evening, cast: Cast) -> None:
    evening.plan()
    evening.do(sending.send, cast.ada, cast.bo.public_id, "I can help")
    evening.plan()
    assert not any(s.wants_me for s in evening.peek(cast.cy).open)
    assert evening.suggestion(cast.bo, cast.ada).wants_me
    evening.do(sending.withdraw, cast.ada, cast.bo.public_id)
    assert not evening.suggestion(cast.bo, cast.ada).wants_me
    assert evening.suggestion(cast.ada, cast.bo).standing is Standing.OPEN


def test_who_was_set_aside_never_returns(evening: Evening, cast: Cast) -> None:
    evening.plan()
    assert evening.look(cast.ada) == ["Bo"]
    evening.do(acting.dismiss, cast.ada, cast.bo.public_id)
    for _plan in range(3):
        evening.plan()
        assert evening.names(cast.ada) == []
    assert [s.about.name for s in evening.peek(cast.ada).dismissed] == ["Bo"]


def test_who_was_set_aside_is_not_told(evening: Evening, cast: Cast) -> None:
    evening.plan()
    before = evening.look(cast.bo)
    evening.do(sending.send, cast.ada, cast.bo.public_id, "I can help")
    evening.do(acting.dismiss, cast.ada, cast.bo.public_id)
    evening.plan()
    assert evening.look(cast.bo) == before
    assert not evening.suggestion(cast.bo, cast.ada).wants_me


def test_setting_aside_and_meeting_can_be_undone(evening: Evening, cast: Cast) -> None:
    evening.plan()
    evening.look(cast.ada)
    for act, undo in ((acting.dismiss, acting.undo_dismiss), (acting.mark_met, acting.undo_met)):
        evening.do(act, cast.ada, cast.bo.public_id)
        evening.plan()
        assert evening.names(cast.ada) == []
        evening.do(undo, cast.ada, cast.bo.public_id)
        evening.plan()
        assert evening.names(cast.ada) == ["Bo"]


@pytest.mark.parametrize("act", ACTS)
def test_only_who_stands_on_ones_list_can_be_acted_on(
    evening: Evening, cast: Cast, act: Story
) -> None:
    evening.plan()
    for about in (cast.cy, cast.dee, cast.ada):
        with pytest.raises(NotFound):
            evening.do(act, cast.ada, about.public_id)
    with pytest.raises(NotFound):
        evening.do(act, cast.ada, "no such id")
    with evening.database.reading() as session:
        assert invitations.list_invitations(session, cast.event.id) == []


@pytest.mark.parametrize("act", [acting.mark_met, acting.dismiss])
def test_acting_leaves_work_for_a_new_plan(evening: Evening, cast: Cast, act: Story) -> None:
    evening.plan()
    with evening.database.reading() as session:
        before = events.get_event(session, cast.event.id).revision
    evening.do(act, cast.ada, cast.bo.public_id)
    with evening.database.writing() as session:
        assert events.get_event(session, cast.event.id).revision > before
        job = jobs.lease_job(session, now=evening.now)
    assert job is not None
    assert (job.kind, job.event_id) == (jobs.PLAN, cast.event.id)


def test_an_impatient_thumb_wants_somebody_once(evening: Evening, cast: Cast) -> None:
    evening.plan()
    with ThreadPoolExecutor(8) as pool:
        tapped = pool.map(
            lambda _: evening.do(sending.send, cast.ada, cast.bo.public_id, "I can help"), range(16)
        )
        assert list(tapped) == [None] * 16
    with evening.database.reading() as session:
        [sent] = invitations.list_invitations(session, cast.event.id)
    assert (sent.sender, sent.receiver) == (cast.ada.id, cast.bo.id)


def test_people_act_while_plans_are_stored(evening: Evening, cast: Cast) -> None:
    """Neither may fail: on PostgreSQL they would, if each waited for a row the other holds."""
    evening.plan()
    for one in (cast.ada, cast.bo, cast.cy):
        evening.look(one)

    def plan_again(turn: int) -> None:
        # A changed text makes the plan store every place of theirs anew.
        evening.change(cast.bo, offer=f"Carpenter: I repair {turn} old windows")
        evening.plan()

    def act(_turn: int) -> None:
        for step in (acting.mark_met, acting.undo_met):
            evening.do(step, cast.ada, cast.bo.public_id)
            evening.do(step, cast.cy, cast.bo.public_id)

    with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(2) as phones:
        planned = worker.map(plan_again, range(20))
        acted = phones.map(act, range(20))
        assert len([*planned, *acted]) == 40
    evening.plan()
    assert evening.names(cast.ada) == ["Bo"]
