"""The command line as somebody at a keyboard meets it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fixtures.commands import Command
from fixtures.databases import SQLITE

from matchmaker.cli.commands import run


@pytest.fixture
def backend() -> str:
    """Commands are thin: what lies below is tested on both databases."""
    return SQLITE


@pytest.fixture
def now() -> datetime:
    """Commands look at the real clock."""
    return datetime.now(UTC)


@pytest.fixture
def environment(tmp_path: Path, database_url: str) -> dict[str, str | None]:
    """What a well set up server has in its environment."""
    return {
        "MATCHMAKER_DATA_DIR": str(tmp_path / "data"),
        "MATCHMAKER_BASE_URL": "https://meet.example.org",
        "MATCHMAKER_ENCODER": "light",
        "MATCHMAKER_SECRET_KEY": None,
        "DATABASE_URL": database_url,
        "SMTP_URL": None,
        "MAIL_FROM": None,
        "COLUMNS": "200",
    }


@pytest.fixture
def matchmaker(environment: dict[str, str | None]) -> Command:
    """Runs a command; keyword arguments change the environment."""

    def command(*words: str | Path, **changed: str) -> Result:
        runner = CliRunner(env={**environment, **changed})
        return runner.invoke(run, [str(word) for word in words])

    return command
