"""The demo: a sample evening on this machine, in one command."""

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from matchmaker import event_setup, sign_in
from matchmaker.affinity.shipped_files import check_files
from matchmaker.cards.qr import qr_terminal
from matchmaker.cli.console import say_problems, screen
from matchmaker.cli.event import import_file
from matchmaker.cli.opening import open_database
from matchmaker.cli.serve import (
    EVERYWHERE,
    environment_of,
    find_local_url,
    listen,
    supervise,
    worker_command,
)
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.settings import Settings, find_shipped, read_settings
from matchmaker.storage import attendees, events, jobs, suggestions
from matchmaker.storage.connect import Database, Session
from matchmaker.storage.sign_in import OrganizerRole, get_or_add_organizer, set_part

_ORGANIZER = "organizer@example.org"


@dataclass(frozen=True, kw_only=True)
class _Links:
    join: str
    attendee: str
    attendee_name: str
    report: str
    poster: str


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 lets phones in the same network in.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    default=Path("matchmaker-data"),
    show_default=True,
    help="Where the demo keeps its database.",
)
@say_problems
def demo(host: str, port: int, data_dir: Path) -> None:
    """Set up a sample evening with 60 made-up people and serve it.

    Started again on the same data directory it goes on where it stopped.
    """
    settings = read_settings(
        {**os.environ, "MATCHMAKER_DATA_DIR": str(data_dir), "DATABASE_URL": ""}
        | {"MATCHMAKER_BASE_URL": find_local_url(host, port)}
    )
    check_files()
    listener = listen(host, port)
    with open_database(settings, make_tables=True) as database:
        event = _prepare(database)
        _plan(database, settings)
        links = _make_links(database, settings, event)
    _print_links(links, settings, for_phones=host in EVERYWHERE)
    raise SystemExit(supervise(settings, listener))


def _prepare(database: Database) -> Event:
    now = datetime.now(UTC)
    with database.writing() as session:
        known = events.find_event(session, event_setup.SAMPLE_SLUG)
        if known:
            return event_setup.keep_sample_open(session, known, now=now)
        sample = event_setup.sample_event("Sample evening", now=now)
        return event_setup.create_event(session, sample, now=now)


def _plan(database: Database, settings: Settings) -> None:
    """Load the sample people where they are missing, and work out the first suggestions."""
    now = datetime.now(UTC)
    with database.reading() as session:
        event = events.find_event(session, event_setup.SAMPLE_SLUG)
        is_empty = event is not None and not attendees.list_attendees(session, event.id)
    if event is not None and is_empty:
        import_file(database, event, find_shipped("data") / "sample_event.csv", quiet=True)
    with database.writing() as session:
        if event is not None:
            jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    with screen.status("Working out who should meet whom …"):
        subprocess.run(  # noqa: S603 - our own program
            worker_command("--until-idle"), env=environment_of(settings), check=False
        )


def _make_links(database: Database, settings: Settings, event: Event) -> _Links:
    now = datetime.now(UTC)
    with database.writing() as session:
        who = get_or_add_organizer(session, _ORGANIZER, now=now)
        set_part(session, event.id, who.id, OrganizerRole.OWNER)
        report = sign_in.make_organizer_link(session, who.id, now=now)
        poster = sign_in.make_organizer_link(session, who.id, now=now)
        attendee = _choose_attendee(session, event)
    base = settings.base_url
    key = sign_in.private_key(attendee.person, settings.secret_key)
    return _Links(
        join=f"{base}/e/{event.slug}",
        attendee=f"{base}/in/{key}",
        attendee_name=attendee.name,
        report=f"{base}/o/in/{report}?next=/o/e/{event.slug}",
        poster=f"{base}/o/in/{poster}?next=/o/e/{event.slug}/poster",
    )


def _choose_attendee(session: Session, event: Event) -> Attendee:
    """Return somebody whom the pages, which speak English, show at their best."""
    everybody = attendees.list_attendees(session, event.id)
    places = suggestions.list_places(session, event.id)
    best = {p.pairing.to: p.pairing.score for p in reversed(places) if p.pairing.is_mutual}
    writers = [a for a in everybody if a.person.language == "en"] or everybody
    return max(writers, key=lambda a: (best.get(a.id, 0.0), -a.id))


def _print_links(links: _Links, settings: Settings, *, for_phones: bool) -> None:
    screen.print()
    screen.print("[bold]The sample evening is open.[/bold] Everybody in it is made up.")
    screen.print()
    for label, url in (
        ("Join", links.join),
        (f"Be {links.attendee_name}", links.attendee),
        ("Organizer's report", links.report),
        ("Poster", links.poster),
    ):
        screen.print(f"  {label:<20} {url}", markup=False)
    screen.print()
    if for_phones:
        screen.print(qr_terminal(links.join), markup=False)
        screen.print(f"Phones in the same network open {links.join}", markup=False)
        screen.print(
            "If they can't reach it: guest wifi often keeps devices apart; use a phone's hotspot."
        )
    else:
        screen.print("For phones in the same network, start it with --host 0.0.0.0.")
    screen.print(f"Data is kept in {settings.data_folder}. Ctrl-C stops.", markup=False)
    # Where the output goes to a file or a pipe it would wait there until the very end.
    screen.file.flush()
