"""Organizers from the command line: who runs what, and their one-time links."""

from datetime import UTC, datetime

import click

from matchmaker import sign_in
from matchmaker.cli.console import fail, say_problems, screen
from matchmaker.cli.opening import open_database
from matchmaker.people.reach import read_email
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.settings import read_settings
from matchmaker.storage import events
from matchmaker.storage import sign_in as stored
from matchmaker.storage.sign_in import OrganizerRole


@click.group()
def organizer() -> None:
    """Let organizers and helpers in."""


@organizer.command()
@click.argument("email")
@click.option("--event", "slug", default="", help="Also give them a part in this event.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in OrganizerRole]),
    default=OrganizerRole.OWNER.value,
    show_default=True,
    help="An owner reads the report; a helper works the desk.",
)
@say_problems
def link(email: str, slug: str, role: str) -> None:
    """Print a link that signs EMAIL in as an organizer, once, within a day."""
    try:
        address = read_email(email)
    except InvalidField:
        fail(f"{email!r} is not an e-mail address")
    settings = read_settings()
    now = datetime.now(UTC)
    with open_database(settings) as database, database.writing() as session:
        if slug:
            found = events.find_event(session, slug)
            if found is None:
                raise NotFound
            who = stored.get_or_add_organizer(session, address, now=now)
            stored.set_part(session, found.id, who.id, OrganizerRole(role))
        known = stored.find_organizer(session, address)
        if known is None:
            fail(f"{address} runs no event yet; add --event SHORT-NAME to give them one")
        token = sign_in.make_organizer_link(session, known.id, now=now)
    screen.print(f"{settings.base_url}/o/in/{token}", markup=False)
