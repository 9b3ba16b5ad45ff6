"""The matcher with the data that ships: across languages, lookalikes, rivals, explanations."""

import pytest

from matchmaker.affinity.evaluation import ablate, format_table
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile, Role
from matchmaker.people.bands import Band, band_of
from matchmaker.people.ids import AttendeeId

PEOPLE = (
    ("it", "Riparo biciclette elettriche e batterie.", "Cerco lezioni di nuoto per mio figlio."),
    ("vi", "Tôi dạy bơi cho trẻ em.", "Xe đạp điện của tôi bị hỏng pin."),
    ("he", "מלמד שחמט לילדים.", "צריך איטום לגג הבית."),
    ("en", "Roof repairs and waterproofing.", "A chess teacher for my daughter."),
    ("en", "Yoga classes for offices at lunch.", "Companies that want yoga for their staff."),
    ("en", "Office yoga, lunchtime classes.", "Firms who book yoga for their employees."),
)


@pytest.fixture(scope="module")
def matcher() -> MutualMatcher:
    return MutualMatcher(encoder="light").fit(
        [
            Profile(id=AttendeeId(n), offer=offer, need=need, language=language)
            for n, (language, offer, need) in enumerate(PEOPLE)
        ]
    )


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 0), (2, 3), (3, 2)])
def test_a_need_finds_its_offer_in_another_language(
    matcher: MutualMatcher, one: int, other: int
) -> None:
    best = matcher.recommend(AttendeeId(one))[0]
    assert best.about == other
    assert band_of(best.get) is not Band.NONE


def test_two_who_sell_the_same_to_the_same_are_last_on_each_others_lists(
    matcher: MutualMatcher,
) -> None:
    assert matcher.recommend(AttendeeId(4))[-1].about == 5
    assert matcher.recommend(AttendeeId(5))[-1].about == 4


def test_words_that_mean_alike_are_marked_across_languages(matcher: MutualMatcher) -> None:
    found = matcher.explain(AttendeeId(0), AttendeeId(1))
    offer, need = PEOPLE[0][1], PEOPLE[1][2]
    assert "biciclette" in " ".join(offer[a:b] for a, b in found.giver_marks)
    assert "Xe đạp" in " ".join(need[a:b] for a, b in found.taker_marks)


def test_a_strangers_need_is_held_against_everybodys_offer(matcher: MutualMatcher) -> None:
    found = matcher.score_text("leaking roof", Role.NEED, language="en")
    assert max(found, key=lambda id: found[id]) == 3
    assert len(found) == len(matcher.pool_) == len(PEOPLE)


def test_an_ablation_names_each_block_and_prints_as_a_table() -> None:
    data = {
        "topics": ["bread", "tax"],
        "texts": [
            {"topic": topic, "role": role, "lang": "en", "text": text}
            for topic, role, text in (
                ("bread", "offer", "fresh bread"),
                ("bread", "need", "bread"),
                ("tax", "offer", "tax advice"),
                ("tax", "need", "my taxes"),
            )
        ],
    }
    rows = ablate(data, encoder="light")
    assert [row.variant for row in rows][:2] == ["all blocks", "without table"]
    assert rows[0].figures["same R@1"] == 1.0
    assert format_table(rows).count("\n") == len(rows) + 1
