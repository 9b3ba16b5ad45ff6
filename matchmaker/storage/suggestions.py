"""The places on people's lists, and what became of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, exists, func, select, tuple_, update
from sqlalchemy.orm import Session

from matchmaker.people.ids import AttendeeId, EventId
from matchmaker.people.suggestion import Bridge, Pairing
from matchmaker.storage.tables import InvitationRow, SuggestionRow

_IN_ORDER: Final = (SuggestionRow.to_id, SuggestionRow.score.desc(), SuggestionRow.about_id)
_AT_ONCE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place on one list: the pairing, its reasons, and what became of it."""

    pairing: Pairing
    reasons: dict[str, Any]
    placed_at: datetime
    seen_at: datetime | None = None
    met_at: datetime | None = None
    dismissed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the two to meet."""
        return self.met_at is None and self.dismissed_at is None


def list_places(session: Session, event_id: EventId) -> list[Place]:
    """Return every place of an event, best first on each list, without what is marked and quoted.

    Of the reasons only the digest of the texts they speak of is read: of thousands of places
    they are most of the weight. ``list_reasons`` reads those of some.
    """
    row = SuggestionRow
    found = session.execute(
        select(
            row.to_id, row.about_id, row.score, row.give, row.get, row.shares_language,
            row.provisional, row.bridge, row.placed_at, row.seen_at, row.met_at, row.dismissed_at,
            row.reasons["texts"].as_string().label("texts"),
        )
        .where(row.event_id == event_id)
        .order_by(*_IN_ORDER)
    )  # fmt: skip
    return [_to_place(one, {"texts": one.texts} if one.texts else {}) for one in found]


def list_reasons(
    session: Session, pairs: Collection[tuple[AttendeeId, AttendeeId]]
) -> dict[tuple[AttendeeId, AttendeeId], dict[str, Any]]:
    """Return the reasons of some places, by (list, person)."""
    chosen = list(pairs)
    found: dict[tuple[AttendeeId, AttendeeId], dict[str, Any]] = {}
    for start in range(0, len(chosen), _AT_ONCE):
        key = tuple_(SuggestionRow.to_id, SuggestionRow.about_id)
        rows = session.execute(
            select(SuggestionRow.to_id, SuggestionRow.about_id, SuggestionRow.reasons).where(
                key.in_(chosen[start : start + _AT_ONCE])
            )
        )
        found |= {(AttendeeId(to), AttendeeId(about)): reasons for to, about, reasons in rows}
    return found


def list_places_of(session: Session, to: AttendeeId) -> list[Place]:
    """Return the places on one attendee's list: seen ones in their order, then new, best first."""
    return _places(session, SuggestionRow.to_id == to)


def find_place(session: Session, to: AttendeeId, about: AttendeeId) -> Place | None:
    """Return that place on that list, or None."""
    row = session.get(SuggestionRow, (to, about), populate_existing=True)
    return _to_place(row, row.reasons) if row else None


def add_places(session: Session, event_id: EventId, places: Iterable[Place]) -> None:
    """Put people on lists; each pair of list and person at most once."""
    session.add_all(
        SuggestionRow(
            to_id=place.pairing.to,
            about_id=place.pairing.about,
            event_id=event_id,
            score=place.pairing.score,
            give=place.pairing.give,
            get=place.pairing.get,
            shares_language=place.pairing.shares_language,
            provisional=place.pairing.provisional,
            bridge=place.pairing.bridge.value,
            reasons=place.reasons,
            placed_at=place.placed_at,
            seen_at=place.seen_at,
            met_at=place.met_at,
            dismissed_at=place.dismissed_at,
        )
        for place in places
    )
    session.flush()


def save_scores(session: Session, place: Place) -> None:
    """Store the newest scores and reasons of a place that stays."""
    _change(
        session,
        place.pairing.to,
        place.pairing.about,
        score=place.pairing.score,
        give=place.pairing.give,
        get=place.pairing.get,
        shares_language=place.pairing.shares_language,
        provisional=place.pairing.provisional,
        bridge=place.pairing.bridge.value,
        reasons=place.reasons,
    )


def remove_unseen_places(
    session: Session, pairs: Collection[tuple[AttendeeId, AttendeeId]]
) -> None:
    """Take (list, person) pairs off lists on which they were not seen yet."""
    chosen = list(pairs)
    for start in range(0, len(chosen), _AT_ONCE):
        session.execute(
            delete(SuggestionRow).where(
                tuple_(SuggestionRow.to_id, SuggestionRow.about_id).in_(
                    chosen[start : start + _AT_ONCE]
                ),
                SuggestionRow.seen_at.is_(None),
                SuggestionRow.met_at.is_(None),
                SuggestionRow.dismissed_at.is_(None),
            )
        )


