"""Rounds: everybody here gets a table in time, with the best of those they have not met."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker.people.attendee import Attendee
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.people.seating import Round, RoundState
from matchmaker.rounds import programme
from matchmaker.rounds.my_table import MyRounds
from matchmaker.storage import jobs, rounds, safety, suggestions

Plan = Callable[..., list[Round]]
Draw = Callable[[int], None]
Look = Callable[[Attendee], MyRounds]


def mates(found: MyRounds) -> list[str]:
    assert found.present is not None
    return [s.about.name for s in found.present.company]


def test_who_helps_each_other_sits_together_and_sees_why(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds()
    evening.now += timedelta(minutes=7)
    draw_up(1)
    for n, one in enumerate(crowd):
        assert mates(look(one)) == [crowd[n ^ 1].name]
    [told] = look(crowd[0]).present.company  # type: ignore[union-attr]
    assert told.give.need.marks
    assert told.phrase


def test_nobody_sits_with_the_same_person_twice(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds(count=3)
    seen: dict[str, list[str]] = {one.name: [] for one in crowd}
    for number in (1, 2, 3):
        evening.now += timedelta(minutes=8 if number == 1 else 11)
        draw_up(number)
        for one in crowd:
            seen[one.name] += mates(look(one))
    for one, others in seen.items():
        assert len(set(others)) == 3, (one, others)


def test_tables_stand_before_the_round_and_the_state_follows_the_clock(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds()
    me = crowd[0]

    def state() -> RoundState:
        found = look(me).present
        assert found is not None
        return found.state

    assert state() is RoundState.PLANNED
    assert look(me).to_come == 2
    evening.now += timedelta(minutes=8)
    draw_up(1)
    assert state() is RoundState.CALLED
    evening.now += timedelta(minutes=2)
    assert state() is RoundState.RUNNING
    evening.now += timedelta(minutes=8)
    draw_up(2)
    found = look(me)
    assert found.present is not None
    assert (found.present.round.number, found.present.state) == (2, RoundState.CALLED)
    evening.now += timedelta(minutes=30)
    assert look(me).present is None


def test_the_next_table_is_known_while_a_round_still_runs(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds(pause=1)
    evening.now += timedelta(minutes=9)
    draw_up(1)
    evening.now += timedelta(minutes=8)
    draw_up(2)
    found = look(crowd[0])
    assert found.present is not None
    assert found.following is not None
    assert found.present.state is RoundState.RUNNING
    assert found.following.table


def test_who_comes_late_sits_in_the_next_round_and_who_left_does_not(
    evening: Evening,
    crowd: list[Attendee],
    make_attendee: MakeAttendee,
    plan_rounds: Plan,
    draw_up: Draw,
    look: Look,
) -> None:
    plan_rounds()
    evening.now += timedelta(minutes=9)
    draw_up(1)
    late = make_attendee("Late", offer="Pottery", need="Bread baking")
    evening.change(crowd[0], left_at=evening.now)
    assert look(late).present.table is None  # type: ignore[union-attr]
    assert mates(look(crowd[1])) == []
    evening.now += timedelta(minutes=11)
    draw_up(2)
    assert mates(look(late))
    assert look(crowd[0]).present.table is None  # type: ignore[union-attr]
    assert all("P0" not in mates(look(one)) for one in [*crowd[1:], late])


def test_an_odd_room_has_one_table_of_three(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds()
    evening.change(crowd[5], hidden_at=evening.now)
    evening.now += timedelta(minutes=9)
    draw_up(1)
    assert sorted(len(mates(look(one))) for one in crowd[:5]) == [1, 1, 2, 2, 2]


def test_tables_of_three_seat_three(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds(table_size=3)
    evening.now += timedelta(minutes=9)
    draw_up(1)
    assert all(len(mates(look(one))) == 2 for one in crowd)


def test_blocked_people_and_those_set_aside_never_share_a_table(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    evening.plan()
    with evening.database.writing() as session:
        safety.add_block(session, crowd[0].person.id, crowd[1].person.id, at=evening.now)
        suggestions.set_dismissed(session, crowd[2].id, crowd[3].id, at=evening.now)
    plan_rounds()
    evening.now += timedelta(minutes=9)
    draw_up(1)
    assert mates(look(crowd[0])) != ["P1"]
    assert mates(look(crowd[2])) != ["P3"]


def test_drawing_up_again_changes_nothing(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds()
    evening.now += timedelta(minutes=9)
    draw_up(1)
    before = [look(one) for one in crowd]
    evening.change(crowd[0], hidden_at=evening.now)
    draw_up(1)
    assert [look(one) for one in crowd[2:]] == before[2:]


def test_a_round_called_off_has_no_tables_and_the_next_one_stands(
    evening: Evening, crowd: list[Attendee], plan_rounds: Plan, draw_up: Draw, look: Look
) -> None:
    plan_rounds()
    with evening.database.writing() as session:
        programme.cancel_round(session, evening.event, 1, now=evening.now)
    evening.now += timedelta(minutes=9)
    draw_up(1)
    found = look(crowd[0]).present
    assert found is not None
    assert (found.round.number, found.table) == (2, None)


@pytest.mark.parametrize(
    ("facts", "field", "problem"),
    [
        ({"count": 0}, "count", "out_of_range"),
        ({"count": 31}, "count", "out_of_range"),
        ({"minutes": 2}, "minutes", "out_of_range"),
        ({"pause": 0}, "pause", "out_of_range"),
        ({"table_size": 4}, "table_size", "out_of_range"),
        ({"count": 30, "minutes": 60}, "count", "after_the_end"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    plan_rounds: Plan, facts: dict[str, int], field: str, problem: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        plan_rounds(**facts)
    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_rounds_do_not_begin_in_the_past_nor_run_into_others(
    evening: Evening, plan_rounds: Plan
) -> None:
    with pytest.raises(InvalidField):
        plan_rounds(starts_at=evening.now - timedelta(minutes=1))
    plan_rounds()
    with pytest.raises(InvalidField) as refused:
        plan_rounds()
    assert refused.value.problem == "taken"
    with evening.database.reading() as session:
        assert len(rounds.list_rounds(session, evening.event.id)) == 2


def test_a_round_of_another_event_or_none_cannot_be_called_off(
    evening: Evening, plan_rounds: Plan, make_event: Callable[..., object]
) -> None:
    plan_rounds()
    other = make_event()
    for event, number in ((other, 1), (evening.event, 9)):
        with pytest.raises(NotFound), evening.database.writing() as session:
            programme.cancel_round(session, event, number, now=evening.now)  # type: ignore[arg-type]


def test_each_round_leaves_its_work_for_three_minutes_before(
    evening: Evening, plan_rounds: Plan
) -> None:
    plan_rounds(count=1)
    with evening.database.writing() as session:
        assert jobs.lease_job(session, now=evening.now + timedelta(minutes=6)) is None
    with evening.database.writing() as session:
        job = jobs.lease_job(session, now=evening.now + timedelta(minutes=7))
    assert job is not None
    assert (job.kind, job.payload) == (programme.SEAT, {"round": 1})
