"""The organizer says where people can meet, and when the breaks are."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.people.event import Event
from matchmaker.people.refusals import InvalidField
from matchmaker.storage import events, programme

POINT_LIMIT: Final = 80
MOST_POINTS: Final = 30
MOST_BREAKS: Final = 30


def add_point(session: Session, event: Event, name: str) -> None:
    """Name a place for meeting; named again, it stays one.

    Raises
    ------
    InvalidField
        If it has no name, too long a one, or there are thirty already.
    """
    events.raise_revision(session, event.id)
    if not name:
        raise InvalidField("point", "missing")
    if len(name) > POINT_LIMIT:
        raise InvalidField("point", "too_long")
    known = programme.list_points(session, event.id)
    if name not in known and len(known) >= MOST_POINTS:
        raise InvalidField("point", "too_many")
    programme.add_point(session, event.id, name)


def remove_point(session: Session, event: Event, name: str) -> None:
    """Take a place for meeting away."""
    programme.remove_point(session, event.id, name)


def add_break(session: Session, event: Event, starts_at: datetime) -> None:
    """Say when a break begins.

    Raises
    ------
    InvalidField
        If that is not while the event runs, or there are thirty already.
    """
    events.raise_revision(session, event.id)
    if not event.starts_at <= starts_at < event.ends_at:
        raise InvalidField("starts_at", "outside_event")
    known = programme.list_breaks(session, event.id)
    if starts_at not in known and len(known) >= MOST_BREAKS:
        raise InvalidField("starts_at", "too_many")
    programme.add_break(session, event.id, starts_at)


def remove_break(session: Session, event: Event, starts_at: datetime) -> None:
    """Take a break away."""
    programme.remove_break(session, event.id, starts_at)
