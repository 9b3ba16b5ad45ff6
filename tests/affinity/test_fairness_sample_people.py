"""The ten attacks, written as texts, against the people of the sample event."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from matchmaker.affinity.assembly import ShippedData, load_shipped_data
from matchmaker.affinity.blocks import Encoder
from matchmaker.affinity.fairness import exposure, fair_lists
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile, Recommendation
from matchmaker.people.ids import AttendeeId

DATA = Path(__file__).parents[2] / "data"
PLACES, CANDIDATES, LONGEST = 5, 50, 600
People = Sequence[Profile]
Candidates = dict[AttendeeId, list[Recommendation]]
Lists = dict[AttendeeId, list[AttendeeId]]


def read_sample_people() -> list[Profile]:
    with (DATA / "sample_event.csv").open(encoding="utf-8", newline="") as file:
        return [
            Profile(
                id=AttendeeId(number),
                offer=row["offer"],
                need=row["need"],
                language=row["language"],
                wish=int(row["wish"] or PLACES),
            )
            for number, row in enumerate(csv.DictReader(file))
        ]


def list_concepts() -> list[dict[str, str]]:
    with (DATA / "concepts.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def make_attackers(offer: str, need: str, *, number: int = 4, wish: int = PLACES) -> People:
    return [
        Profile(id=AttendeeId(1000 + one), offer=offer[:LONGEST], need=need[:LONGEST], wish=wish)
        for one in range(number)
    ]


def stuff_popular_words(people: People) -> People:
    words = Counter(word for p in people for word in (p.offer + " " + p.need).lower().split())
    stuffed = " ".join(word for word, _ in words.most_common(200) if len(word) > 4)
    return make_attackers(stuffed, stuffed)


def copy_a_profile_that_suits_many(people: People) -> People:
    wanted = max(people, key=lambda p: (len(p.offer) + len(p.need), p.id))
    return make_attackers(wanted.offer, wanted.need)


def write_in_all_languages_at_once(_: People) -> People:
    texts = {
        role: "; ".join(row[code] for row in list_concepts()[10:18] for code in languages)
        for role, languages in (("offer", ("en", "vi", "it", "he")), ("need", ("he", "it", "vi")))
    }
    return make_attackers(texts["offer"], texts["need"])


def repeat_one_word(_: People) -> People:
    return make_attackers("marketing " * 60, "design " * 80)


def name_all_concepts(_: People) -> People:
    labels = ", ".join(row["en"] for row in list_concepts())
    return make_attackers(labels, labels[::-1][:LONGEST][::-1])


def answer_every_need(people: People) -> People:
    return make_attackers(
        " ".join(p.need[:40] for p in people), " ".join(p.offer[:40] for p in people)
    )


def come_as_twenty_people(people: People) -> People:
    (one,) = make_attackers(people[0].need, people[0].offer, number=1)
    return [replace(one, id=AttendeeId(1000 + number)) for number in range(20)]


def boost_each_other(_: People) -> People:
    return make_attackers("zyxwv qponm lkjih", "zyxwv qponm lkjih", number=8)


def surround_one_victim(people: People) -> People:
    return make_attackers(people[7].need, people[7].offer, number=8)


def wish_for_everybody(people: People) -> People:
    return [replace(attacker, wish=20) for attacker in answer_every_need(people)]


ATTACKS: tuple[Callable[[People], People], ...] = (
    stuff_popular_words,
    copy_a_profile_that_suits_many,
    write_in_all_languages_at_once,
    repeat_one_word,
    name_all_concepts,
    answer_every_need,
    come_as_twenty_people,
    boost_each_other,
    surround_one_victim,
    wish_for_everybody,
)


@pytest.fixture(scope="module")
def shipped() -> ShippedData:
    return load_shipped_data(Encoder.LIGHT)


def list_greedily(candidates: Candidates, wishes: dict[AttendeeId, int]) -> Lists:
    places, left = dict.fromkeys(candidates, PLACES), dict(wishes)
    lists: Lists = {who: [] for who in candidates}
    edges = ((-r.score, who, r.about) for who, row in candidates.items() for r in row)
    for _, who, about in sorted(edges):
        if places[who] and left[about]:
            places[who] -= 1
            left[about] -= 1
            lists[who].append(about)
    return lists


def mean_score(candidates: Candidates, lists: Lists) -> float:
    """The mean over all places; one that stays empty counts as nothing."""
    scores = {(who, r.about): r.score for who, row in candidates.items() for r in row}
    shown = [(who, about) for who, row in lists.items() for about in row]
    return sum(scores.get(pair, scores.get(pair[::-1], 0.0)) for pair in shown) / (
        PLACES * len(lists)
    )


def attack_by_nobody(_: People) -> People:
    return []


@pytest.mark.parametrize("attack", [attack_by_nobody, *ATTACKS], ids=lambda attack: attack.__name__)
def test_sample_people_stay_visible_and_nobody_is_everywhere(
    attack: Callable[[People], People], shipped: ShippedData
) -> None:
    people = read_sample_people()
    people += attack(people)
    candidates = MutualMatcher(encoder="light", data=shipped).fit(people).candidates(k=CANDIDATES)
    wishes = {person.id: person.wish for person in people}
    lists = fair_lists(candidates, free=dict.fromkeys(wishes, PLACES), capacity=wishes)
    report = exposure(lists, wishes)
    assert report.never_shown == 0
    assert report.max_over_fair <= 3.0
    assert all(lists.values())
    greedy = list_greedily(candidates, wishes)
    assert mean_score(candidates, lists) >= 0.95 * mean_score(candidates, greedy)
