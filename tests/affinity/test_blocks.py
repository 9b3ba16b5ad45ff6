"""Blocks: the same cosines whether computed as a union or kept row by row."""

import numpy as np
import pytest

from matchmaker.affinity.assembly import ShippedData, build_transformers
from matchmaker.affinity.blocks import WEIGHTS, Encoder, TextRecord, build_union
from matchmaker.affinity.calibration import CALIBRATIONS, combine
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile, Role
from matchmaker.affinity.records import build_record, list_views
from matchmaker.people.ids import AttendeeId

TEXTS = [
    ("fresh bread and cakes", "tax advice"),
    ("tax returns for shops", "cakes for a party"),
    ("violin lessons", "a quiet room"),
    ("", "bread"),
]
BACKGROUND = ("a room for a party", "advice for shops")


def list_records(role: Role) -> list[TextRecord]:
    return [build_record(both[role is Role.NEED], role, "en", {}) for both in TEXTS]


def test_the_union_fitted_to_an_event_gives_the_matchers_raw_scores() -> None:
    data = ShippedData(background=BACKGROUND)
    union = build_union(build_transformers(Encoder.LIGHT, data), weights=WEIGHTS[Encoder.LIGHT])
    offers, needs = list_records(Role.OFFER), list_records(Role.NEED)
    union.fit([*offers, *needs])
    expected = (union.transform(offers) @ union.transform(needs).T).toarray()
    people = [
        Profile(id=AttendeeId(n), offer=offer, need=need, language="en")
        for n, (offer, need) in enumerate(TEXTS)
    ]
    matcher = MutualMatcher(encoder="light", data=data).fit(people)
    found = matcher.scorer_.direct(np.arange(len(people)), giving=True).raw
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_one_row_and_many_rows_give_the_same_cosines() -> None:
    people = [Profile(id=AttendeeId(n), offer=o, need=w) for n, (o, w) in enumerate(TEXTS)]
    matcher = MutualMatcher(encoder="light").fit(people)
    for block in matcher.pool_.blocks.values():
        many = block.cosines(np.arange(4), Role.OFFER, Role.NEED)
        one = np.concatenate(
            [block.cosines(np.array([n]), Role.OFFER, Role.NEED) for n in range(4)]
        )
        np.testing.assert_allclose(many, one, atol=1e-6)


def test_a_pair_uses_sentence_vectors_only_if_all_its_texts_have_them() -> None:
    people = [
        Profile(id=AttendeeId(n), offer=offer, need=need)
        for n, (offer, need) in enumerate(TEXTS[:3])
    ]
    draw = np.random.default_rng(1)
    vectors = {
        view_hash: draw.normal(size=384).astype(np.float32)
        for person in people[:2]
        for view_hash in hashes_of(person)
    }
    matcher = MutualMatcher(encoder="auto").fit(people, vectors=vectors)
    light = MutualMatcher(encoder="light").fit(people)
    blocks = {share.block for share in matcher.explain(AttendeeId(0), AttendeeId(1)).shares}
    assert "semantic" in blocks
    assert matcher.explain(AttendeeId(0), AttendeeId(2)) == light.explain(
        AttendeeId(0), AttendeeId(2)
    )


def hashes_of(person: Profile) -> list[str]:
    from matchmaker.affinity.e5 import text_hash

    return [text_hash(view) for text in (person.offer, person.need) for view in list_views(text)]


def test_views_are_the_text_its_meaningful_words_and_its_items() -> None:
    assert list_views("I can help with bread. Also: two vans!") == (
        "I can help with bread. Also: two vans!",
        "bread two vans",
        "I can help with bread.",
        "Also: two vans!",
    )
    assert list_views(" \n") == ()


@pytest.mark.parametrize("encoder", list(Encoder))
def test_calibrated_scores_rise_with_raw_ones_and_start_at_nothing(encoder: Encoder) -> None:
    raw = np.linspace(-1, 2, 200, dtype=np.float32)
    affinity = CALIBRATIONS[encoder].apply(raw)
    assert np.all(np.diff(affinity) >= 0)
    assert np.all(np.diff(CALIBRATIONS[encoder].likelihood(raw)) > 0)
    assert affinity[raw <= 0].max() == pytest.approx(0)
    assert affinity.max() <= 1


def test_a_pair_is_as_good_as_its_weaker_side() -> None:
    even, uneven = combine(np.float32([0.5, 1.0]), np.float32([0.5, 0.0]))
    assert even > uneven > 0
    assert combine(np.float32([1]), np.float32([1]))[0] == pytest.approx(1)
    assert combine(np.float32([0]), np.float32([0]))[0] == pytest.approx(0, abs=1e-6)
