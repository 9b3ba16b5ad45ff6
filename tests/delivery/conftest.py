"""A server of ours that mails through a mail server on this machine."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures.databases import SQLITE
from fixtures.mailboxes import Mailbox
from fixtures.phones import BASE_URL

from matchmaker.settings import Settings


@pytest.fixture
def backend() -> str:
    """Mail is the same on both databases; their jobs are tested with the storage."""
    return SQLITE


@pytest.fixture
def now() -> datetime:
    """Mails are sent by the real clock."""
    return datetime.now(UTC)


@pytest.fixture
def web_settings(tmp_path: Path, database_url: str, mailbox: Mailbox) -> Settings:
    """Settings of a server that can mail."""
    return Settings(
        data_folder=tmp_path,
        database_url=database_url,
        base_url=BASE_URL,
        secret_key="only for tests: " + "x" * 32,
        encoder="light",
        warm_up=False,
        smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
        mail_from="Matchmaker <evening@example.org>",
    )
