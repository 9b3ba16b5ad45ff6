"""Circles: three whom no pair serves are brought together, and one who is not free is replaced."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker.people.attendee import Attendee
from matchmaker.people.circle import Circle, CircleAnswer
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees
from matchmaker.storage import circles as stored
from matchmaker.suggestions import circles as story
from matchmaker.suggestions.situation import read_situation

BREAD = "I bake sourdough bread and show how"
VIOLIN = "Violin lessons for beginners"
WINDOWS = "I repair old wooden windows"
Seek = Callable[[], list[Circle]]


@pytest.fixture
def ring(make_attendee: MakeAttendee) -> list[Attendee]:
    """Ada gives to Bo, Bo to Cy, Cy to Ada; no two can help each other."""
    return [
        make_attendee("Ada", offer=BREAD, need="Somebody who repairs old wooden windows"),
        make_attendee("Bo", offer=VIOLIN, need="To learn baking sourdough bread"),
        make_attendee("Cy", offer=WINDOWS, need="Violin lessons for a beginner"),
    ]


@pytest.fixture
def seek(evening: Evening) -> Seek:
    """Makes a plan, then seeks circles, as the worker does."""

    def run() -> list[Circle]:
        evening.plan()
        with evening.database.reading() as session:
            room = evening.workers.catch_up(session, evening.event)
            situation = read_situation(session, evening.event)
            known = stored.list_circles(session, evening.event.id)
            breaks = story.list_breaks(session, evening.event)
        drafted = story.draft_circles(
            room, evening.event, situation, known, breaks, now=evening.now
        )
        with evening.database.writing() as session:
            return story.store_circles(session, evening.event, drafted, now=evening.now)

    return run


def my_circle(evening: Evening, who: Attendee) -> story.MyCircle | None:
    with evening.database.reading() as session:
        me = attendees.get_attendee(session, evening.event.id, who.id)
        return story.find_my_circle(session, evening.event, me, now=evening.now)


def say(evening: Evening, who: Attendee, circle: Circle, answer: CircleAnswer) -> None:
    evening.do(story.answer_circle, who, circle.public_id, answer)


def test_three_whom_no_pair_serves_form_a_circle(
    evening: Evening, ring: list[Attendee], seek: Seek
) -> None:
    [circle] = seek()
    ada, bo, cy = (one.id for one in ring)
    at = circle.members.index(ada)
    assert [circle.members[(at + n) % 3] for n in range(3)] == [ada, bo, cy]
    assert circle.seats[at].gives["give"]["need"], "the words that matched are kept"
    found = my_circle(evening, ring[0])
    assert found is not None
    assert found.is_open


def test_it_meets_at_a_round_minute_that_leaves_time_to_come(
    evening: Evening, ring: list[Attendee], seek: Seek
) -> None:
    evening.now += timedelta(seconds=77)
    [circle] = seek()
    assert circle.starts_at - evening.now >= story.SOONEST
    assert circle.starts_at.minute % 5 == 0
    assert circle.starts_at.second == 0


def test_the_next_break_is_preferred(evening: Evening) -> None:
    breaks = [evening.now + timedelta(minutes=m) for m in (5, 90, 40)]
    found = story.find_next_meeting(evening.event, breaks, now=evening.now)
    assert found == breaks[2]


def test_nobody_is_in_two_open_circles(evening: Evening, ring: list[Attendee], seek: Seek) -> None:
    assert len(seek()) == 1
    assert seek() == []


def test_who_has_a_good_pair_is_left_alone(
    evening: Evening, ring: list[Attendee], make_attendee: MakeAttendee, seek: Seek
) -> None:
    make_attendee(
        "Dee", offer="I repair old wooden windows", need="To learn baking sourdough bread"
    )
    seek()
    assert my_circle(evening, ring[0]) is None


def test_if_one_is_not_free_the_circle_closes_and_another_is_sought(
    evening: Evening, ring: list[Attendee], make_attendee: MakeAttendee, seek: Seek
) -> None:
    [first] = seek()
    say(evening, ring[0], first, CircleAnswer.COMING)
    say(evening, ring[1], first, CircleAnswer.NOT_FREE)
    found = my_circle(evening, ring[0])
    assert found is not None
    assert not found.is_open
    eve = make_attendee("Eve", offer=VIOLIN, need="To learn baking sourdough bread")
    [second] = seek()
    assert set(second.members) == {ring[0].id, eve.id, ring[2].id}


def test_the_same_three_are_not_asked_twice(
    evening: Evening, ring: list[Attendee], seek: Seek
) -> None:
    [first] = seek()
    say(evening, ring[1], first, CircleAnswer.NOT_FREE)
    evening.now += timedelta(hours=1)
    assert seek() == []


def test_a_circle_stands_no_more_when_one_left_or_hid(
    evening: Evening, ring: list[Attendee], seek: Seek
) -> None:
    seek()
    evening.change(ring[2], hidden_at=evening.now)
    found = my_circle(evening, ring[0])
    assert found is not None
    assert not found.is_open


def test_only_the_three_may_answer(
    evening: Evening, ring: list[Attendee], make_attendee: MakeAttendee, seek: Seek
) -> None:
    [circle] = seek()
    stranger = make_attendee("Stranger", offer="Chess", need="Chess")
    with pytest.raises(NotFound):
        say(evening, stranger, circle, CircleAnswer.COMING)


def test_coming_may_be_taken_back(evening: Evening, ring: list[Attendee], seek: Seek) -> None:
    [circle] = seek()
    say(evening, ring[0], circle, CircleAnswer.COMING)
    say(evening, ring[0], circle, CircleAnswer.NONE)
    found = my_circle(evening, ring[0])
    assert found is not None
    seat = found.circle.seat_of(ring[0].id)
    assert seat is not None
    assert seat.answer is CircleAnswer.NONE


def test_before_the_event_no_circle_is_sought(
    evening: Evening, ring: list[Attendee], seek: Seek
) -> None:
    evening.now = evening.event.starts_at - timedelta(minutes=1)
    assert seek() == []
