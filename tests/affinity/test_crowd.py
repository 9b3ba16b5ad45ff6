"""Large rooms: shortlists along few axes, the same rules and the same scores as in small ones."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.affinity import competition
from matchmaker.affinity import matcher as matcher_module
from matchmaker.affinity.benchmark import build_room
from matchmaker.affinity.e5 import text_hash
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile, Recommendation
from matchmaker.people.ids import AttendeeId

Lists = Mapping[AttendeeId, list[Recommendation]]
Barred = Mapping[AttendeeId, AbstractSet[AttendeeId]]

ROOM = build_room(400)
TEXTS = [text for one in ROOM.profiles for text in (one.offer, one.need)]


def list_both_ways(
    matcher: MutualMatcher,
    *,
    k: int,
    exclude: Barred | None = None,
    among: AbstractSet[AttendeeId] | None = None,
) -> tuple[Lists, Lists]:
    """Return the lists of the exact way and those of the way for large rooms."""
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for limit in (10**9, 0):
            patch.setattr(matcher_module, "FULL_WIDTH_UP_TO", limit)
            found.append(matcher.candidates(k=k, exclude=exclude, among=among))
    return found[0], found[1]


SAME = 2e-6


def assert_alike(exact: Lists, quick: Lists) -> None:
    """Check that all stand alike on both, but for the order of those who score the same."""
    assert quick.keys() == exact.keys()
    for id, listed in exact.items():
        scores = [one.score for one in quick[id]]
        assert scores == pytest.approx([one.score for one in listed], abs=SAME)
        found = {one.about: one for one in quick[id]}
        for theirs in listed:
            mine = found.get(theirs.about)
            if mine is None:
                assert theirs.score == pytest.approx(scores[-1], abs=SAME)
                continue
            assert (mine.one_way, mine.shares_language) == (theirs.one_way, theirs.shares_language)
            for name in ("score", "give", "get", "useful"):
                assert getattr(mine, name) == pytest.approx(getattr(theirs, name), abs=SAME)


texts = st.sampled_from(["", "", *TEXTS[:120]])
languages = st.frozensets(st.sampled_from(["en", "vi", "it", "he"]), max_size=2)


@st.composite
def rooms(draw: st.DrawFn) -> list[Profile]:
    count = draw(st.integers(1, 30))
    ids = draw(st.lists(st.integers(1, 10_000), min_size=count, max_size=count, unique=True))
    return [
        Profile(
            id=AttendeeId(id),
            offer=draw(texts),
            need=draw(texts),
            organization=draw(st.sampled_from(["", "", "North", "South"])),
            meets_own_organization=draw(st.booleans()),
            speaks=draw(languages),
            welcomes_newcomers=draw(st.booleans()),
        )
        for id in ids
    ]


@settings(max_examples=60, deadline=None)
@given(room=rooms(), encoded=st.sampled_from(["nobody", "some", "everybody"]), data=st.data())
def test_every_rule_holds_as_in_a_small_room(
    room: list[Profile], encoded: str, data: st.DataObject
) -> None:
    vectors = dict(ROOM.vectors)
    if encoded == "some":
        vectors = {text_hash(text): vectors[text_hash(text)] for text in TEXTS[:120:2]}
    matcher = MutualMatcher(encoder="auto").fit(
        room, vectors={} if encoded == "nobody" else vectors
    )
    ids = st.sampled_from([one.id for one in room])
    matcher.remove(data.draw(st.sets(ids, max_size=3)))
    exclude = data.draw(st.dictionaries(ids, st.sets(ids, max_size=12)))
    among = data.draw(st.none() | st.sets(ids))
    assert_alike(*list_both_ways(matcher, k=4, exclude=exclude, among=among))


def test_a_host_who_wrote_nothing_welcomes_the_others_who_did_not() -> None:
    blank = {"offer": "", "need": ""}
    room = [Profile(id=AttendeeId(id), welcomes_newcomers=id == 3, **blank) for id in (1, 2, 3)]
    exact, quick = list_both_ways(MutualMatcher(encoder="light").fit(room), k=4)
    assert [one.about for one in exact[AttendeeId(3)]] == [1, 2]
    assert_alike(exact, quick)


def test_lists_of_a_room_larger_than_a_shortlist_are_nearly_the_exact_ones() -> None:
    matcher = MutualMatcher(encoder="auto").fit(ROOM.profiles, vectors=ROOM.vectors)
    exact, quick = list_both_ways(matcher, k=20)
    right = [
        np.mean([one.score >= listed[-1].score - 1e-6 for one in quick[id]])
        for id, listed in exact.items()
    ]
    assert np.mean(right) > 0.99


def test_who_bars_most_of_a_shortlist_is_scored_with_everybody() -> None:
    matcher = MutualMatcher(encoder="auto").fit(ROOM.profiles, vectors=ROOM.vectors)
    me = ROOM.profiles[0].id
    exact, _ = list_both_ways(matcher, k=100)
    barred = {me: {one.about for one in exact[me]}}
    exact, quick = list_both_ways(matcher, k=5, exclude=barred)
    assert not barred[me] & {one.about for one in quick[me]}
    assert_alike({me: exact[me]}, {me: quick[me]})


def test_in_a_larger_room_some_tell_how_good_other_possibilities_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(competition, "MOST_COMPARED", 50)
    matcher = MutualMatcher(encoder="light").fit(ROOM.profiles)
    exact, quick = list_both_ways(matcher, k=5)
    assert_alike(exact, quick)
    someone = ROOM.profiles[7].id
    assert_alike({someone: exact[someone]}, {someone: matcher.recommend(someone, k=5)})


def test_who_they_are_depends_on_who_is_there_and_not_on_the_order() -> None:
    ids = np.arange(1, 20_001)
    chosen = competition.choose_compared(ids, np.arange(len(ids)))
    turned = competition.choose_compared(ids[::-1], np.arange(len(ids)))
    assert len(chosen) == competition.MOST_COMPARED
    assert set(ids[chosen]) == set(ids[::-1][turned])
    assert np.histogram(chosen, bins=10)[0].min() > 150


def test_in_a_room_of_up_to_two_thousand_all_are_compared() -> None:
    present = np.arange(0, 4_000, 2)
    np.testing.assert_array_equal(competition.choose_compared(np.arange(4_000), present), present)
