"""Exchanges and the contacts they leave."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.ids import ContactId, EventId, PersonId, PublicId, make_public_id
from matchmaker.storage.tables import ContactRow, ExchangeRow, PromiseRow


def add_exchange(
    session: Session, one: PersonId, other: PersonId, *, event_id: EventId | None, at: datetime
) -> bool:
    """Note that two cards were swapped; return whether it was the first time for this pair."""
    low, high = sorted((one, other))
    known = session.scalar(
        select(ExchangeRow.id).where(ExchangeRow.low_id == low, ExchangeRow.high_id == high)
    )
    if known is not None:
        return False
    session.add(ExchangeRow(event_id=event_id, low_id=low, high_id=high, at=at))
    session.flush()
    return True


def list_exchange_moments(session: Session, event_id: EventId) -> list[datetime]:
    """Return when cards were swapped at an event: moments only, never who."""
    return list(
        session.scalars(
            select(ExchangeRow.at).where(ExchangeRow.event_id == event_id).order_by(ExchangeRow.at)
        )
    )


def list_exchanged_pairs(session: Session, event_id: EventId) -> set[tuple[PersonId, PersonId]]:
    """Return the pairs that swapped cards at an event, smaller id first (for the matching)."""
    rows = session.execute(
        select(ExchangeRow.low_id, ExchangeRow.high_id).where(ExchangeRow.event_id == event_id)
    )
    return {(PersonId(low), PersonId(high)) for low, high in rows}


def add_contact(
    session: Session, contact: Contact, *, event_id: EventId | None, client_key: str | None = None
) -> Contact:
    """Store a new contact (its id is ignored) and return it with its id."""
    row = ContactRow(
        public_id=contact.public_id,
        owner_id=contact.owner,
        other_id=contact.other,
        event_id=event_id,
        fields=contact.fields.to_dict(),
        met_at=contact.met_at,
        event_name=contact.event_name,
        event_slug=contact.event_slug,
        note=contact.note,
        could_give=contact.could_give,
        could_get=contact.could_get,
        client_key=client_key,
    )
    session.add(row)
    session.flush()
    return replace(contact, id=ContactId(row.id))


def save_note(session: Session, contact_id: ContactId, note: str) -> None:
    """Store what the owner wrote about a contact."""
    session.execute(update(ContactRow).where(ContactRow.id == contact_id).values(note=note))


def save_promise(session: Session, contact_id: ContactId, text: str, *, now: datetime) -> None:
    """Store the one line the owner said they would send; an empty text takes it back."""
    row = session.scalar(
        select(PromiseRow).where(PromiseRow.contact_id == contact_id).order_by(PromiseRow.id)
    )
    if row is None and text:
        session.add(
            PromiseRow(public_id=make_public_id(), contact_id=contact_id, text=text, made_at=now)
        )
    elif row is not None and text:
        row.text = text
    elif row is not None:
        session.delete(row)
    session.flush()


def save_fields(session: Session, owner: PersonId, other: PersonId, fields: CardFields) -> None:
    """Bring a contact up to what the giver shows now."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.owner_id == owner, ContactRow.other_id == other)
        .values(fields=fields.to_dict())
    )


def find_contact(session: Session, owner: PersonId, public_id: str) -> Contact | None:
    """Return the owner's contact of that public id, or None."""
    return _one(session, _query(owner).where(ContactRow.public_id == public_id))


def find_contact_with(session: Session, owner: PersonId, other: PersonId) -> Contact | None:
    """Return the owner's contact with that person, or None."""
    return _one(session, _query(owner).where(ContactRow.other_id == other))


def find_contact_by_key(session: Session, owner: PersonId, client_key: str) -> Contact | None:
    """Return the contact that was left with that key of its form, or None."""
    return _one(session, _query(owner).where(ContactRow.client_key == client_key))


def list_contacts(session: Session, owner: PersonId) -> list[Contact]:
    """Return all contacts of a person, the latest first."""
    query = _query(owner).order_by(ContactRow.met_at.desc(), ContactRow.id.desc())
    return [_to_contact(row, promise) for row, promise in session.execute(query)]


def remove_contact(session: Session, contact_id: ContactId) -> None:
    """Delete one contact and its promise."""
    row = session.get(ContactRow, contact_id)
    if row is not None:
        session.delete(row)
        session.flush()


def remove_everything_of(session: Session, person: PersonId, *, take_cards_back: bool) -> None:
    """Delete a person's own contacts and cut them out of other people's.

    With ``take_cards_back`` the cards they gave go too.
    """
    session.execute(delete(ContactRow).where(ContactRow.owner_id == person))
    given = ContactRow.other_id == person
    if take_cards_back:
        session.execute(delete(ContactRow).where(given))
    else:
        session.execute(update(ContactRow).where(given).values(other_id=None))
    session.execute(
        delete(ExchangeRow).where((ExchangeRow.low_id == person) | (ExchangeRow.high_id == person))
    )


def _query(owner: PersonId) -> Select[ContactRow, str]:
    first_promise = (
        select(PromiseRow.text)
        .where(PromiseRow.contact_id == ContactRow.id)
        .order_by(PromiseRow.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(ContactRow, func.coalesce(first_promise, "")).where(ContactRow.owner_id == owner)


def _one(session: Session, query: Select[ContactRow, str]) -> Contact | None:
    found = session.execute(query.limit(1)).first()
    return _to_contact(found[0], found[1]) if found else None


def _to_contact(row: ContactRow, promise: str) -> Contact:
    return Contact(
        id=ContactId(row.id),
        public_id=PublicId(row.public_id),
        owner=PersonId(row.owner_id),
        other=PersonId(row.other_id) if row.other_id is not None else None,
        fields=CardFields.from_dict(row.fields),
        met_at=row.met_at,
        event_name=row.event_name,
        event_slug=row.event_slug,
        note=row.note,
        promise=promise,
        could_give=row.could_give,
        could_get=row.could_get,
    )
