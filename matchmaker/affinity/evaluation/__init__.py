"""Judging the matcher on texts whose right answers are known."""

from matchmaker.affinity.evaluation.ablation import AblationRow, ablate, format_table
from matchmaker.affinity.evaluation.attendees import evaluate_attendees
from matchmaker.affinity.evaluation.formats import EvaluationError
from matchmaker.affinity.evaluation.needs import evaluate_needs

__all__ = [
    "AblationRow",
    "EvaluationError",
    "ablate",
    "evaluate_attendees",
    "evaluate_needs",
    "format_table",
]
