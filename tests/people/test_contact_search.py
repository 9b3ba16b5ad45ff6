"""A contact is found by whatever one remembers of them, as one can type it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.contact_search import fold_accents, search_contacts
from matchmaker.people.ids import ContactId, PersonId, PublicId
from matchmaker.people.promise import Promise

MET = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
DO = Contact(
    id=ContactId(1),
    public_id=PublicId("do"),
    owner=PersonId(1),
    other=None,
    fields=CardFields(name="Đỗ Thị Ánh", organization="Sao Mai", role="Baker of rye"),
    met_at=MET,
    event_name="Crème Brûlée Evening",
    note="Likes looms",
    promises=(Promise(public_id=PublicId("p"), text="The glaze article", made_at=MET),),
)
NOA = replace(DO, public_id=PublicId("noa"), fields=CardFields(name="נֹעָה לוי"), event_name="",
              note="", promises=())  # fmt: skip


@pytest.mark.parametrize(
    "query", ["do thi", "ANH", "sao", "rye", "creme brulee", "looms", "glaze", "anh looms", "đỗ"]
)
def test_every_part_is_looked_through_without_accents(query: str) -> None:
    assert search_contacts([NOA, DO], query) == [DO]


def test_hebrew_is_found_without_its_points() -> None:
    assert search_contacts([DO, NOA], "נעה") == [NOA]


def test_every_word_must_stand_somewhere() -> None:
    assert search_contacts([DO], "anh violin") == []
    assert search_contacts([DO, NOA], "") == [DO, NOA]


@given(st.text(max_size=40))
def test_whatever_stands_in_a_note_is_found_by_it(text: str) -> None:
    contact = replace(NOA, note=text)
    assert search_contacts([contact], text) == [contact]
    assert fold_accents(text) == fold_accents(text.upper().lower()) or not text.isascii()
