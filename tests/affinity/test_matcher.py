"""Who is recommended to whom."""

import random

import numpy as np
import pytest

from matchmaker.affinity.assembly import ShippedData
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.pool import UnknownAttendeeError
from matchmaker.affinity.profile import Profile
from matchmaker.people.ids import AttendeeId

BAKER, ACCOUNTANT, PRINTER, GARDENER = (AttendeeId(n) for n in (1, 2, 3, 4))
TEXTS = {
    BAKER: ("Fresh sourdough bread from our bakery", "An accountant for our yearly taxes"),
    ACCOUNTANT: ("Accountant: yearly taxes for small shops", "Sourdough bread for our breakfasts"),
    PRINTER: ("Printing of posters and leaflets", "A gardener for the roof terrace"),
    GARDENER: ("Gardener for roof terrace planting", "Leaflets and posters in colour print"),
}
NO_DATA = ShippedData()


def make_profile(id: int, **facts: object) -> Profile:
    offer, need = TEXTS.get(AttendeeId(id), ("", ""))
    return Profile(**({"id": AttendeeId(id), "offer": offer, "need": need} | facts))


def fit(*profiles: Profile) -> MutualMatcher:
    return MutualMatcher(encoder="light", data=NO_DATA).fit(profiles)


@pytest.fixture
def four() -> MutualMatcher:
    return fit(*(make_profile(id) for id in TEXTS))


def names(matcher: MutualMatcher, id: int, **options: object) -> list[int]:
    return [one.about for one in matcher.recommend(AttendeeId(id), **options)]


def test_those_who_answer_each_other_come_first(four: MutualMatcher) -> None:
    assert [names(four, id)[0] for id in TEXTS] == [ACCOUNTANT, BAKER, GARDENER, PRINTER]


def test_give_is_my_offer_for_their_need(four: MutualMatcher) -> None:
    best = four.recommend(BAKER)[0]
    assert best.give == pytest.approx(four.affinity(BAKER, ACCOUNTANT))
    assert best.get == pytest.approx(four.affinity(ACCOUNTANT, BAKER))
    assert 0 < best.score <= 1


def test_nobody_is_recommended_to_themselves_or_to_those_excluded(four: MutualMatcher) -> None:
    assert BAKER not in names(four, BAKER, k=10)
    assert names(four, BAKER, k=10, exclude={ACCOUNTANT, PRINTER}) == [GARDENER]


def test_two_who_offer_the_same_are_not_each_others_best() -> None:
    twin = make_profile(5, offer=TEXTS[BAKER][0], need=TEXTS[BAKER][1])
    matcher = fit(*(make_profile(id) for id in TEXTS), twin)
    assert names(matcher, BAKER)[0] == ACCOUNTANT


def test_colleagues_meet_only_if_both_want_to() -> None:
    def first(**facts: object) -> list[int]:
        return names(
            fit(
                make_profile(1, organization="Riverside Ltd", meets_own_organization=True),
                make_profile(2, organization=" riverside  LTD", **facts),
            ),
            1,
        )

    assert first() == []
    assert first(meets_own_organization=True) == [2]


def test_pairs_without_a_common_language_come_last_and_say_so() -> None:
    matcher = fit(
        make_profile(1, speaks=frozenset({"en"})),
        make_profile(2, speaks=frozenset({"he", "vi"})),
        make_profile(3, speaks=frozenset({"en", "it"})),
        make_profile(4),
    )
    found = matcher.recommend(BAKER)
    assert found[-1].about == ACCOUNTANT
    assert [one.shares_language for one in found] == [True, True, False]


def test_a_person_with_one_side_is_ranked_by_it_and_marked_one_way() -> None:
    matcher = fit(*(make_profile(id) for id in TEXTS), make_profile(5, need="sourdough bread"))
    found = matcher.recommend(AttendeeId(5))
    assert found[0].about == BAKER
    assert found[0].one_way
    assert found[0].give == 0


def test_who_wrote_nothing_meets_those_who_welcome_newcomers_and_nobody_else() -> None:
    matcher = fit(
        make_profile(1), make_profile(2, welcomes_newcomers=True), make_profile(5), make_profile(6)
    )
    assert names(matcher, 5) == [2]
    assert 5 not in names(matcher, 1)
    assert names(matcher, 2) == [1, 5, 6]


def test_an_unknown_person_is_refused(four: MutualMatcher) -> None:
    with pytest.raises(UnknownAttendeeError):
        four.recommend(AttendeeId(99))
    with pytest.raises(UnknownAttendeeError):
        four.explain(BAKER, AttendeeId(99))


