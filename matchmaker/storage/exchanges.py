"""Exchanges: which two swapped cards, when, and whether they undid it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.exchange import Exchange
from matchmaker.people.ids import EventId, PersonId, PublicId
from matchmaker.storage.tables import ContactRow, ExchangeRow


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A card of mine that somebody scanned, of which I have not seen yet; ``contact`` is mine."""

    contact: PublicId
    scanner: PersonId
    name: str


def find_exchange(session: Session, one: PersonId, other: PersonId) -> Exchange | None:
    """Return the exchange of a pair, undone or not, or None."""
    row = session.scalar(_pair(one, other).execution_options(populate_existing=True))
    return _to_exchange(row) if row else None


def save_exchange(session: Session, exchange: Exchange) -> None:
    """Store the exchange of a pair; there is one for each pair, the latest."""
    row = session.scalar(_pair(exchange.low, exchange.high))
    if row is None:
        row = ExchangeRow(low_id=exchange.low, high_id=exchange.high)
        session.add(row)
    row.event_id = exchange.event_id
    row.scanner_id = exchange.scanner
    row.client_key = exchange.keys or None
    row.at = exchange.at
    row.told_at = exchange.told_at
    row.undone_at = exchange.undone_at
    session.flush()


def list_exchange_moments(session: Session, event_id: EventId) -> list[datetime]:
    """Return when cards were swapped at an event: moments only, never who."""
    return list(
        session.scalars(
            select(ExchangeRow.at)
            .where(ExchangeRow.event_id == event_id, ExchangeRow.undone_at.is_(None))
            .order_by(ExchangeRow.at)
        )
    )


def list_exchanged_pairs(session: Session, event_id: EventId) -> set[tuple[PersonId, PersonId]]:
    """Return the pairs that swapped cards at an event, smaller id first (for the matching)."""
    rows = session.execute(
        select(ExchangeRow.low_id, ExchangeRow.high_id).where(
            ExchangeRow.event_id == event_id, ExchangeRow.undone_at.is_(None)
        )
    )
    return {(PersonId(low), PersonId(high)) for low, high in rows}


def list_untold(session: Session, person: PersonId) -> list[Untold]:
    """Return who scanned a person's card without that person's having seen of it, latest first."""
    # By way of the person's own contacts: that way each look-up is by the pair, which is indexed.
    found = [
        row
        for mine, theirs in (
            (ExchangeRow.low_id, ExchangeRow.high_id),
            (ExchangeRow.high_id, ExchangeRow.low_id),
        )
        for row in session.execute(
            select(ExchangeRow.at, ContactRow.public_id, theirs, ContactRow.fields)
            .join(ContactRow, (mine == ContactRow.owner_id) & (theirs == ContactRow.other_id))
            .where(
                ContactRow.owner_id == person,
                ExchangeRow.scanner_id == ContactRow.other_id,
                ExchangeRow.told_at.is_(None),
                ExchangeRow.undone_at.is_(None),
            )
        )
    ]
    found.sort(key=lambda row: row.at, reverse=True)
    return [
        Untold(
            contact=PublicId(contact),
            scanner=PersonId(scanner),
            name=CardFields.from_dict(fields).name,
        )
        for _at, contact, scanner, fields in found
    ]


def mark_told(session: Session, one: PersonId, other: PersonId, *, now: datetime) -> None:
    """Note that the one whose card was scanned saw of it."""
    low, high = sorted((one, other))
    session.execute(
        update(ExchangeRow)
        .where(
            ExchangeRow.low_id == low, ExchangeRow.high_id == high, ExchangeRow.told_at.is_(None)
        )
        .values(told_at=now)
    )


def remove_everything_of(session: Session, person: PersonId) -> None:
    """Delete every exchange of a person."""
    session.execute(
        delete(ExchangeRow).where((ExchangeRow.low_id == person) | (ExchangeRow.high_id == person))
    )


def _pair(one: PersonId, other: PersonId) -> Select[ExchangeRow]:
    low, high = sorted((one, other))
    return select(ExchangeRow).where(ExchangeRow.low_id == low, ExchangeRow.high_id == high)


def _to_exchange(row: ExchangeRow) -> Exchange:
    return Exchange(
        low=PersonId(row.low_id),
        high=PersonId(row.high_id),
        at=row.at,
        event_id=EventId(row.event_id) if row.event_id is not None else None,
        scanner=PersonId(row.scanner_id) if row.scanner_id is not None else None,
        keys=row.client_key or "",
        told_at=row.told_at,
        undone_at=row.undone_at,
    )
