"""Judging the matching on a file of people or texts with known answers."""

import json
from pathlib import Path
from typing import Any

import click

from matchmaker.cli.console import fail, say_problems, screen


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--encoder", type=click.Choice(["auto", "light"]), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--ablate", is_flag=True, help="Tell what each block of the matching adds.")
@say_problems
def evaluate(file: Path, encoder: str, as_json: bool, ablate: bool) -> None:
    """Print how well the matching finds the known answers in FILE.

    FILE is JSON: people with known mutual pairs, or texts with known topics.
    """
    from matchmaker.affinity.evaluation import (
        EvaluationError,
        evaluate_attendees,
        evaluate_needs,
    )
    from matchmaker.affinity.evaluation.ablation import ablate as find_ablation
    from matchmaker.affinity.evaluation.ablation import format_table

    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if ablate:
            click.echo(format_table(find_ablation(data, encoder=encoder)))
            return
        judge = evaluate_attendees if "attendees" in data else evaluate_needs
        found = judge(data, encoder=encoder)
    except (UnicodeDecodeError, json.JSONDecodeError, TypeError) as error:
        fail(f"{file} is not a JSON file of one of the two formats: {error}")
    except EvaluationError as error:
        fail(f"{file}: {error}")
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    for name, value in found.items():
        if isinstance(value, dict):
            told = "  ".join(f"{key} {_number(one)}" for key, one in value.items())
        else:
            told = _number(value)
        screen.print(f"{name:<24} {told}", markup=False)


def _number(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
