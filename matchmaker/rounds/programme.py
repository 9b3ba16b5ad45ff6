"""The organizer's side: planning rounds and calling them off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.event import Event
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.people.seating import (
    MOST_ROUNDS,
    ROUND_MINUTES,
    Round,
    RoundState,
    plan_rounds,
)
from matchmaker.storage import events, jobs, rounds

SEAT = "seat"
"""Work of drawing up the tables of a round."""


@dataclass(frozen=True, kw_only=True)
class RoundsForm:
    """How many rounds, from when, how long; ``pause`` is the walk between two, in minutes."""

    count: int
    starts_at: datetime
    minutes: int
    pause: int
    table_size: int = 2


def schedule_rounds(
    session: Session, event: Event, form: RoundsForm, *, now: datetime
) -> list[Round]:
    """Plan rounds one after another and return them; each gets its tables shortly before.

    Raises
    ------
    InvalidField
        If a number makes no sense, they would begin in the past or end after the event, or run
        into rounds that are planned already.
    """
    _check(form, event, now)
    # Two organizers who plan at the same moment stand in line.
    events.raise_revision(session, event.id)
    planned = plan_rounds(
        event.id,
        after=rounds.find_last_number(session, event.id),
        count=form.count,
        starts_at=form.starts_at,
        minutes=form.minutes,
        pause=form.pause,
        table_size=form.table_size,
    )
    if planned[-1].ends_at > event.ends_at:
        raise InvalidField("count", "after_the_end")
    standing = [r for r in rounds.list_rounds(session, event.id) if r.cancelled_at is None]
    if any(_overlap(one, other) for one in planned for other in standing):
        raise InvalidField("starts_at", "taken")
    added = [rounds.add_round(session, one) for one in planned]
    for one in added:
        jobs.add_job(
            session,
            SEAT,
            now=now,
            event_id=event.id,
            payload={"round": one.number},
            run_after=max(now, one.called_at),
        )
    return added


def cancel_round(session: Session, event: Event, number: int, *, now: datetime) -> None:
    """Call off a round that is not over.

    Raises
    ------
    NotFound
        If there is no such round, or it is over.
    """
    found = rounds.find_round(session, event.id, number)
    if found is None or found.state(now) in {RoundState.OVER, RoundState.CANCELLED}:
        raise NotFound
    rounds.cancel_round(session, found.id, now=now)


def _check(form: RoundsForm, event: Event, now: datetime) -> None:
    if not 1 <= form.count <= MOST_ROUNDS:
        raise InvalidField("count", "out_of_range")
    if form.minutes not in ROUND_MINUTES:
        raise InvalidField("minutes", "out_of_range")
    if not 1 <= form.pause <= 60:
        raise InvalidField("pause", "out_of_range")
    if form.table_size not in (2, 3):
        raise InvalidField("table_size", "out_of_range")
    if form.starts_at < now:
        raise InvalidField("starts_at", "past")
    if not event.starts_at <= form.starts_at < event.ends_at:
        raise InvalidField("starts_at", "outside")


def _overlap(one: Round, other: Round) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
