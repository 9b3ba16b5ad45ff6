"""Whole evenings with known answers, by people who hadn't seen how the matching works."""

import json
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from matchmaker.affinity.evaluation import evaluate_attendees

EVENINGS = sorted((Path(__file__).parent / "evenings").glob("*.json"))


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    return [
        evaluate_attendees(json.loads(path.read_text(encoding="utf-8")), encoder="light")
        for path in EVENINGS
    ]


def test_three_of_four_find_whom_they_should_meet_among_five(found: list[dict[str, Any]]) -> None:
    assert len(found) == 6
    assert mean(one["mutual_hit_at_5"]["all"] for one in found) >= 0.75


def test_it_matters_little_whether_both_speak_one_language(found: list[dict[str, Any]]) -> None:
    across, within = (
        mean(one["mutual_hit_at_5"][kind] for one in found) for kind in ("cross", "same")
    )
    assert across >= within - 0.15


def test_who_offers_and_needs_the_same_is_hardly_suggested(found: list[dict[str, Any]]) -> None:
    assert mean(one["lookalikes_in_top5"] for one in found) <= 0.1


def test_everybody_is_shown_and_nobody_too_often(found: list[dict[str, Any]]) -> None:
    assert all(one["never_shown"] == 0 for one in found)
    assert all(one["max_exposure_over_fair"] <= 3 for one in found)
