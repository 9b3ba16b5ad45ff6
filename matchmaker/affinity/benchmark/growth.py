"""How the cost of a whole plan grows with the room."""

from dataclasses import dataclass
from typing import Final

from matchmaker.affinity.benchmark.cost import Cost, find_peak_bytes, measure, measure_apart
from matchmaker.affinity.benchmark.room import SyntheticRoom, build_room
from matchmaker.affinity.fairness import fair_lists
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Recommendation
from matchmaker.people.ids import AttendeeId

CANDIDATES: Final = 20
LIST_SIZE: Final = 5
SAMPLED_PEOPLE: Final = 50
_SAME: Final = 1e-6

Candidates = dict[AttendeeId, list[Recommendation]]


@dataclass(frozen=True, kw_only=True)
class Growth:
    """What a room of one size takes: reading the texts, ranking, fair lists.

    ``recall`` is the share of ranked places as good as those of the exact list of one person,
    on a sample. ``peak_bytes`` is the peak of a process that did nothing else before recall was
    looked at, the made-up people and their vectors included.
    """

    people: int
    encoder: str
    fit: Cost
    candidates: Cost
    fair_lists: Cost
    recall: float
    peak_bytes: int

    @property
    def cpu_seconds(self) -> float:
        """Return the processor seconds of all three steps."""
        return sum(c.cpu_seconds for c in (self.fit, self.candidates, self.fair_lists))


def measure_growth(people: int, *, encoder: str = "auto") -> Growth:
    """Measure one size in a process of its own."""
    parts, _ = measure_apart(_measure_room, people, encoder)
    fit, candidates, lists, peak, recall = parts
    return Growth(
        people=people,
        encoder=encoder,
        fit=fit,
        candidates=candidates,
        fair_lists=lists,
        recall=recall,
        peak_bytes=peak,
    )


def _measure_room(people: int, encoder: str) -> tuple[Cost, Cost, Cost, int, float]:
    room = build_room(people)
    # The shipped data is read once a process, whatever the size of the room.
    MutualMatcher(encoder=encoder).fit(room.profiles[:1])
    fitted = measure(_fit, room, encoder)
    found = measure(fitted.value.candidates, k=CANDIDATES)
    lists = measure(_choose, found.value)
    peak = find_peak_bytes()
    recall = _find_recall(fitted.value, found.value)
    return fitted.cost, found.cost, lists.cost, peak, recall


def _fit(room: SyntheticRoom, encoder: str) -> MutualMatcher:
    return MutualMatcher(encoder=encoder).fit(room.profiles, vectors=room.vectors)


def _choose(candidates: Candidates) -> dict[AttendeeId, list[AttendeeId]]:
    places = dict.fromkeys(candidates, LIST_SIZE)
    return fair_lists(candidates, free=places, capacity=places)


def _find_recall(matcher: MutualMatcher, candidates: Candidates) -> float:
    people = list(candidates)
    right = total = 0
    for id in people[:: max(1, len(people) // SAMPLED_PEOPLE)]:
        exact = matcher.recommend(id, k=CANDIDATES)
        least = min((one.score for one in exact), default=0.0) - _SAME
        right += sum(one.score >= least for one in candidates[id][: len(exact)])
        total += len(exact)
    return right / total if total else 1.0
