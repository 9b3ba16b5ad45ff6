"""Answers to an organizer's own questions as the programming interface of Luma gives them: JSON."""

import json
from collections.abc import Iterator
from typing import Final

_LONGEST: Final = 1 << 16
_LABELS: Final = ("label", "question", "question_label")
_ANSWERS: Final = ("answer", "value")


def read_answers(cell: str) -> tuple[tuple[str, str], ...]:
    """Return (question, answer) pairs of a ``registration_answers`` cell; of other text none.

    The cell is a JSON array of objects with a ``label`` and an ``answer`` or ``value``; several
    answers to one question are joined with commas. Never raises.
    """
    if len(cell) > _LONGEST:
        return ()
    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(items, list):
        return ()
    return tuple(pair for item in items if isinstance(item, dict) for pair in _pairs(item))


def _pairs(item: dict[str, object]) -> Iterator[tuple[str, str]]:
    label = next((text for key in _LABELS if isinstance(text := item.get(key), str)), "")
    answer = next((text for key in _ANSWERS if (text := _spelled(item.get(key)))), "")
    if label and answer:
        yield label, answer


def _spelled(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(text for text in map(_spelled, value) if text)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""
