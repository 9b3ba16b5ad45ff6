"""Events from the command line: create, list, import."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from matchmaker import event_setup
from matchmaker.cli.console import fail, progress, say_problems, screen
from matchmaker.cli.import_words import word_problem
from matchmaker.cli.opening import open_database
from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.documents.imported import ImportedFile
from matchmaker.event_setup import ImportCount
from matchmaker.people.event import LANGUAGES, Event
from matchmaker.people.ids import EventId
from matchmaker.people.reach import read_email
from matchmaker.people.refusals import NotFound
from matchmaker.settings import read_settings
from matchmaker.storage import events, presence
from matchmaker.storage.connect import Database
from matchmaker.storage.sign_in import OrganizerRole, get_or_add_organizer, set_part

_MOST_SHOWN = 50
_MOST_HOURS = 24 * 60


@click.group()
def event() -> None:
    """Create, list and fill events."""


@event.command()
@click.argument("slug")
@click.argument("name")
@click.option("--starts", required=True, help="Local time, as 2026-12-01T18:00.")
@click.option("--hours", default=4.0, show_default=True, help="How long it lasts.")
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Europe/Rome.")
@click.option("--country", default="", help="Two letters; completes phone numbers.")
@click.option("--venue", default="")
@click.option("--owner", default="", help="E-mail of the organizer who may read the report.")
@click.option("--wifi", default="", help="Name of the guest wifi, for the poster.")
@click.option("--wifi-password", default="")
@say_problems
def create(
    slug: str,
    name: str,
    starts: str,
    hours: float,
    time_zone: str,
    country: str,
    venue: str,
    owner: str,
    wifi: str,
    wifi_password: str,
) -> None:
    """Create the event SLUG (the short name in its address) called NAME."""
    if not abs(hours) <= _MOST_HOURS:
        fail(f"--hours must be a number up to {_MOST_HOURS}, not {hours}")
    draft = Event(
        id=EventId(0),
        slug=slug,
        name=name,
        starts_at=datetime.now(UTC),
        ends_at=datetime.now(UTC) + timedelta(hours=hours),
        time_zone=time_zone,
        venue=venue,
        country=country.upper()[:2],
        languages=LANGUAGES,
        wifi_name=wifi,
        wifi_password=wifi_password,
    )
    starts_at = _read_moment(starts, time_zone)
    owner = read_email(owner)
    timed = replace(draft, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))
    settings = read_settings()
    with open_database(settings) as database, database.writing() as session:
        now = datetime.now(UTC)
        created = event_setup.create_event(session, timed, now=now)
        if owner:
            who = get_or_add_organizer(session, owner, now=now)
            set_part(session, created.id, who.id, OrganizerRole.OWNER)
    screen.print(f"Created {name}: {settings.base_url}/e/{slug}", markup=False)
    if owner:
        screen.print(f"Its owner signs in with: matchmaker organizer link {owner}", markup=False)


@event.command("list")
@say_problems
def list_events() -> None:
    """List all events, the latest first."""
    with open_database(read_settings()) as database, database.reading() as session:
        found = events.list_events(session)
        for one in found:
            people = presence.count_presence(session, one.id)
            when = one.local(one.starts_at).strftime("%Y-%m-%d %H:%M")
            screen.print(
                f"{one.slug:<24} {when}  here {people['here']}, coming {people['coming']}"
                f"  {one.name}",
                markup=False,
            )
    if not found:
        screen.print("No events yet. Create one: matchmaker event create --help")


@event.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@say_problems
def import_people(slug: str, file: Path) -> None:
    """Import the people in FILE (CSV: ours, Eventbrite, pretix or Luma) into the event SLUG.

    Importing again updates. Imported people are shown to nobody until they have opened their
    link or agreed at the desk.
    """
    with open_database(read_settings()) as database:
        with database.reading() as session:
            found = events.find_event(session, slug)
        if found is None:
            raise NotFound
        import_file(database, found, file, quiet=False)


@event.command("invite")
@click.argument("slug")
@say_problems
def invite(slug: str) -> None:
    """Mail their private link to the imported people of SLUG who have not opened it yet."""
    settings = read_settings()
    if not settings.smtp_url or not settings.mail_from:
        fail("mail is off; set SMTP_URL and MAIL_FROM first")
    with open_database(settings) as database, database.writing() as session:
        found = events.find_event(session, slug)
        if found is None:
            raise NotFound
        count = event_setup.invite_unclaimed(session, found, now=datetime.now(UTC))
    screen.print(f"{count} mails wait for the worker, which sends them while `serve` runs.")


def import_file(database: Database, event: Event, file: Path, *, quiet: bool) -> None:
    """Import a file with progress; say what was wrong line by line, and go on."""
    read = read_attendees(file.read_bytes(), country=event.country)
    if read.refusal:
        fail(f"{file.name}: {word_problem(read.refusal)}")
    if not quiet:
        _say_problems(read)
    with database.reading() as session:
        rows = event_setup.find_known(session, event, read.rows)
    count = ImportCount()
    with progress("Importing", len(rows)) as step:
        for start in range(0, len(rows), event_setup.IMPORT_BATCH):
            batch = rows[start : start + event_setup.IMPORT_BATCH]
            with database.writing() as session:
                count += event_setup.import_rows(session, event, batch, now=datetime.now(UTC))
            step(len(batch))
    if not quiet:
        screen.print(f"{count.added} added, {count.updated} updated.")


def _say_problems(read: ImportedFile) -> None:
    for header, meaning in read.columns.items():
        screen.print(f"  column {header!r} is read as {meaning.value}", markup=False)
    if read.ignored:
        screen.print(f"  not read: {', '.join(read.ignored)}", markup=False)
    for problem in read.problems[:_MOST_SHOWN]:
        screen.print(f"  line {problem.line}: {word_problem(problem)}", markup=False)
    if len(read.problems) > _MOST_SHOWN:
        screen.print(f"  and {len(read.problems) - _MOST_SHOWN} more like these")


def _read_moment(text: str, time_zone: str) -> datetime:
    try:
        zone = ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        fail("the time zone must be a name such as Europe/Rome")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--starts must be a time such as 2026-12-01T18:00, not {text!r}")
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
