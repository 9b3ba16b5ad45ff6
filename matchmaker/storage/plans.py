"""What the newest plan of an event was made from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId
from matchmaker.storage.tables import PlanRow


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the newest run of the matching was made from."""

    number: int
    revision: int
    encoder: str
    people: int
    made_at: datetime
    unanswered: tuple[AttendeeId, ...]


def add_plan(session: Session, event_id: EventId, plan: Plan) -> None:
    """Store what a plan was made from; older ones are forgotten."""
    session.execute(delete(PlanRow).where(PlanRow.event_id == event_id))
    session.add(
        PlanRow(
            event_id=event_id,
            number=plan.number,
            revision=plan.revision,
            encoder=plan.encoder,
            people=plan.people,
            made_at=plan.made_at,
            unanswered=list(plan.unanswered),
        )
    )
    session.flush()


def find_plan(session: Session, event_id: EventId) -> Plan | None:
    """Return what the newest plan was made from, or None before the first."""
    row = session.scalar(
        select(PlanRow).where(PlanRow.event_id == event_id).order_by(PlanRow.number.desc()).limit(1)
    )
    if row is None:
        return None
    return Plan(
        number=row.number,
        revision=row.revision,
        encoder=row.encoder,
        people=row.people,
        made_at=row.made_at,
        unanswered=tuple(AttendeeId(value) for value in row.unanswered),
    )
