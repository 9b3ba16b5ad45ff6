"""The match report on the command line."""

import json
from datetime import UTC, datetime
from typing import Any

import click
from rich.table import Table

from matchmaker import match_report
from matchmaker.cli.console import say_problems, screen
from matchmaker.cli.opening import open_database
from matchmaker.match_report import Report, ReportedPair
from matchmaker.people.bands import Band
from matchmaker.people.refusals import NotFound
from matchmaker.settings import read_settings
from matchmaker.storage import events


@click.command()
@click.argument("slug", metavar="EVENT")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@say_problems
def report(slug: str, as_json: bool) -> None:
    """Print the match report of EVENT: pairings, who is left out, needs nobody answers."""
    with open_database(read_settings()) as database, database.reading() as session:
        found = events.find_event(session, slug)
        if found is None:
            raise NotFound
        made = match_report.make_report(session, found, now=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(_as_json(made), ensure_ascii=False, indent=2))
    else:
        _print(made)


def _print(made: Report) -> None:
    screen.print(f"[bold]{made.event.name}[/bold]")
    screen.print(
        f"{made.total.here} here, {made.total.coming} coming, "
        f"{made.unconfirmed} imported and not confirmed yet, {made.hidden} hidden; "
        f"{made.exchange_count} cards exchanged"
    )
    table = Table("strength", "who", "whom", "helps both")
    for pair in made.pairs:
        both = "yes" if pair.pairing.is_mutual else ""
        table.add_row(pair.pairing.band.value, pair.one.name, pair.other.name, both)
    screen.print(table)
    for label, names in (
        ("Nobody to meet yet", [a.name for a in made.nobody_to_meet]),
        ("Needs nobody here answers", [f"{a.name}: {a.need}" for a in made.unanswered]),
    ):
        screen.print(f"[bold]{label}[/bold]: {len(names)}")
        for name in names:
            screen.print(f"  {name}", markup=False)


def _as_json(made: Report) -> dict[str, Any]:
    return {
        "event": made.event.slug,
        "plan": made.plan.number if made.plan else None,
        "encoder": made.plan.encoder if made.plan else None,
        "here": made.total.here,
        "coming": made.total.coming,
        "unconfirmed": made.unconfirmed,
        "hidden": made.hidden,
        "by_language": {
            k: {"here": v.here, "coming": v.coming} for k, v in made.by_language.items()
        },
        "pairings": [_pair_as_json(pair) for pair in made.pairs],
        "nobody_to_meet": [a.name for a in made.nobody_to_meet],
        "most_shown": [{"name": s.attendee.name, "lists": s.lists} for s in made.most_shown],
        "least_shown": [{"name": s.attendee.name, "lists": s.lists} for s in made.least_shown],
        "exchanges": [{"from": at.isoformat(), "count": n} for at, n in made.exchanges],
        "unanswered": [{"name": a.name, "need": a.need} for a in made.unanswered],
    }


def _pair_as_json(pair: ReportedPair) -> dict[str, Any]:
    gives, returns = pair.one_gives, pair.other_gives
    return {
        "who": pair.one.name,
        "whom": pair.other.name,
        "strength": pair.pairing.band.value,
        "mutual": pair.pairing.is_mutual,
        "both_here": pair.both_here,
        "who_gives": gives.offer.text if gives.band is not Band.NONE else None,
        "whom_gives": returns.offer.text if returns.band is not Band.NONE else None,
    }
