"""The sample event keeps what the demo and the matching tests expect of it."""

import csv
import json
import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "ticket,name,email,phone,organization,role,language,offer,need,"
    "can_introduce,line,spot,wish,welcomes,here"
)
WRITTEN = ("offer", "need", "can_introduce", "line")
SAMPLE_MAIL = re.compile(r"[a-z.]+@example\.(org|com|net)")
LETTERS = {
    "he": re.compile("[\u05d0-\u05ea]"),
    "vi": re.compile("[à-ỹđ]", re.IGNORECASE),
    "en": re.compile("[a-z]", re.IGNORECASE),
    "it": re.compile("[a-z]", re.IGNORECASE),
}

Row = dict[str, str]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def phrases(texts: list[str], length: int) -> set[tuple[str, ...]]:
    """Every run of `length` words that stays inside one of the texts."""
    return {
        tuple(run[start : start + length])
        for run in map(words, texts)
        for start in range(len(run) - length + 1)
    }


def stems(text: str, language: str) -> set[str]:
    """What a shared word looks like: syllable pairs, letter runs or word beginnings."""
    found = words(text)
    if language == "vi":
        long_words = {word for word in found if len(word) > 5}
        return long_words | {" ".join(pair) for pair in pairwise(found)}
    if language == "he":
        return {word[i : i + 3] for word in found for i in range(len(word) - 2)}
    return {word[:5] for word in found if len(word) > 4} | {w for w in found if len(w) == 4}


@pytest.fixture(scope="module")
def raw() -> bytes:
    return (ROOT / "data" / "sample_event.csv").read_bytes()


@pytest.fixture(scope="module")
def rows(raw: bytes) -> list[Row]:
    return list(csv.DictReader(raw.decode("utf-8").splitlines(), strict=True))


@pytest.fixture(scope="module")
def people(rows: list[Row]) -> dict[str, Row]:
    return {row["ticket"]: row for row in rows}