def remove_pair(session: Session, one: AttendeeId, other: AttendeeId) -> None:
    """Take two attendees off each other's lists, whatever became of it."""
    session.execute(
        delete(SuggestionRow).where(
            SuggestionRow.to_id.in_((one, other)), SuggestionRow.about_id.in_((one, other))
        )
    )


def mark_seen(
    session: Session, to: AttendeeId, abouts: Collection[AttendeeId], *, now: datetime
) -> None:
    """Note that somebody looked at their list: what stood there keeps its place."""
    session.execute(
        update(SuggestionRow)
        .where(
            SuggestionRow.to_id == to,
            SuggestionRow.about_id.in_(abouts),
            SuggestionRow.seen_at.is_(None),
        )
        .values(seen_at=now)
    )


def set_met(session: Session, to: AttendeeId, about: AttendeeId, *, at: datetime | None) -> None:
    """Note on one list that the two met, or (None) that they did not after all."""
    _change(session, to, about, met_at=at)


def set_dismissed(
    session: Session, to: AttendeeId, about: AttendeeId, *, at: datetime | None
) -> None:
    """Take somebody off one list for good, or (None) put them back."""
    _change(session, to, about, dismissed_at=at)


def count_holding(session: Session, abouts: Collection[AttendeeId]) -> dict[AttendeeId, int]:
    """Return how many lists hold each of these attendees now; who is on none is left out."""
    rows = session.execute(
        select(SuggestionRow.about_id, func.count())
        .where(
            SuggestionRow.about_id.in_(abouts),
            SuggestionRow.met_at.is_(None),
            SuggestionRow.dismissed_at.is_(None),
        )
        .group_by(SuggestionRow.about_id)
    )
    return {AttendeeId(about): count for about, count in rows}


def find_weakest_unseen(
    session: Session, abouts: Collection[AttendeeId]
) -> dict[AttendeeId, Pairing]:
    """Return of each attendee the weakest place that its reader has not seen and nobody asked for.

    Who stands only where they were seen or asked for is left out.
    """
    asked = exists().where(
        InvitationRow.from_id.in_((SuggestionRow.to_id, SuggestionRow.about_id)),
        InvitationRow.to_id.in_((SuggestionRow.to_id, SuggestionRow.about_id)),
        InvitationRow.withdrawn_at.is_(None),
    )
    rows = session.scalars(
        select(SuggestionRow)
        .where(
            SuggestionRow.about_id.in_(abouts),
            SuggestionRow.seen_at.is_(None),
            SuggestionRow.met_at.is_(None),
            SuggestionRow.dismissed_at.is_(None),
            ~asked,
        )
        .order_by(SuggestionRow.score.desc(), SuggestionRow.to_id)
    )
    # The last one of each stays in the dictionary.
    return {AttendeeId(row.about_id): _to_place(row, row.reasons).pairing for row in rows}


def remove_everything_of(session: Session, attendee: AttendeeId) -> None:
    """Take an attendee off all lists, and away their own list."""
    session.execute(
        delete(SuggestionRow).where(
            (SuggestionRow.to_id == attendee) | (SuggestionRow.about_id == attendee)
        )
    )


def _change(session: Session, to: AttendeeId, about: AttendeeId, **values: Any) -> None:
    session.execute(
        update(SuggestionRow)
        .where(SuggestionRow.to_id == to, SuggestionRow.about_id == about)
        .values(**values)
    )


def _places(session: Session, condition: Any) -> list[Place]:
    rows = session.scalars(select(SuggestionRow).where(condition).order_by(*_IN_ORDER))
    return [_to_place(row, row.reasons) for row in rows]


def _to_place(row: Any, reasons: dict[str, Any]) -> Place:
    return Place(
        pairing=Pairing(
            to=AttendeeId(row.to_id),
            about=AttendeeId(row.about_id),
            score=row.score,
            give=row.give,
            get=row.get,
            shares_language=row.shares_language,
            provisional=row.provisional,
            bridge=Bridge(row.bridge),
        ),
        reasons=reasons,
        placed_at=row.placed_at,
        seen_at=row.seen_at,
        met_at=row.met_at,
        dismissed_at=row.dismissed_at,
    )