def test_whoever_was_removed_is_recommended_to_nobody(four: MutualMatcher) -> None:
    four.remove([ACCOUNTANT, AttendeeId(99)])
    assert ACCOUNTANT not in names(four, BAKER, k=10)
    assert ACCOUNTANT not in four.candidates(k=10)


def test_a_changed_text_counts_at_once(four: MutualMatcher) -> None:
    before = four.affinity(GARDENER, BAKER)
    four.partial_fit([make_profile(GARDENER, offer="Accountant for yearly taxes")])
    assert four.affinity(GARDENER, BAKER) > before + 0.1
    assert len(four.candidates(k=10)) == len(TEXTS)


def make_crowd(count: int) -> list[Profile]:
    draw = random.Random(5)
    words = ["bread", "taxes", "posters", "garden", "boats", "violins", "law", "yoga", "drones"]
    return [
        make_profile(
            n,
            offer=" ".join(draw.choices(words, k=3)),
            need=" ".join(draw.choices(words, k=draw.choice([0, 2, 3]))),
        )
        for n in range(10, 10 + count)
    ]


def as_values(matcher: MutualMatcher) -> dict[int, list[tuple[int, float]]]:
    found = matcher.candidates(k=8)
    return {id: [(one.about, one.score) for one in some] for id, some in found.items()}


def test_any_order_of_additions_and_removals_equals_one_fit() -> None:
    crowd = make_crowd(150)
    whole = fit(*crowd[:90])
    stepwise = fit(*crowd[120:])
    for profile in reversed(crowd[:120]):
        stepwise.partial_fit([profile])
    stepwise.remove(profile.id for profile in crowd[90:])
    expected, found = as_values(whole), as_values(stepwise)
    assert expected.keys() == found.keys()
    for id, some in expected.items():
        assert [about for about, _ in some] == [about for about, _ in found[id]]
        np.testing.assert_allclose(
            [score for _, score in some], [score for _, score in found[id]], atol=1e-6
        )


def test_candidates_for_all_equal_recommendations_one_by_one() -> None:
    crowd = make_crowd(40)
    matcher = fit(*crowd)
    barred = {crowd[0].id: {crowd[1].id}}
    everybody = matcher.candidates(k=5, exclude=barred)
    for profile in crowd:
        alone = matcher.recommend(profile.id, k=5, exclude=barred.get(profile.id, frozenset()))
        assert [one.about for one in everybody[profile.id]] == [one.about for one in alone]


def test_people_who_wrote_the_same_score_the_same_wherever_they_stand() -> None:
    alike = [make_profile(n, offer=TEXTS[ACCOUNTANT][0], need="violins") for n in range(20, 31)]
    matcher = MutualMatcher(encoder="light").fit([make_profile(1), *alike])
    alone = [one.score for one in matcher.recommend(BAKER, k=11)]
    among_all = [one.score for one in matcher.candidates(k=11)[BAKER]]
    assert len(set(alone)) == 1
    assert set(alone) == set(among_all)


def test_candidates_among_some_stay_among_them() -> None:
    crowd = make_crowd(30)
    some = {profile.id for profile in crowd[:12]}
    found = fit(*crowd).candidates(k=20, among=some)
    assert found.keys() == some
    assert all(one.about in some for listed in found.values() for one in listed)


def test_the_best_offer_for_a_need_is_the_best_of_all_affinities(four: MutualMatcher) -> None:
    others = [id for id in TEXTS if id != BAKER]
    best = max(four.affinity(other, BAKER) for other in others)
    assert four.best_offers([BAKER])[BAKER] == pytest.approx(best)
    assert four.affinities(others, [BAKER]).max() == pytest.approx(best)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "bread " * 10_000,
        "\ufdfa" * 2_000,
        "\x00\ud800\u202e" * 50,
        "😀" * 500,
        "the of and for",
        "ábc אבג việt 日本 " * 99,
    ],
    ids=["no spaces", "one word", "ligature", "hostile", "emoji", "stop words", "mixed"],
)
def test_pathological_texts_are_scored_like_any_other(text: str) -> None:
    matcher = fit(*(make_profile(id) for id in TEXTS), make_profile(5, offer=text, need=text))
    for one in matcher.recommend(AttendeeId(5), k=10):
        assert 0 <= one.score <= 1
        matcher.explain(AttendeeId(5), one.about)
