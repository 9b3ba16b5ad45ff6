"""Who is suggested to whom: those who help each other and can be met now."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.evenings import Evening

from matchmaker import registration
from matchmaker.people.attendee import LIST_SIZE
from matchmaker.people.event import Phase
from matchmaker.storage import events


def test_those_who_complement_each_other_are_suggested_both_ways(
    evening: Evening, cast: Cast
) -> None:
    evening.plan()
    assert evening.names(cast.ada) == ["Bo"]
    assert evening.names(cast.cy) == ["Bo"]
    assert sorted(evening.names(cast.bo)) == ["Ada", "Cy"]
    with_bo = evening.suggestion(cast.ada, cast.bo)
    assert with_bo.pairing.is_mutual
    assert not with_bo.pairing.provisional


def test_nobody_of_another_event_is_suggested(evening: Evening, cast: Cast) -> None:
    evening.plan()
    everybody = (cast.ada, cast.bo, cast.cy)
    assert "Dee" not in {name for one in everybody for name in evening.names(one)}
    there = Evening(evening.database, cast.other_event, evening.now)
    there.plan()
    assert there.names(cast.dee) == []


def test_rather_nobody_than_somebody_who_does_not_fit(
    evening: Evening, make_attendee: MakeAttendee
) -> None:
    violinist = make_attendee("Vi", offer="Violin lessons", need="A dog sitter")
    baker = make_attendee("Bea", offer="Sourdough bread", need="A used bicycle")
    evening.plan()
    assert evening.names(violinist) == evening.names(baker) == []


def test_a_list_shows_the_best_first(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    make_curtain_maker: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada")
    for number in range(2):
        make_curtain_maker(f"partly {number}")
        make_carpenter(f"fully {number}")
    evening.plan()
    kinds = [name.split()[0] for name in evening.names(seeker)]
    assert kinds == ["fully", "fully", "partly", "partly"]


def test_a_list_is_short(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seekers = [make_seeker(f"Ada {number}") for number in range(10)]
    for number in range(10):
        make_carpenter(f"Bo {number}", wish=20)
    evening.plan()
    assert [len(evening.names(seeker)) for seeker in seekers] == [LIST_SIZE] * 10


def test_during_the_event_only_those_who_are_here_are_suggested(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker = make_seeker("Ada")
    make_carpenter("coming", here_since=None)
    make_carpenter("left", left_at=evening.now)
    make_carpenter("here")
    evening.plan()
    assert evening.names(seeker) == ["here"]


def test_before_the_event_everybody_who_is_coming_is_suggested(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker = make_seeker("Ada", here_since=None)
    make_carpenter("coming", here_since=None)
    make_carpenter("here early")
    evening.now = evening.event.starts_at - timedelta(days=1)
    assert evening.event.phase(evening.now) is Phase.BEFORE
    evening.plan()
    assert sorted(evening.names(seeker)) == ["coming", "here early"]
    evening.now = evening.event.starts_at
    assert evening.names(seeker) == ["here early"]


def test_who_leaves_is_gone_from_lists_at_once_and_who_comes_back_is_back(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo")
    evening.plan()
    assert evening.look(seeker) == ["Bo"]
    evening.do(registration.leave, carpenter)
    assert evening.names(seeker) == []
    evening.plan()
    evening.do(registration.arrive, carpenter)
    assert evening.names(seeker) == ["Bo"]


def test_who_arrives_gets_a_list_and_a_place_on_lists(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo", here_since=None)
    evening.plan()
    assert (evening.names(seeker), evening.names(carpenter)) == ([], [])
    evening.do(registration.arrive, carpenter)
    evening.plan()
    assert (evening.names(seeker), evening.names(carpenter)) == (["Bo"], ["Ada"])


def test_who_hides_neither_appears_nor_receives_at_once(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo")
    evening.plan()
    assert evening.look(seeker) == ["Bo"]
    evening.do(registration.hide, carpenter)
    for _before_and_after_the_next_plan in range(2):
        assert (evening.names(seeker), evening.names(carpenter)) == ([], [])
        evening.plan()
    evening.do(registration.unhide, carpenter)
    evening.plan()
    assert (evening.names(seeker), evening.names(carpenter)) == (["Bo"], ["Ada"])


@pytest.mark.parametrize("fact", [{"confirmed_at": None}, {"shadowed": True}], ids=str)
def test_who_never_agreed_neither_appears_nor_receives(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    fact: dict[str, object],
) -> None:
    seeker, imported = make_seeker("Ada"), make_carpenter("Bo", **fact)
    evening.plan()
    assert (evening.names(seeker), evening.names(imported)) == ([], [])


def test_people_of_one_organization_are_not_suggested_to_each_other(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker = make_seeker("Ada", organization="Kiln & Co.")
    make_carpenter("colleague", organization="kiln & co.")
    make_carpenter("stranger", organization="Claywerk")
    evening.plan()
    assert evening.names(seeker) == ["stranger"]


@pytest.mark.parametrize(("hers", "his", "met"), [(True, True, 1), (True, False, 0)])
def test_colleagues_are_suggested_if_both_allow_it(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    hers: bool,
    his: bool,
    met: int,
) -> None:
    seeker = make_seeker("Ada", organization="Kiln", meets_own_organization=hers)
    carpenter = make_carpenter("Bo", organization="Kiln", meets_own_organization=his)
    evening.plan()
    assert len(evening.names(seeker)) == len(evening.names(carpenter)) == met


def test_pairs_who_state_that_they_share_no_language_come_last_and_say_so(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_curtain_maker: MakeAttendee,
    make_carpenter: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada", speaks=("it",))
    foreign = make_carpenter("foreign", speaks=("vi", "he"))
    make_curtain_maker("shared", speaks=("it", "en"))
    make_curtain_maker("unstated")
    evening.plan()
    names = evening.names(seeker)
    assert names[-1] == "foreign"
    assert set(names) == {"foreign", "shared", "unstated"}
    assert not evening.suggestion(seeker, foreign).pairing.shares_language


def test_who_changes_what_they_need_gets_other_people(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_attendee: MakeAttendee,
    make_carpenter: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada", offer="")
    make_carpenter("Bo")
    make_attendee("Pat", offer="Patent filings", need="Marketing")
    evening.plan()
    assert evening.names(seeker) == ["Bo"]
    evening.change(seeker, need="Filing of a patent")
    evening.plan()
    assert evening.names(seeker) == ["Pat"]


def test_an_event_without_anybody_can_be_planned(evening: Evening) -> None:
    evening.plan()
    with evening.database.reading() as session:
        assert events.get_event(session, evening.event.id).plan_number == 1


def test_an_event_that_everybody_left_can_be_planned(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    both = make_seeker("Ada"), make_carpenter("Bo")
    evening.plan()
    for one in both:
        evening.do(registration.hide, one)
    evening.plan()
    evening.plan()
    assert [evening.names(one) for one in both] == [[], []]


def test_a_worker_that_starts_anew_leaves_the_lists_as_they_are(
    evening: Evening, cast: Cast, make_attendee: MakeAttendee
) -> None:
    everybody = [cast.ada, cast.bo, cast.cy]
    for number in range(12):
        more = make_attendee(f"more {number}", offer="Repair of windows", need=f"{number} lessons")
        everybody.append(more)
        evening.plan()
    before = [evening.names(one) for one in everybody]
    anew = replace(evening)
    assert anew.workers is not evening.workers
    anew.plan()
    assert [evening.names(one) for one in everybody] == before
