"""What a card shows, kept as JSON in a snapshot and read back by later versions."""

import json

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.card import CardFields

texts = st.text(max_size=30)
cards = st.builds(
    CardFields,
    name=texts,
    given_name=texts,
    email=texts,
    phone=texts,
    links=st.lists(texts, max_size=3).map(tuple),
    languages=st.lists(texts, max_size=3).map(tuple),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
keys = st.sampled_from(["name", "links", "languages", "phone", "to_dict", "__class__", "later"])


@given(cards)
def test_a_card_survives_its_snapshot(card: CardFields) -> None:
    assert CardFields.from_dict(json.loads(json.dumps(card.to_dict()))) == card


@given(st.dictionaries(keys, json_values))
def test_a_snapshot_of_any_version_is_read(stored: dict[str, object]) -> None:
    card = CardFields.from_dict(stored)
    assert isinstance(card.name, str)
    assert all(isinstance(link, str) for link in (*card.links, *card.languages))


def test_a_snapshot_keeps_what_it_knows_and_passes_over_the_rest() -> None:
    stored = {"name": "Mai", "phone": 84, "links": ["a", 1], "fax": "1", "languages": "vi"}
    assert CardFields.from_dict(stored) == CardFields(name="Mai", links=("a",))


def test_an_empty_card_is_an_empty_snapshot() -> None:
    assert CardFields().to_dict() == {}
