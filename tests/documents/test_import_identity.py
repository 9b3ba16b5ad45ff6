"""Who of a file is who of an event."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.identity import IdentityKey, KeyKind, key_of, pair_with_known
from matchmaker.documents.imported import ImportedRow

ANA = ImportedRow(
    line=2, name="Ana Ruiz", ticket="T1", email="ana@example.org", phone="+442079460001"
)


def test_the_ticket_is_the_surest_key() -> None:
    assert key_of(ANA) == IdentityKey(kind=KeyKind.TICKET, value=("t1",))


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (replace(ANA, ticket=""), KeyKind.EMAIL),
        (replace(ANA, ticket="", email=""), KeyKind.PHONE),
        (replace(ANA, ticket="", email="", phone=""), KeyKind.NAME),
    ],
)
def test_without_a_ticket_the_next_surest_key_counts(row: ImportedRow, kind: KeyKind) -> None:
    key = key_of(row)
    assert key is not None
    assert key.kind is kind


def test_keys_do_not_see_case_width_and_blanks() -> None:
    one = replace(ANA, ticket="", name="ＡＮＡ  Ruiz", email="Ana@Example.org")
    assert key_of(one) == key_of(replace(ANA, ticket=""))


def test_two_people_with_one_address_are_two() -> None:
    bea = replace(ANA, ticket="", name="Bea Ruiz")
    assert pair_with_known([bea], [replace(ANA, ticket="")]) == (None,)


def test_a_ticket_finds_its_owner_under_another_name_and_address() -> None:
    married = replace(ANA, name="Ana Lopez", email="lopez@example.org", phone="")
    assert pair_with_known([married], [ANA]) == (0,)


def test_people_with_different_tickets_are_never_the_same() -> None:
    assert pair_with_known([replace(ANA, ticket="T2")], [ANA]) == (None,)


def test_somebody_known_without_a_ticket_is_found_when_the_ticket_comes_later() -> None:
    assert pair_with_known([ANA], [replace(ANA, ticket="")]) == (0,)
    assert pair_with_known([replace(ANA, ticket="")], [ANA]) == (0,)


def test_a_ticket_is_not_taken_by_a_namesake_who_stands_before() -> None:
    namesake = replace(ANA, ticket="")
    assert pair_with_known([namesake, ANA], [ANA]) == (None, 0)


def test_a_name_alone_finds_only_somebody_of_whom_nothing_else_is_known() -> None:
    alone = ImportedRow(line=2, name="Ana Ruiz")
    assert pair_with_known([alone], [alone]) == (0,)
    assert pair_with_known([alone], [replace(alone, ticket="T1")]) == (None,)
    assert pair_with_known([alone], [replace(alone, email="ana@example.org")]) == (None,)
    assert pair_with_known([alone], [replace(alone, phone="+442079460001")]) == (None,)
    assert pair_with_known([alone], [replace(alone, organization="Bakery")]) == (None,)


def test_somebody_without_a_name_and_a_ticket_has_no_key() -> None:
    assert key_of(ImportedRow(line=2, name="", email="ana@example.org")) is None


FEW = st.builds(
    ImportedRow,
    line=st.just(2),
    name=st.sampled_from(["Ana", "Bea"]),
    ticket=st.sampled_from(["", "T1", "T2"]),
    email=st.sampled_from(["", "x@example.org"]),
    phone=st.sampled_from(["", "+442079460001"]),
    organization=st.sampled_from(["", "Bakery"]),
)


@given(rows=st.lists(FEW, max_size=6), known=st.lists(FEW, max_size=6))
def test_two_rows_are_never_one_person(rows: list[ImportedRow], known: list[ImportedRow]) -> None:
    pairs = pair_with_known(rows, known)
    matched = [pair for pair in pairs if pair is not None]
    assert len(pairs) == len(rows)
    assert len(set(matched)) == len(matched)
    for row, pair in zip(rows, pairs, strict=True):
        if pair is not None and row.ticket and known[pair].ticket:
            assert row.ticket == known[pair].ticket


@given(rows=st.lists(FEW, max_size=6))
def test_a_file_that_is_brought_twice_brings_nobody_new(rows: list[ImportedRow]) -> None:
    assert None not in pair_with_known(rows, rows)
