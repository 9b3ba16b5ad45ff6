"""Both sides of my card: what stands on them, and which of it shows."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.card import CardFields
from matchmaker.people.person import Person
from matchmaker.storage import attendees, events, jobs, people


@dataclass(frozen=True, kw_only=True)
class CardForm:
    """What a person typed about themselves; already cleaned. The photo is kept apart."""

    business: CardFields
    personal: CardFields
    hidden_business: frozenset[str]
    hidden_personal: frozenset[str]
    badge_is_enough: bool


def apply_card(person: Person, form: CardForm) -> Person:
    """Return a person as they would be with this card; nothing is stored."""
    return replace(
        person,
        business=_written_over(person.business, form.business),
        personal=_written_over(person.personal, form.personal),
        hidden_business=form.hidden_business,
        hidden_personal=form.hidden_personal,
        badge_is_enough=form.badge_is_enough,
    )


def save_card(session: Session, person: Person, form: CardForm, *, now: datetime) -> Person:
    """Store a person's card and return them anew; it holds at all their events."""
    changed = apply_card(person, form)
    if changed.business.organization != person.business.organization:
        _tell_matching(session, changed, now=now)
    people.save_person(session, changed)
    return changed


def set_badge_is_enough(session: Session, person: Person, *, enough: bool) -> None:
    """Let a scanned badge give the business side, or only ask for it."""
    people.save_person(session, replace(person, badge_is_enough=enough))


def _written_over(old: CardFields, new: CardFields) -> CardFields:
    """Return the new fields; parts of a name hold only as long as the name does."""
    same_name = old.name == new.name
    return replace(
        new,
        photo=old.photo,
        given_name=old.given_name if same_name else "",
        family_name=old.family_name if same_name else "",
    )


def _tell_matching(session: Session, person: Person, *, now: datetime) -> None:
    """Colleagues are not suggested to each other: who changes places is matched anew."""
    found = attendees.list_attendances(session, person.id)
    # In one order for everybody, so that two writers never wait for each other.
    for attendee in sorted(found, key=lambda one: one.event_id):
        revision = events.raise_revision(session, attendee.event_id)
        attendees.mark_changed(session, attendee.id, revision=revision)
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=attendee.event_id)
