"""The benchmark: its made-up people, and that its ratios come from one and the same run."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from matchmaker.affinity import benchmark
from matchmaker.affinity.benchmark import Cost, build_room, measure_apart, neighbours
from matchmaker.affinity.benchmark.growth import measure_growth
from matchmaker.affinity.benchmark.joining import measure_joins
from matchmaker.affinity.benchmark.neighbours import find_naively, measure_neighbours
from matchmaker.affinity.benchmark.seating import measure_seating
from matchmaker.affinity.e5 import text_hash
from matchmaker.affinity.mutual_vectors import find_mutual_best
from matchmaker.cli.bench import bench


def test_a_room_is_the_same_every_time() -> None:
    one, other = build_room(40), build_room(40)
    assert one.profiles == other.profiles
    np.testing.assert_array_equal(one.offers, other.offers)
    assert build_room(40, seed=3).profiles != one.profiles


def test_a_room_speaks_four_languages_and_every_text_has_its_vector() -> None:
    room = build_room(60)
    assert {person.language for person in room.profiles} == {"en", "vi", "it", "he"}
    for person in room.profiles:
        for text in (person.offer, person.need):
            assert "{" not in text
            assert np.linalg.norm(room.vectors[text_hash(text)]) == pytest.approx(1, abs=1e-5)


def test_vectors_spread_over_the_axes_about_as_an_encoders_do() -> None:
    rows = build_room(1500).offers
    rows = rows - rows.mean(axis=0)
    strength = np.linalg.svd(rows, compute_uv=False) ** 2
    assert 0.8 < strength[:128].sum() / strength.sum() < 0.95


def test_plain_python_finds_the_lists_that_ours_finds() -> None:
    room = build_room(50)
    naive = find_naively(room.offers.tolist(), room.needs.tolist(), k=4)
    ours = find_mutual_best(room.offers, room.needs, k=4)
    assert naive == ours.others.tolist()


def pretend(costs: dict[str, float]) -> Callable[..., Any]:
    """Return a stand-in for ``measure`` whose costs depend on what is measured alone."""

    def measure(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        cost = Cost(cpu_seconds=costs[function.__name__], seconds=0.0)
        return benchmark.Measured(value=function(*args, **kwargs), cost=cost)

    return measure


def test_ratios_are_those_of_the_costs_in_the_same_row(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = {"find_mutual_best": 0.5, "_find_one_way": 2.0, "find_naively": 50.0}
    monkeypatch.setattr(neighbours, "measure", pretend(costs))
    room = build_room(30)
    found = measure_neighbours(room.offers, room.needs)
    assert found.times_faster_than_sklearn == 4
    assert found.times_faster_than_naive == 100
    assert found.recall == 1


def test_plain_python_is_measured_in_small_rooms_only() -> None:
    room = build_room(30)
    found = measure_neighbours(room.offers, room.needs, naive_up_to=29)
    assert found.naive is None
    assert found.times_faster_than_naive is None


def test_growth_is_measured_in_a_process_of_its_own() -> None:
    found = measure_growth(30)
    assert found.people == 30
    assert found.recall == 1
    assert found.peak_bytes > 50_000_000
    assert found.cpu_seconds == pytest.approx(
        found.fit.cpu_seconds + found.candidates.cpu_seconds + found.fair_lists.cpu_seconds
    )


def hold_and_drop(size: int) -> int:
    return len(b"x" * size)


def test_peak_memory_is_that_of_the_measured_process_alone() -> None:
    held = b"x" * 400_000_000
    small, large = measure_apart(hold_and_drop, 1000), measure_apart(hold_and_drop, 300_000_000)
    assert len(held) == 400_000_000
    assert small[0] == 1000
    assert small[1] < 350_000_000
    assert large[1] > 300_000_000


def test_both_seatings_are_worth_the_same() -> None:
    found = measure_seating(20)
    assert found.networkx_value == pytest.approx(found.our_value, rel=1e-5)
    assert found.gap < 1e-6


def test_joins_are_measured_one_by_one() -> None:
    found = measure_joins(40, newcomers=3)
    assert found.newcomers == 3
    assert 0 < found.median_ms <= found.p95_ms


@pytest.mark.parametrize("sizes", ["many", "1", "100001", "20,,40"])
def test_sizes_that_are_none_are_refused_in_a_sentence(sizes: str) -> None:
    done = CliRunner().invoke(bench, ["--sizes", sizes])
    assert done.exit_code == 2
    assert "--sizes takes" in done.output


@pytest.mark.slow
def test_the_command_prints_everything_as_json() -> None:
    done = CliRunner().invoke(bench, ["--json", "--quick", "--sizes", "30"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["synthetic_vectors"] is True
    [near] = found["neighbours"]
    ratio = near["sklearn"]["cpu_seconds"] / near["ours"]["cpu_seconds"]
    assert near["times_faster_than_sklearn"] == pytest.approx(ratio)
    assert [one["people"] for one in found["growth"]] == [30]
    assert found["join"]["newcomers"] == 30
    assert len(found["rounds"]) == 2
