"""Which reader gets which fields of a card."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import (
    CHOICES,
    Boundary,
    badge_fields,
    shown_side,
    stranger_fields,
)
from matchmaker.people.ids import PersonId, PublicId
from matchmaker.people.person import Person

BUSINESS = CardFields(
    name="Nguyễn Thị Mai",
    given_name="Mai",
    family_name="Nguyễn",
    call_name="Mai",
    role="Weaver",
    organization="Sao Mai",
    line="She makes looms sing",
    email="mai@work.example",
    phone="+84901234567",
    site="https://work.example",
    links=("https://work.example/looms",),
    languages=("vi",),
    photo="p",
)
PERSONAL = CardFields(email="mai@home.example", phone="+84907654321", line="I grow orchids")


def make_person(**facts: object) -> Person:
    whole = Person(id=PersonId(1), public_id=PublicId("m"), business=BUSINESS)
    return replace(whole, **facts)  # type: ignore[arg-type]


def test_a_contact_gets_the_whole_business_side() -> None:
    assert shown_side(make_person()) == BUSINESS


@pytest.mark.parametrize("field", CHOICES)
def test_each_field_can_be_hidden_alone(field: str) -> None:
    person = make_person(hidden_business=frozenset({field}))
    empty = {field: type(getattr(BUSINESS, field))()}
    parts = {"given_name": "", "family_name": ""} if field == "name" else {}
    assert shown_side(person) == replace(BUSINESS, **empty, **parts)


def test_strangers_and_badges_tell_no_way_to_reach() -> None:
    for seen in (stranger_fields(make_person()), badge_fields(make_person())):
        assert seen.name == BUSINESS.name
        assert not any((seen.email, seen.phone, seen.site, seen.links, seen.photo))


def test_an_empty_personal_side_gives_nothing_away() -> None:
    for boundary in Boundary:
        assert shown_side(make_person(personal=CardFields(photo="p")), boundary) == BUSINESS


def test_a_personal_contact_gets_the_personal_side_with_the_name() -> None:
    seen = shown_side(make_person(personal=PERSONAL), Boundary.PERSONAL)
    assert (seen.name, seen.email, seen.line) == (BUSINESS.name, PERSONAL.email, PERSONAL.line)
    assert (seen.role, seen.organization, seen.site) == ("", "", "")


def test_both_gives_both_and_loses_neither() -> None:
    seen = shown_side(make_person(personal=PERSONAL), Boundary.BOTH)
    assert (seen.email, seen.phone) == (BUSINESS.email, BUSINESS.phone)
    assert {"mailto:mai@home.example", "tel:+84907654321"} <= set(seen.links)


def test_an_unknown_boundary_counts_as_business() -> None:
    assert shown_side(make_person(personal=PERSONAL), "anything") == BUSINESS


words = st.text(alphabet="abc xyz", min_size=1, max_size=8)
sides = st.builds(
    CardFields,
    **{one.name: words for one in fields(CardFields) if one.type is str},
    links=st.tuples(st.just("https://example.org")),
    languages=st.tuples(st.just("en")),
)
hidden = st.frozensets(st.sampled_from(CHOICES))


@given(business=sides, personal=sides, of_business=hidden, of_personal=hidden)
def test_what_is_hidden_on_both_sides_reaches_no_reader(
    business: CardFields,
    personal: CardFields,
    of_business: frozenset[str],
    of_personal: frozenset[str],
) -> None:
    person = make_person(
        business=business,
        personal=personal,
        hidden_business=of_business,
        hidden_personal=of_personal,
    )
    seen = [shown_side(person, boundary) for boundary in Boundary]
    seen += [stranger_fields(person), badge_fields(person)]
    for field in (of_business & of_personal) - {"links"}:
        assert not any(getattr(side, field) for side in seen)
    for field in of_business:
        assert not getattr(shown_side(person), field)


def test_a_hidden_name_is_no_name_to_others() -> None:
    assert make_person(hidden_business=frozenset({"name"})).name == "Mai"
    assert make_person(hidden_business=frozenset({"name", "call_name"})).name == ""
