"""A suggestion once seen keeps its place; wishes limit how many lists hold a person now."""

from collections import Counter
from datetime import timedelta

from fixtures.attendees import MakeAttendee
from fixtures.evenings import Evening

from matchmaker import card_exchange
from matchmaker.people.attendee import LIST_SIZE, Attendee
from matchmaker.suggestions import acting


def meet(evening: Evening, one: Attendee, other: Attendee) -> None:
    with evening.database.writing() as session:
        card_exchange.exchange(session, one.person, other.person, evening.event, now=evening.now)


def test_a_seen_suggestion_keeps_its_place_when_better_people_come(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    make_curtain_maker: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada")
    for number in range(LIST_SIZE):
        make_curtain_maker(f"partly {number}")
    evening.plan()
    seen = evening.look(seeker)
    assert len(seen) == LIST_SIZE
    for number in range(LIST_SIZE):
        make_carpenter(f"fully {number}")
    evening.plan()
    assert evening.look(seeker) == seen


def test_an_unseen_suggestion_makes_room_for_better_people(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    make_curtain_maker: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada")
    for number in range(LIST_SIZE):
        make_curtain_maker(f"partly {number}")
    evening.plan()
    assert len(evening.names(seeker)) == LIST_SIZE
    for number in range(LIST_SIZE):
        make_carpenter(f"fully {number}")
    evening.plan()
    assert any(name.startswith("fully") for name in evening.names(seeker))


def test_new_people_come_below_those_seen_before(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    make_curtain_maker: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada")
    make_curtain_maker("partly")
    evening.plan()
    assert evening.look(seeker) == ["partly"]
    evening.now += timedelta(minutes=1)
    make_carpenter("fully")
    evening.plan()
    assert evening.look(seeker) == ["partly", "fully"]


def test_a_place_is_free_again_after_each_meeting(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker = make_seeker("Ada")
    carpenters = {f"Bo {number}": make_carpenter(f"Bo {number}") for number in range(LIST_SIZE + 2)}
    evening.plan()
    first = evening.look(seeker)
    evening.do(acting.mark_met, seeker, carpenters[first[0]].public_id)
    meet(evening, carpenters[first[1]], seeker)
    assert evening.names(seeker) == first[2:]
    evening.plan()
    now = evening.look(seeker)
    assert now[:3] == first[2:]
    assert set(now[3:]) == carpenters.keys() - set(first)
    assert {s.about.name for s in evening.peek(seeker).met} == set(first[:2])


def test_who_exchanged_cards_is_not_suggested_any_more(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo")
    meet(evening, seeker, carpenter)
    evening.plan()
    assert (evening.names(seeker), evening.names(carpenter)) == ([], [])


def test_nobody_stands_on_more_lists_than_they_wish_to_meet_people(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seekers = [make_seeker(f"Ada {number}") for number in range(8)]
    for number in range(8):
        make_carpenter(f"Bo {number}", wish=2)
    evening.plan()
    lists = [evening.names(seeker) for seeker in seekers]
    holding = Counter(name for names in lists for name in names)
    assert set(holding.values()) == {2}
    assert all(lists)


def test_a_meeting_lets_the_next_list_hold_who_was_met(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_curtain_maker: MakeAttendee,
    make_carpenter: MakeAttendee,
) -> None:
    seekers = {name: make_seeker(name) for name in ("Ada", "Cy")}
    bo = make_carpenter("Bo", wish=1)
    make_curtain_maker("partly", wish=2)
    evening.plan()
    lists = {name: evening.look(seeker) for name, seeker in seekers.items()}
    [holder] = [name for name, names in lists.items() if "Bo" in names]
    [waiting] = seekers.keys() - {holder}
    evening.plan()
    assert "Bo" not in evening.look(seekers[waiting])
    meet(evening, seekers[holder], bo)
    evening.plan()
    assert "Bo" in evening.look(seekers[waiting])


def test_places_seen_while_a_plan_was_made_stay_and_lists_do_not_grow(
    evening: Evening,
    make_seeker: MakeAttendee,
    make_carpenter: MakeAttendee,
    make_curtain_maker: MakeAttendee,
) -> None:
    seeker = make_seeker("Ada")
    for number in range(LIST_SIZE):
        make_curtain_maker(f"partly {number}")
    evening.plan()
    for number in range(LIST_SIZE):
        make_carpenter(f"fully {number}")
    drafted = evening.draft()
    seen = evening.look(seeker)
    evening.store(drafted)
    assert evening.look(seeker) == seen


def test_who_was_set_aside_while_a_plan_was_made_stays_set_aside(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo")
    evening.plan()
    evening.look(seeker)
    drafted = evening.draft()
    evening.do(acting.dismiss, seeker, carpenter.public_id)
    evening.store(drafted)
    assert evening.names(seeker) == []


def test_storing_the_same_plan_twice_changes_nothing(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    """A worker that was killed after storing does the job again."""
    seeker = make_seeker("Ada")
    for number in range(3):
        make_carpenter(f"Bo {number}")
    drafted = evening.draft()
    evening.store(drafted)
    once = evening.peek(seeker)
    evening.store(drafted)
    assert evening.peek(seeker) == once


def test_an_edited_text_is_shown_at_once_and_its_reasons_with_the_next_plan(
    evening: Evening, make_seeker: MakeAttendee, make_carpenter: MakeAttendee
) -> None:
    seeker, carpenter = make_seeker("Ada"), make_carpenter("Bo")
    evening.plan()
    evening.look(seeker)
    before = evening.suggestion(seeker, carpenter)
    assert before.get.offer.marks
    assert before.phrase in (carpenter.offer, carpenter.need)
    evening.change(carpenter, offer="Repairs: old windows, by a carpenter")
    between = evening.suggestion(seeker, carpenter)
    assert between.get.offer.text == "Repairs: old windows, by a carpenter"
    assert between.get.offer.marks == ()
    evening.plan()
    after = evening.suggestion(seeker, carpenter)
    marked = [piece for piece, is_marked in after.get.offer.pieces() if is_marked]
    assert "old windows" in " ".join(marked)
    assert evening.names(seeker) == ["Bo"]
