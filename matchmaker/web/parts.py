"""What every view works with: the settings, the database and the followed rooms of this app."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app

from matchmaker.settings import Settings
from matchmaker.storage.connect import Database, Session
from matchmaker.suggestions.follower import Follower


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts that ``create_app`` puts together."""

    settings: Settings
    database: Database
    follower: Follower


def parts() -> Parts:
    """Return the parts of the app that answers the present request."""
    found = current_app.extensions["matchmaker"]
    if not isinstance(found, Parts):
        raise TypeError("the app was not made by create_app")
    return found


def reading() -> AbstractContextManager[Session]:
    """Open a transaction that cannot write."""
    return parts().database.reading()


def writing() -> AbstractContextManager[Session]:
    """Open the one write transaction of a request; it is committed when the block ends."""
    return parts().database.writing()


def present() -> datetime:
    """Return the moment of now, in UTC."""
    return datetime.now(UTC)
