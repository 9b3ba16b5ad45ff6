"""Events in the database, and the revision that orders all match-relevant writes."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.people.event import Event
from matchmaker.people.ids import EventId
from matchmaker.people.refusals import NotFound
from matchmaker.storage.tables import EventRow


def add_event(session: Session, event: Event, *, now: datetime) -> Event:
    """Store a new event (its id is ignored) and return it with its id."""
    row = EventRow(
        slug=event.slug,
        name=event.name,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        time_zone=event.time_zone,
        venue=event.venue,
        country=event.country,
        languages=",".join(event.languages),
        is_sample=event.is_sample,
        wifi_name=event.wifi_name,
        wifi_password=event.wifi_password,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return replace(event, id=EventId(row.id))


def find_event(session: Session, slug: str) -> Event | None:
    """Return the event of that slug, or None."""
    row = session.scalar(select(EventRow).where(EventRow.slug == slug))
    return _to_event(row) if row else None


def get_event(session: Session, event_id: EventId) -> Event:
    """Return the event, or raise NotFound."""
    row = session.get(EventRow, event_id)
    if row is None:
        raise NotFound
    return _to_event(row)


def list_events(session: Session) -> list[Event]:
    """Return all events, the latest first."""
    rows = session.scalars(select(EventRow).order_by(EventRow.starts_at.desc(), EventRow.id))
    return [_to_event(row) for row in rows]


def count_events(session: Session) -> int:
    """Return how many events there are."""
    return session.scalar(select(func.count()).select_from(EventRow)) or 0


def move_event(
    session: Session, event_id: EventId, *, starts_at: datetime, ends_at: datetime
) -> None:
    """Give an event other times."""
    session.execute(
        update(EventRow).where(EventRow.id == event_id).values(starts_at=starts_at, ends_at=ends_at)
    )


def raise_revision(session: Session, event_id: EventId) -> int:
    """Raise the event's revision and return it.

    Called first in every match-relevant write: the row lock it takes puts such writes in one
    order, so that a follower that reads "all rows since revision n" can never miss one.
    """
    revision = session.scalar(
        update(EventRow)
        .where(EventRow.id == event_id)
        .values(revision=EventRow.revision + 1)
        .returning(EventRow.revision)
    )
    if revision is None:
        raise NotFound
    return int(revision)


def take_plan_number(session: Session, event_id: EventId) -> int:
    """Raise the event's plan number and return it; later writers of plans wait for us."""
    number = session.scalar(
        update(EventRow)
        .where(EventRow.id == event_id)
        .values(plan_number=EventRow.plan_number + 1)
        .returning(EventRow.plan_number)
    )
    if number is None:
        raise NotFound
    return int(number)


def _to_event(row: EventRow) -> Event:
    return Event(
        id=EventId(row.id),
        slug=row.slug,
        name=row.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.time_zone,
        venue=row.venue,
        country=row.country,
        languages=tuple(row.languages.split(",")) if row.languages else (),
        is_sample=row.is_sample,
        wifi_name=row.wifi_name,
        wifi_password=row.wifi_password,
        revision=row.revision,
        plan_number=row.plan_number,
    )
