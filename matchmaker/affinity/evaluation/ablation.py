"""What each block adds: the same figures with every block, without one, and with one alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matchmaker.affinity.blocks import WEIGHTS, Block, Encoder
from matchmaker.affinity.evaluation.attendees import judge_evening
from matchmaker.affinity.evaluation.encoding import encode_profiles
from matchmaker.affinity.evaluation.formats import read_evening, read_topics
from matchmaker.affinity.evaluation.needs import judge_topics, list_profiles
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.scoring import Weights

Judge = Callable[[MutualMatcher], dict[str, float | None]]


@dataclass(frozen=True, kw_only=True)
class AblationRow:
    """One variant: which blocks served, and its figures by name."""

    variant: str
    figures: Mapping[str, float | None]


def ablate(data: Mapping[str, Any], *, encoder: str) -> list[AblationRow]:
    """Return the figures of all blocks together, without each one, and of each one alone.

    ``data`` is in the format of ``attendees.json`` or of ``needs.json``; vectors are computed
    once.

    Raises
    ------
    EvaluationError
        If the data is in neither format.
    """
    judge = _judge_of_evening if "attendees" in data else _judge_of_topics
    figures_of = judge(data, encoder)
    return [
        AblationRow(
            variant=name, figures=figures_of(MutualMatcher(encoder=encoder, weights=weights))
        )
        for name, weights in list_variants(Encoder(encoder)).items()
    ]


def _judge_of_evening(data: Mapping[str, Any], encoder: str) -> Judge:
    evening = read_evening(data)
    vectors = encode_profiles(evening.profiles, encoder)

    def figures_of(matcher: MutualMatcher) -> dict[str, float | None]:
        found = judge_evening(evening, matcher, vectors)
        return {
            "hit@1": found["mutual_hit_at_1"]["all"],
            "hit@5": found["mutual_hit_at_5"]["all"],
            "hit@5 across": found["mutual_hit_at_5"]["cross"],
            "MRR": found["mutual_mrr"]["all"],
            "lookalikes": found["lookalikes_in_top5"],
        }

    return figures_of


def _judge_of_topics(data: Mapping[str, Any], encoder: str) -> Judge:
    texts = read_topics(data)
    vectors = encode_profiles(list_profiles(texts), encoder)

    def figures_of(matcher: MutualMatcher) -> dict[str, float | None]:
        found = judge_topics(texts, matcher, vectors)
        return {
            f"{kind} {name}": found[kind][key]
            for kind in ("same", "mixed")
            for key, name in (("r_at_1", "R@1"), ("r_at_5", "R@5"), ("mrr", "MRR"))
        }

    return figures_of


def list_variants(encoder: Encoder) -> dict[str, Weights]:
    """Return the weights of each variant by its name."""
    whole = dict(WEIGHTS[encoder])
    chosen: dict[str, Mapping[Block, float]] = {"all blocks": whole}
    for block in whole:
        chosen[f"without {block}"] = {**whole, block: 0.0}
    for block in whole:
        chosen[f"{block} alone"] = {other: float(other is block) for other in whole}
    return {name: {**WEIGHTS, encoder: weights} for name, weights in chosen.items()}


def format_table(rows: list[AblationRow]) -> str:
    """Return the rows as a Markdown table."""
    names = list(rows[0].figures)
    lines = [f"| | {' | '.join(names)} |", f"| --- |{' ---: |' * len(names)}"]
    for row in rows:
        values = ["–" if value is None else f"{value:.3f}" for value in row.figures.values()]
        lines.append(f"| {row.variant} | {' | '.join(values)} |")
    return "\n".join(lines)