@pytest.fixture(scope="module")
def designed() -> dict[str, Any]:
    text = (Path(__file__).parent / "sample_pairs.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def test_the_file_is_utf_8_without_a_mark_and_ends_its_lines_as_rfc_4180_says(raw: bytes) -> None:
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 61


def test_sixty_people_stand_in_the_agreed_columns(rows: list[Row]) -> None:
    assert ",".join(rows[0]) == HEADER
    assert [row["ticket"] for row in rows] == [f"S{n:03}" for n in range(1, 61)]
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("column", ["ticket", "name", "email"])
def test_nobody_shares_a_ticket_a_name_or_an_address(rows: list[Row], column: str) -> None:
    assert len({row[column] for row in rows}) == 60


def test_a_phone_number_and_a_spot_belong_to_one_person(rows: list[Row]) -> None:
    for column in ("phone", "spot"):
        given = [row[column] for row in rows if row[column]]
        assert len(given) == len(set(given))


def test_every_address_is_one_reserved_for_examples(rows: list[Row]) -> None:
    assert all(SAMPLE_MAIL.fullmatch(row["email"]) for row in rows)


def test_phones_lie_where_numbers_are_kept_for_fiction_or_are_plainly_made_up(
    rows: list[Row],
) -> None:
    fiction = {
        "en": r"\+1 \d{3}-555-01\d\d|\+44 7700 900\d{3}",
        "vi": r"\+84 900 000 \d{3}",
        "it": r"\+39 311 000 0\d{3}",
        "he": r"\+972 50-000-0\d{3}",
    }
    for row in rows:
        assert not row["phone"] or re.fullmatch(fiction[row["language"]], row["phone"])
    assert any(not row["phone"] for row in rows)


def test_each_language_has_fifteen_people_mixed_over_the_file(rows: list[Row]) -> None:
    languages = [row["language"] for row in rows]
    assert Counter(languages) == {"en": 15, "vi": 15, "it": 15, "he": 15}
    assert all(len(set(languages[i : i + 3])) > 1 for i in range(58))


def test_people_write_in_the_script_of_their_language(rows: list[Row]) -> None:
    for row in rows:
        text = row["name"] + row["offer"] + row["need"]
        assert LETTERS[row["language"]].search(text), row["ticket"]
        assert bool(LETTERS["he"].search(text)) == (row["language"] == "he"), row["ticket"]


def test_offers_and_needs_are_eight_to_forty_five_words_or_empty(rows: list[Row]) -> None:
    for row in rows:
        assert all(len(text) <= 600 for text in row.values())
        for column in ("offer", "need"):
            assert not row[column] or 8 <= len(words(row[column])) <= 45, row["ticket"]


def test_two_people_never_share_a_phrase_of_four_words(rows: list[Row]) -> None:
    said = {row["ticket"]: phrases([row[column] for column in WRITTEN], 4) for row in rows}
    for one, other in combinations(said, 2):
        assert not said[one] & said[other], (one, other)


def test_no_phrase_of_four_words_comes_from_the_sentences_the_model_learns_from(
    rows: list[Row],
) -> None:
    learned = (ROOT / "data" / "networking_sentences.tsv").read_text(encoding="utf-8")
    taught = phrases(re.split(r"[\t\n]", learned), 4)
    assert not taught & phrases([row[column] for row in rows for column in WRITTEN], 4)


def test_wishes_hosts_and_arrivals_are_as_the_demo_tells_them(rows: list[Row]) -> None:
    wishes = [int(row["wish"]) for row in rows]
    assert set(wishes) <= set(range(2, 9))
    assert wishes.count(5) > 30
    assert Counter(row["welcomes"] for row in rows) == {"yes": 4, "": 56}
    assert Counter(row["here"] for row in rows) == {"yes": 52, "": 8}


def test_two_organizations_sent_two_people_and_several_people_came_alone(
    rows: list[Row], people: dict[str, Row], designed: dict[str, Any]
) -> None:
    sent = Counter(row["organization"] for row in rows)
    assert sent.pop("") > 10
    pairs = designed["colleagues"]
    assert sorted(name for name, count in sent.items() if count > 1) == sorted(
        people[one]["organization"] for one, _ in pairs
    )
    assert all(people[a]["organization"] == people[b]["organization"] for a, b in pairs)


def test_designed_people_exist_and_no_pair_is_listed_twice(
    people: dict[str, Row], designed: dict[str, Any]
) -> None:
    groups = ("mutual_pairs", "circles", "lookalikes", "one_way", "colleagues")
    for group in (group for key in groups for group in designed[key]):
        assert set(group) <= set(people)
        assert len(set(group)) == len(group)
    pairs = [frozenset(pair) for pair in designed["mutual_pairs"]]
    assert len(pairs) == len(set(pairs))
    assert set(designed["unanswered"]) <= set(people)
    assert len(designed["circles"]) >= 3


def test_enough_mutual_pairs_lie_within_a_language_and_across_languages(
    people: dict[str, Row], designed: dict[str, Any]
) -> None:
    same = [
        people[a]["language"] == people[b]["language"] for a, b in designed["mutual_pairs"]
    ].count(True)
    assert same >= 18
    assert len(designed["mutual_pairs"]) - same >= 20


def test_a_mutual_pair_of_one_language_shares_words_both_ways(
    people: dict[str, Row], designed: dict[str, Any]
) -> None:
    for a, b in designed["mutual_pairs"]:
        language = people[a]["language"]
        if language != people[b]["language"]:
            continue
        for giver, taker in ((a, b), (b, a)):
            shared = stems(people[giver]["offer"], language) & stems(
                people[taker]["need"], language
            )
            assert shared, (giver, taker)


def test_only_the_two_thin_profiles_leave_an_offer_or_a_need_out(
    people: dict[str, Row], designed: dict[str, Any]
) -> None:
    for column, key in (("offer", "without_offer"), ("need", "without_need")):
        assert [t for t, row in people.items() if not row[column]] == designed[key]
        assert len(designed[key]) == 1


def test_what_nobody_answers_is_in_no_pair_circle_or_one_way_help(
    designed: dict[str, Any],
) -> None:
    answered = {ticket for pair in designed["mutual_pairs"] for ticket in pair}
    answered |= {ticket for circle in designed["circles"] for ticket in circle}
    answered |= {receiver for _, receiver in designed["one_way"]}
    assert len(designed["unanswered"]) == 2
    assert not answered & set(designed["unanswered"])
