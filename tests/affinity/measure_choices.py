"""Prints what the fair lists, rounds, circles and learning reach: `python measure_choices.py`.

Not a test: the tests hold the bounds, this shows the figures (made-up people; CPU seconds).
"""

from collections.abc import Callable, Iterator
from time import process_time

import numpy as np
from test_circles import make_edges
from test_circles import propose as propose_made_up
from test_fairness_attacks import (
    ATTACKS,
    Room,
    list_candidates,
    list_fairly,
    list_greedily,
    make_room,
    total_score,
)
from test_learning_simulation import (
    adjust_all,
    judge_fair_lists,
    judge_ranking,
    lower_bound,
    make_evening,
)
from test_rounds_optimality import make_people, make_scores

from matchmaker.affinity.fairness import exposure
from matchmaker.affinity.rounds import seat_rounds
from matchmaker.people.ids import AttendeeId


def show_fairness() -> Iterator[str]:
    yield "fair lists: never shown, most over fair share, Gini, score per place and total vs greedy"
    rooms: list[tuple[str, Callable[[], Room]]] = [
        (f"{people} people", lambda people=people: make_room(1, people))  # type: ignore[misc]
        for people in (60, 300, 1_000, 5_000)
    ]
    rooms += [(a.__name__, lambda a=a: a(make_room())) for a in ATTACKS]  # type: ignore[misc]
    for name, build in rooms:
        room = build()
        candidates = list_candidates(room)
        started = process_time()
        lists = list_fairly(room, candidates)
        seconds = process_time() - started
        greedy = list_greedily(room, candidates)
        wishes = {AttendeeId(who): wish for who, wish in enumerate(room.wishes)}
        report = exposure(lists, wishes)
        total = total_score(room, lists) / total_score(room, greedy)
        mean = total * sum(map(len, greedy.values())) / sum(map(len, lists.values()))
        yield (
            f"  {name:34} {report.never_shown:3} {report.max_over_fair:5.2f} {report.gini:6.3f}"
            f" {mean:7.3f} {total:7.3f} {seconds:6.2f} s"
        )


def show_rounds() -> Iterator[str]:
    yield "rounds: gap of each, repeats, CPU seconds each"
    for people, size, number in (
        (100, 2, 5), (500, 2, 5), (501, 2, 3), (2_000, 2, 2), (1_999, 2, 2),
        (24, 3, 4), (60, 3, 4), (120, 3, 2), (300, 3, 2), (2_000, 3, 1),
    ):  # fmt: skip
        scores = make_scores(people)
        started = process_time()
        rounds = seat_rounds(
            make_people(people), scores, rounds=number, table_size=2 if size == 2 else 3
        )
        seconds = (process_time() - started) / number
        gaps = " ".join(f"{round_.gap:.3%}" for round_ in rounds)
        repeats = sum(len(round_.repeats) for round_ in rounds)
        yield f"  {people:5} people, tables of {size}: {gaps}; repeats {repeats}; {seconds:.2f} s"


def show_circles() -> Iterator[str]:
    yield "circles: found, chosen, gap"
    for people, each in ((200, 15), (1_000, 30), (5_000, 30), (5_000, 50)):
        edges = make_edges(people, each)
        started = process_time()
        choice = propose_made_up(edges)
        seconds = process_time() - started
        yield (
            f"  {people:5} people, {each} edges each: {choice.found:6} {len(choice.circles):5}"
            f" {choice.gap:.2%} {seconds:.2f} s"
        )


def show_learning() -> Iterator[str]:
    yield "learning: change of the chance of a mutual yes, mean and lower 95 % bound"
    for name, differences in (("noise alone", 0.0), ("people differ", 0.8)):
        ranking: list[float] = []
        lists: list[float] = []
        for seed in range(200):
            evening = make_evening(seed, differences=differences)
            adjusted = adjust_all(evening)
            for judge, gains in ((judge_ranking, ranking), (judge_fair_lists, lists)):
                gains.append(judge(evening, adjusted) / judge(evening, evening.scores) - 1)
        for kind, gains in (("ranking", ranking), ("fair lists", lists)):
            yield f"  {name:14} {kind:11} {np.mean(gains):+.2%} {lower_bound(gains):+.2%}"


if __name__ == "__main__":
    for show in (show_fairness, show_rounds, show_circles, show_learning):
        for line in show():
            print(line, flush=True)
