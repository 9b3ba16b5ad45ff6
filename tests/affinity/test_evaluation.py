"""Figures on files of known answers."""

import json
from typing import Any

import pytest

from matchmaker.affinity.evaluation import EvaluationError, evaluate_attendees, evaluate_needs

EVENING = {
    "event": {"name": "sample"},
    "attendees": [
        {"id": "a", "name": "A", "lang": "en", "offer": "violin lessons", "need": "a bakery"},
        {"id": "b", "name": "B", "lang": "en", "offer": "bakery bread", "need": "violin lessons"},
        {"id": "c", "name": "C", "lang": "it", "offer": "potatura ulivi", "need": "sito internet"},
        {"id": "d", "name": "D", "lang": "it", "offer": "sito internet", "need": "potatura ulivi"},
    ],
    "mutual_pairs": [["a", "b"], ["c", "d"]],
    "circles": [],
    "lookalikes": [["a", "c"]],
    "one_way": [["a", "d"]],
}


def make_topics(topics: dict[str, tuple[str, str]]) -> dict[str, Any]:
    texts = [
        {"topic": topic, "role": role, "lang": language, "text": text}
        for topic, both in topics.items()
        for language in ("en", "it")
        for role, text in zip(("offer", "need"), both, strict=True)
    ]
    return {"topics": list(topics), "texts": texts}


def test_a_plain_evening_is_matched_perfectly() -> None:
    found = evaluate_attendees(EVENING, encoder="light")
    assert found["mutual_hit_at_1"] == {"all": 1.0, "same": 1.0, "cross": None}
    assert found["mutual_mrr"]["all"] == 1.0
    assert found["never_shown"] == 0
    assert set(found) == {
        "mutual_hit_at_1",
        "mutual_hit_at_5",
        "mutual_mrr",
        "circle_recall",
        "lookalikes_in_top5",
        "one_way_in_top5",
        "never_shown",
        "max_exposure_over_fair",
        "exposure_gini",
        "seconds",
    }
    json.dumps(found)


def test_needs_find_their_offers() -> None:
    data = make_topics({"music": ("violin lessons", "violin"), "food": ("fresh bread", "bread")})
    found = evaluate_needs(data, encoder="light")
    for kind in ("same", "cross", "mixed"):
        assert found[kind] == {"r_at_1": 1.0, "r_at_5": 1.0, "mrr": 1.0}


def test_texts_that_say_nothing_do_not_count_as_found() -> None:
    data = make_topics({"one": ("...", "..."), "two": ("!!!", "!!!")})
    assert evaluate_needs(data, encoder="light")["same"]["r_at_1"] == 0


@pytest.mark.parametrize(
    "data",
    [{}, EVENING | {"mutual_pairs": [["a", "x"]]}, EVENING | {"circles": [["a", "b"]]}],
    ids=["empty", "stranger", "circle of two"],
)
def test_another_format_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(EvaluationError):
        evaluate_attendees(data, encoder="light")


def test_a_topic_without_an_offer_in_each_language_is_refused() -> None:
    data = make_topics({"music": ("violin lessons", "violin"), "food": ("bread", "bread")})
    del data["texts"][0]
    with pytest.raises(EvaluationError):
        evaluate_needs(data, encoder="light")
