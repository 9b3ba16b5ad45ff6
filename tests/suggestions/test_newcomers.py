"""Who has just joined gets a first list at once, and a place on the lists of others soon."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.evenings import Evening

from matchmaker import registration
from matchmaker.people.attendee import Attendee
from matchmaker.registration import JoinForm
from matchmaker.suggestions.newcomer import FIRST_PLACES

Join = Callable[..., Attendee]


@pytest.fixture
def join(evening: Evening) -> Join:
    """Joins the event by the form."""

    def send(name: str, *, offer: str, need: str, client_key: str = "") -> Attendee:
        form = JoinForm(offer=offer, need=need, name=name, client_key=client_key)
        with evening.database.writing() as session:
            return registration.register(session, evening.event, form, now=evening.now)

    return send


SEEKING = {"offer": "Violin lessons", "need": "A carpenter who repairs old windows"}


def test_a_newcomer_gets_people_at_once_and_they_are_provisional(
    evening: Evening, cast: Cast, join: Join
) -> None:
    evening.plan()
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    [first] = evening.peek(eve).open
    assert first.about.name == "Bo"
    assert first.pairing.provisional
    assert first.get.offer.marks


def test_a_first_list_leaves_places_for_the_plan(
    evening: Evening, make_carpenter: MakeAttendee, join: Join
) -> None:
    for number in range(9):
        make_carpenter(f"Bo {number}")
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    first = evening.look(eve)
    assert len(first) == FIRST_PLACES
    evening.plan()
    assert evening.look(eve)[:FIRST_PLACES] == first
    assert len(evening.look(eve)) == 5


def test_the_next_plan_makes_a_first_list_certain(evening: Evening, cast: Cast, join: Join) -> None:
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    evening.look(eve)
    evening.plan()
    [certain] = evening.peek(eve).open
    assert certain.about.name == "Bo"
    assert not certain.pairing.provisional


def test_a_newcomer_appears_in_free_places_of_others(
    evening: Evening, cast: Cast, join: Join
) -> None:
    evening.plan()
    before = evening.look(cast.bo)
    evening.now += timedelta(minutes=1)
    evening.greet(join("Eve", **SEEKING))
    evening.plan()
    assert evening.look(cast.bo) == [*before, "Eve"]


def test_a_first_list_passes_over_people_whom_enough_lists_hold(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee, join: Join
) -> None:
    ada = make_seeker("Ada")
    make_carpenter("asked enough", wish=1)
    evening.plan()
    evening.look(ada)
    make_carpenter("free")
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    assert evening.names(eve) == ["free"]


def test_a_list_that_was_not_seen_lets_somebody_go_to_whom_they_fit_better(
    evening: Evening, make_attendee: MakeAttendee, make_carpenter: MakeAttendee, join: Join
) -> None:
    ada = make_attendee("Ada", offer="Tax returns", need="Somebody who repairs windows")
    make_carpenter("Bo", wish=1)
    evening.plan()
    assert [s.about.name for s in evening.peek(ada).open] == ["Bo"]
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    assert evening.names(eve) == ["Bo"]
    assert evening.names(ada) == []


def test_somebody_stays_where_they_fit_better(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee, join: Join
) -> None:
    ada = make_seeker("Ada")
    make_carpenter("Bo", wish=1)
    evening.plan()
    eve = join("Eve", offer="Tax returns", need="Somebody who repairs windows")
    evening.greet(eve)
    assert evening.names(eve) == []
    assert evening.names(ada) == ["Bo"]


def test_a_first_list_shows_only_those_who_can_be_met(
    evening: Evening, make_carpenter: MakeAttendee, join: Join, cast: Cast
) -> None:
    make_carpenter("coming", here_since=None)
    make_carpenter("left", left_at=evening.now)
    make_carpenter("hidden", hidden_at=evening.now)
    make_carpenter("imported", confirmed_at=None)
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    assert evening.names(eve) == ["Bo"]


def test_who_sends_the_form_twice_joined_once_and_keeps_their_list(
    evening: Evening, cast: Cast, join: Join
) -> None:
    eve = join("Eve", **SEEKING, client_key="form-1")
    evening.greet(eve)
    again = join("Eve", **SEEKING, client_key="form-1")
    evening.greet(again)
    assert again.id == eve.id
    assert evening.names(eve) == ["Bo"]


def test_a_plan_that_was_quicker_stands(evening: Evening, cast: Cast, join: Join) -> None:
    eve = join("Eve", **SEEKING)
    evening.plan()
    planned = evening.peek(eve)
    evening.greet(eve)
    assert evening.peek(eve) == planned


def test_the_first_at_an_event_finds_nobody_yet(evening: Evening, join: Join) -> None:
    eve = join("Eve", **SEEKING)
    evening.greet(eve)
    assert evening.names(eve) == []
