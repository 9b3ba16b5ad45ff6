"""Fair lists: who is suggested to whom, so that nobody is swamped and nobody is left out."""

from matchmaker.affinity.fairness.exposure import ExposureReport, exposure, fair_shares
from matchmaker.affinity.fairness.lists import fair_lists

__all__ = ["ExposureReport", "exposure", "fair_lists", "fair_shares"]
