"""What the matching costs on this machine, against peers in the same run."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click
from rich.table import Table

from matchmaker.cli.console import fail, say_problems, screen

if TYPE_CHECKING:
    from matchmaker.affinity.benchmark import Growth, JoinCost, NeighbourCost, SeatingCost

_SIZES: Final = "1000,5000,20000"
_QUICK_SIZES: Final = "300,1000"
_MOST: Final = 100_000
_JOIN_ROOM, _QUICK_JOIN_ROOM = 5_000, 500
_ROUND_ROOMS, _QUICK_ROUND_ROOMS = (100, 300), (60, 100)
_QUICK_NAIVE: Final = 300
_MEGABYTE: Final = 1_000_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--sizes",
    default=None,
    metavar="N,N,…",
    help=f"Numbers of people, up to {_MOST}.  [default: {_SIZES}]",
)
@click.option("--quick", is_flag=True, help="Small rooms only: about a minute.")
@say_problems
def bench(as_json: bool, sizes: str | None, quick: bool) -> None:
    """Measure the matching: ratios to peers, growth, memory, and how fast a newcomer is served.

    The people are made up and so are their sentence vectors; no encoder runs. Times are processor
    seconds, every matrix product on one thread. Larger rooms take minutes.
    """
    counts = _read_sizes(sizes or (_QUICK_SIZES if quick else _SIZES))
    say = screen.print if not as_json else _say_nothing
    say("Synthetic people with synthetic vectors; processor seconds, one run on this machine.")
    found: dict[str, Any] = {
        "synthetic_vectors": True,
        "neighbours": _bench_neighbours(counts, quick, say),
        "growth": _bench_growth(counts, say),
        "rounds": _bench_rounds(quick, say),
        "join": _bench_join(quick, say),
    }
    if as_json:
        click.echo(json.dumps(found, indent=2))


def _read_sizes(text: str) -> list[int]:
    try:
        sizes = sorted({int(part) for part in text.split(",")})
    except ValueError:
        fail(f"--sizes takes whole numbers between commas, such as {_SIZES}")
    if sizes[0] < 2 or sizes[-1] > _MOST:
        fail(f"--sizes takes numbers of people from 2 to {_MOST}")
    return sizes


def _say_nothing(*_anything: object) -> None:
    pass


def _bench_neighbours(counts: list[int], quick: bool, say: Any) -> list[dict[str, Any]]:
    from matchmaker.affinity.benchmark import build_room, measure_neighbours
    from matchmaker.affinity.benchmark.neighbours import NAIVE_UP_TO

    found: list[NeighbourCost] = []
    for people in counts:
        room = build_room(people)
        naive_up_to = _QUICK_NAIVE if quick else NAIVE_UP_TO
        found.append(measure_neighbours(room.offers, room.needs, naive_up_to=naive_up_to))
    table = Table("people", "ours", "scikit-learn", "ratio", "naive", "ratio", "recall")
    table.title = "Top 20 of everybody, ours mutual, scikit-learn's one way"
    for one in found:
        table.add_row(
            f"{one.people:,}",
            _seconds(one.ours.cpu_seconds),
            _seconds(one.sklearn.cpu_seconds) if one.sklearn else "–",
            _times(one.times_faster_than_sklearn),
            _seconds(one.naive.cpu_seconds) if one.naive else "–",
            _times(one.times_faster_than_naive),
            f"{one.recall:.4f}" if one.is_approximate else "exact",
        )
    say(table)
    return [
        asdict(one)
        | {
            "times_faster_than_sklearn": one.times_faster_than_sklearn,
            "times_faster_than_naive": one.times_faster_than_naive,
        }
        for one in found
    ]


def _bench_growth(counts: list[int], say: Any) -> list[dict[str, Any]]:
    from matchmaker.affinity.benchmark import measure_growth

    found: list[Growth] = [measure_growth(people) for people in counts]
    table = Table("people", "read texts", "rank", "fair lists", "all", "peak memory", "recall")
    table.title = "A whole plan: all blocks, 20 candidates, lists of five"
    for one in found:
        costs = (one.fit, one.candidates, one.fair_lists)
        table.add_row(
            f"{one.people:,}",
            *(_seconds(cost.cpu_seconds) for cost in costs),
            _seconds(one.cpu_seconds),
            f"{one.peak_bytes / _MEGABYTE:,.0f} MB",
            f"{one.recall:.4f}",
        )
    say(table)
    return [asdict(one) | {"cpu_seconds": one.cpu_seconds} for one in found]


def _bench_rounds(quick: bool, say: Any) -> list[dict[str, Any]]:
    from matchmaker.affinity.benchmark import measure_seating

    rooms = _QUICK_ROUND_ROOMS if quick else _ROUND_ROOMS
    found: list[SeatingCost] = [measure_seating(people) for people in rooms]
    table = Table("people", "ours", "networkx", "ratio", "our value", "networkx's", "proven gap")
    table.title = "One round of pairs"
    for one in found:
        table.add_row(
            f"{one.people:,}",
            _seconds(one.ours.cpu_seconds),
            _seconds(one.networkx.cpu_seconds) if one.networkx else "not installed",
            _times(one.times_faster),
            f"{one.our_value:.4f}",
            f"{one.networkx_value:.4f}" if one.networkx_value is not None else "–",
            f"{one.gap:.3%}",
        )
    say(table)
    return [asdict(one) | {"times_faster": one.times_faster} for one in found]


def _bench_join(quick: bool, say: Any) -> dict[str, Any]:
    from matchmaker.affinity.benchmark import measure_joins

    found: JoinCost = measure_joins(_QUICK_JOIN_ROOM if quick else _JOIN_ROOM)
    say(
        f"From a newcomer's form to three explained suggestions among {found.people:,} people "
        f"(light): median {found.median_ms:.1f} ms, 95 % within {found.p95_ms:.1f} ms of work."
    )
    return asdict(found)


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def _times(value: float | None) -> str:
    return f"{value:.1f} ×" if value is not None else "–"
