"""All commands, and their help."""

import logging
import os
import sys

import click

from matchmaker import __version__
from matchmaker.affinity.shipped_files import check_files
from matchmaker.cli.bench import bench
from matchmaker.cli.console import say_problems, screen
from matchmaker.cli.demo import demo
from matchmaker.cli.doctor import doctor
from matchmaker.cli.evaluate import evaluate
from matchmaker.cli.event import event
from matchmaker.cli.opening import open_database
from matchmaker.cli.organizer import organizer
from matchmaker.cli.report import report
from matchmaker.cli.serve import serve, worker_command
from matchmaker.settings import read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(__version__, prog_name="matchmaker")
def run() -> None:
    """Mutually helpful pairings, QR business cards and match reports for networking events.

    To look around: matchmaker demo. For an event of your own: init-db, event create, event
    import, organizer link, serve.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@run.command("init-db")
@say_problems
def init_db() -> None:
    """Create the database's tables, or bring them up to this version."""
    settings = read_settings()
    with open_database(settings, make_tables=True):
        screen.print("The database is ready.")


@run.command("worker")
@say_problems
def worker() -> None:
    """Run the background worker alone (serve starts one by itself)."""
    read_settings()
    check_files()
    os.execv(sys.executable, worker_command())  # noqa: S606 - our own program


for command in (bench, demo, doctor, evaluate, event, organizer, report, serve):
    run.add_command(command)
