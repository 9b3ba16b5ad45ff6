"""What people said they would do for their contacts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import ContactId, PublicId, make_public_id
from matchmaker.people.promise import Promise
from matchmaker.storage.tables import PromiseRow


def list_promises(
    session: Session, contact_ids: Iterable[ContactId]
) -> dict[ContactId, tuple[Promise, ...]]:
    """Return the promises on these contacts, kept and dropped ones too, the oldest first."""
    found: dict[ContactId, tuple[Promise, ...]] = {}
    query = select(PromiseRow).where(PromiseRow.contact_id.in_(list(contact_ids)))
    for row in session.scalars(query.order_by(PromiseRow.id)):
        contact_id = ContactId(row.contact_id)
        found[contact_id] = (*found.get(contact_id, ()), _to_promise(row))
    return found


def find_promise(session: Session, contact_id: ContactId, public_id: str) -> Promise | None:
    """Return the promise of that public id on a contact, or None."""
    row = session.scalar(
        select(PromiseRow).where(
            PromiseRow.contact_id == contact_id, PromiseRow.public_id == public_id
        )
    )
    return _to_promise(row) if row else None


def add_promise(session: Session, contact_id: ContactId, promise: Promise) -> None:
    """Store a new promise on a contact."""
    session.add(
        PromiseRow(
            public_id=promise.public_id,
            contact_id=contact_id,
            text=promise.text,
            made_at=promise.made_at,
            due_on=promise.due_on,
        )
    )
    session.flush()


def save_promise(session: Session, promise: Promise) -> None:
    """Store what changed about a promise."""
    session.execute(
        update(PromiseRow)
        .where(PromiseRow.public_id == promise.public_id)
        .values(
            text=promise.text,
            due_on=promise.due_on,
            kept_at=promise.kept_at,
            dropped_at=promise.dropped_at,
        )
    )


def save_line(session: Session, contact_id: ContactId, text: str, *, now: datetime) -> None:
    """Store the one line that is written when cards are exchanged; an empty text takes it back.

    It is the first promise that is still open; its day stays.
    """
    row = session.scalar(
        select(PromiseRow)
        .where(
            PromiseRow.contact_id == contact_id,
            PromiseRow.kept_at.is_(None),
            PromiseRow.dropped_at.is_(None),
        )
        .order_by(PromiseRow.id)
        .limit(1)
    )
    if row is None and text:
        add_promise(
            session, contact_id, Promise(public_id=make_public_id(), text=text, made_at=now)
        )
    elif row is not None and text:
        row.text = text
    elif row is not None:
        session.delete(row)
    session.flush()


def _to_promise(row: PromiseRow) -> Promise:
    return Promise(
        public_id=PublicId(row.public_id),
        text=row.text,
        made_at=row.made_at,
        due_on=row.due_on,
        kept_at=row.kept_at,
        dropped_at=row.dropped_at,
    )
