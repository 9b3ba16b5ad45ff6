"""Why two people match, in their own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.affinity.assembly import ShippedData
from matchmaker.affinity.concepts import Concept, ConceptLexicon
from matchmaker.affinity.explanation import Explanation
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile
from matchmaker.affinity.stop_phrases import mark_stops
from matchmaker.affinity.text import Span, tokenize
from matchmaker.people.ids import AttendeeId

GIVER, TAKER = AttendeeId(1), AttendeeId(2)
BREAD = Concept(
    id="bread",
    category="food",
    labels={"en": "bread", "vi": "bánh mì", "it": "pane", "he": "לחם"},
    stems={"en": ("sourdough", "baker*"), "vi": (), "it": ("panific*",), "he": ("מאפייה",)},
)
DATA = ShippedData(lexicon=ConceptLexicon([BREAD]))


def explain(offer: str, need: str, languages: tuple[str, str] = ("en", "en")) -> Explanation:
    people = [
        Profile(id=GIVER, offer=offer, need="", language=languages[0]),
        Profile(id=TAKER, offer="", need=need, language=languages[1]),
    ]
    return MutualMatcher(encoder="light", data=DATA).fit(people).explain(GIVER, TAKER)


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.stop] for span in spans]


def test_shared_words_are_marked_in_both_texts() -> None:
    offer, need = "I repair old Violins by hand", "Somebody to repair my violin"
    found = explain(offer, need)
    assert words(offer, found.giver_marks) == ["repair", "Violins"]
    assert words(need, found.taker_marks) == ["repair", "violin"]


def test_a_concept_is_marked_across_languages_and_named() -> None:
    offer, need = "אני מנהלת במאפייה קטנה", "Cerco un panificio per il bar"
    found = explain(offer, need, ("he", "it"))
    assert words(offer, found.giver_marks) == ["במאפייה"]
    assert words(need, found.taker_marks) == ["panificio"]
    assert found.concepts == ("bread",)
    assert DATA.lexicon is not None
    assert DATA.lexicon.find_label("bread", "vi") == "bánh mì"


@pytest.mark.parametrize(
    ("offer", "need", "marked"),
    [
        ("Tôi viết báo cáo cho công ty", "Cần người bảo vệ đêm", []),
        ("Tôi viết báo cáo cho công ty", "Cần ai giúp báo cáo thuế", ["báo cáo"]),
        ("Tôi viết báo cáo cho công ty", "can ai giup bao cao", ["báo cáo"]),
        ("Tôi lo hoà âm phối khí", "Cần hòa âm một bài hát", ["hoà âm"]),
    ],
)
def test_tones_tell_vietnamese_words_apart_unless_somebody_writes_without(
    offer: str, need: str, marked: list[str]
) -> None:
    found = explain(offer, need, ("vi", "vi"))
    assert words(offer, found.giver_marks) == marked


def test_an_empty_side_explains_nothing() -> None:
    assert explain("violins", " ").shares == ()


def test_words_of_asking_alone_share_nothing() -> None:
    found = explain("I am looking for people who can help", "looking for people who can help")
    assert found.affinity == pytest.approx(0)
    assert found.giver_marks == found.taker_marks == ()


TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["the", "bakery", "של", "sourdough", "bạn", "pane", "e", "violino,", "violini;", "a-b"]
        ),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_shares_add_up_and_marks_stand_in_the_texts(offer: str, need: str) -> None:
    found = explain(offer, need)
    assert sum(share.value for share in found.shares) == pytest.approx(found.raw, abs=1e-6)
    for text, marks in ((offer, found.giver_marks), (need, found.taker_marks)):
        tokens = tokenize(text)
        stops = mark_stops(tokens)
        borders = {token.start for token in tokens}, {token.stop for token in tokens}
        for span in marks:
            assert span.start in borders[0]
            assert span.stop in borders[1]
            inside = [
                s for t, s in zip(tokens, stops, strict=True) if span.start <= t.start < span.stop
            ]
            assert inside
            assert not any(inside)
