"""By which texts somebody's contacts may know whom they look for."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, Select, exists, select
from sqlalchemy.orm import Session

from matchmaker.people.ids import PersonId
from matchmaker.storage.tables import AttendeeRow, BlockRow, ContactRow, PersonRow


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """A text by which one of my contacts may know somebody; ``language`` is its writer's."""

    contact: PersonId
    text: str
    language: str


def list_bridges(
    session: Session, person: PersonId, *, apart: Collection[PersonId], most: int
) -> list[Bridge]:
    """Return by which texts a person's contacts may know somebody, the latest ``most`` of each.

    These are what contacts wrote under *I can introduce you to*, and what those contacts of
    theirs offer who agreed to be found this way: one step, never further. Whom the person knows
    already is left out, and whoever is to be kept ``apart`` from them.
    """
    mine = (
        select(ContactRow.other_id)
        .where(ContactRow.owner_id == person, ContactRow.other_id.is_not(None))
        .where(ContactRow.other_id.not_in(apart))
        .scalar_subquery()
    )
    return [
        Bridge(contact=PersonId(contact), text=text, language=language)
        for query in (_own_words(mine), _offers_behind(mine, person, apart))
        for contact, text, language in session.execute(
            query.where(
                AttendeeRow.removed_at.is_(None),
                AttendeeRow.confirmed_at.is_not(None),
                AttendeeRow.hidden_at.is_(None),
            )
            .order_by(AttendeeRow.id.desc())
            .limit(most)
        )
    ]


def _own_words(mine: ScalarSelect[int | None]) -> Select[int, str, str]:
    return (
        select(AttendeeRow.person_id, AttendeeRow.can_introduce, PersonRow.language)
        .join(PersonRow, PersonRow.id == AttendeeRow.person_id)
        .where(AttendeeRow.person_id.in_(mine), AttendeeRow.can_introduce != "")
    )


def _offers_behind(
    mine: ScalarSelect[int | None], person: PersonId, apart: Collection[PersonId]
) -> Select[int, str, str]:
    are_blocked = exists().where(
        BlockRow.blocker_id.in_((ContactRow.owner_id, ContactRow.other_id)),
        BlockRow.blocked_id.in_((ContactRow.owner_id, ContactRow.other_id)),
    )
    return (
        select(ContactRow.owner_id, AttendeeRow.offer, PersonRow.language)
        .join(PersonRow, PersonRow.id == ContactRow.other_id)
        .join(AttendeeRow, AttendeeRow.person_id == PersonRow.id)
        .where(
            ContactRow.owner_id.in_(mine),
            PersonRow.id != person,
            PersonRow.id.not_in(mine),
            PersonRow.id.not_in(apart),
            PersonRow.may_be_introduced,
            AttendeeRow.offer != "",
            ~are_blocked,
        )
    )
