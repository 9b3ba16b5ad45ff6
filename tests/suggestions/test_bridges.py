"""Bridges: who can introduce to what one looks for, and who is close to it where nothing is."""

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker.affinity.profile import Recommendation
from matchmaker.people.attendee import Attendee
from matchmaker.people.bands import SOME_FROM
from matchmaker.people.ids import AttendeeId
from matchmaker.people.suggestion import Bridge
from matchmaker.suggestions.bridges import NEAR_FROM, find_near

BEES = "Somebody who keeps bees and shows me how to start with a first hive"
KNOWS_BEES = "An old friend who keeps bees and shows everybody how to start with a hive"


@pytest.fixture
def seeker(make_attendee: MakeAttendee) -> Attendee:
    """Looks for a beekeeper, of whom there is none."""
    return make_attendee("Ada", offer="Tax returns of freelancers", need=BEES)


def bridge_to(evening: Evening, me: Attendee, about: Attendee) -> Bridge:
    return evening.suggestion(me, about).pairing.bridge


def test_who_can_introduce_to_what_one_looks_for_is_suggested_as_that(
    evening: Evening, seeker: Attendee, make_attendee: MakeAttendee
) -> None:
    friend = make_attendee("Bo", offer="Chess", need="Chess", can_introduce=KNOWS_BEES)
    evening.plan()
    assert bridge_to(evening, seeker, friend) is Bridge.INTRODUCES


def test_an_answer_of_ones_own_needs_no_bridge(
    evening: Evening, seeker: Attendee, make_attendee: MakeAttendee
) -> None:
    keeper = make_attendee(
        "Bo",
        offer="I keep bees and show how to start with a first hive",
        need="Somebody for the tax returns of a freelancer",
        can_introduce=KNOWS_BEES,
    )
    make_attendee("Cy", offer="Chess", need="Chess", can_introduce=KNOWS_BEES)
    evening.plan()
    assert bridge_to(evening, seeker, keeper) is Bridge.NONE
    assert "Cy" not in evening.names(seeker)


def test_the_other_side_of_a_bridge_is_not_labelled(
    evening: Evening, seeker: Attendee, make_attendee: MakeAttendee
) -> None:
    friend = make_attendee(
        "Bo", offer="Chess", need="Somebody for my tax returns", can_introduce=KNOWS_BEES
    )
    evening.plan()
    assert bridge_to(evening, friend, seeker) is Bridge.NONE
    assert bridge_to(evening, seeker, friend) is Bridge.INTRODUCES


def test_colleagues_and_people_set_aside_build_no_bridge(
    evening: Evening, make_attendee: MakeAttendee
) -> None:
    ada = make_attendee("Ada", offer="Tax returns", need=BEES, organization="Acme")
    make_attendee(
        "Colleague", offer="Chess", need="Chess", can_introduce=KNOWS_BEES, organization=" ACME "
    )
    evening.plan()
    assert evening.names(ada) == []


def test_a_changed_text_takes_the_bridge_away(
    evening: Evening, seeker: Attendee, make_attendee: MakeAttendee
) -> None:
    friend = make_attendee("Bo", offer="Chess", need="Chess", can_introduce=KNOWS_BEES)
    evening.plan()
    evening.change(friend, can_introduce="")
    evening.plan()
    assert evening.names(seeker) == []


def recommendation(about: int, *, get: float, useful: float = 1.0) -> Recommendation:
    return Recommendation(about=AttendeeId(about), score=get / 10, give=0.0, get=get, useful=useful)


def test_the_closest_is_found_where_nothing_better_is() -> None:
    found = find_near([recommendation(1, get=0.12), recommendation(2, get=0.17)])
    assert found is not None
    assert found.about == 2


def test_neither_strangers_nor_lookalikes_nor_matches_count_as_close() -> None:
    assert find_near([]) is None
    assert find_near([recommendation(1, get=NEAR_FROM - 0.01)]) is None
    assert find_near([recommendation(1, get=0.15, useful=0.2)]) is None
    assert find_near([recommendation(1, get=SOME_FROM)]) is None


def test_a_list_with_an_answer_holds_nobody_who_is_merely_close(
    evening: Evening, make_attendee: MakeAttendee
) -> None:
    ada = make_attendee("Ada", offer="Tax returns", need="A carpenter for old wooden windows")
    make_attendee("Near", offer="Curtains and blinds for windows", need="A dentist")
    make_attendee("Best", offer="I am a carpenter for old wooden windows", need="Tax returns")
    evening.plan()
    found = evening.peek(ada).open
    assert found[0].about.name == "Best"
    assert all(s.pairing.bridge is not Bridge.NEAR for s in found)
