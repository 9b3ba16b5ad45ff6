"""What matching costs: pure measuring, on synthetic people, against peers in the same run."""

from matchmaker.affinity.benchmark.cost import Cost, Measured, measure, measure_apart
from matchmaker.affinity.benchmark.growth import Growth, measure_growth
from matchmaker.affinity.benchmark.joining import JoinCost, measure_joins
from matchmaker.affinity.benchmark.neighbours import NeighbourCost, measure_neighbours
from matchmaker.affinity.benchmark.room import SyntheticRoom, build_room
from matchmaker.affinity.benchmark.seating import SeatingCost, measure_seating

__all__ = [
    "Cost",
    "Growth",
    "JoinCost",
    "Measured",
    "NeighbourCost",
    "SeatingCost",
    "SyntheticRoom",
    "build_room",
    "measure",
    "measure_apart",
    "measure_growth",
    "measure_joins",
    "measure_neighbours",
    "measure_seating",
]
