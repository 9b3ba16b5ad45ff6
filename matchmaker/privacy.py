"""Being forgotten: what a person wrote goes, at once and for good."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.person import Person
from matchmaker.storage import (
    attendees,
    card_codes,
    circles,
    connection_requests,
    contacts,
    events,
    exchanges,
    follow_ups,
    introduction_requests,
    introductions,
    invitations,
    jobs,
    mail_stops,
    meetings,
    people,
    photos,
    rounds,
    safety,
    suggestions,
    vectors,
)


def forget(session: Session, person: Person, *, take_cards_back: bool, now: datetime) -> None:
    """Erase a person: texts, card, codes, links, contacts, and their place on every list.

    Others keep the card they were given, like one made of paper, unless ``take_cards_back``;
    either way it is no longer linked to anybody. An empty row stays at each event, so that
    whoever follows the event learns of the removal.
    """
    for attendance in attendees.list_attendances(session, person.id):
        revision = events.raise_revision(session, attendance.event_id)
        vectors.remove_vectors(session, _hashes_of(attendance))
        attendees.remove_attendee(session, attendance.id, now=now, revision=revision)
        suggestions.remove_everything_of(session, attendance.id)
        invitations.remove_everything_of(session, attendance.id)
        meetings.remove_everything_of(session, attendance.id)
        rounds.remove_seats_of(session, attendance.id)
        circles.remove_circles_of(session, attendance.id)
        jobs.add_job_once(session, jobs.PLAN, now=now, event_id=attendance.event_id)
    contacts.remove_everything_of(session, person.id, take_cards_back=take_cards_back)
    exchanges.remove_everything_of(session, person.id)
    safety.remove_everything_of(session, person.id)
    introductions.remove_everything_of(session, person.id)
    introduction_requests.remove_everything_of(session, person.id)
    connection_requests.remove_everything_of(session, person.id)
    card_codes.remove_codes(session, person.id)
    photos.remove_photo(session, person.id)
    mail_stops.remove_everything_of(session, person.id)
    follow_ups.save_feed_version(session, person.id, 0)
    empty = replace(
        person,
        business=CardFields(),
        personal=CardFields(),
        hidden_business=frozenset(),
        hidden_personal=frozenset(),
        badge_is_enough=False,
        may_be_introduced=False,
        serves="",
        decides="",
        sets_apart="",
        # Every private link and every signed-in phone ends with the old version.
        key_version=person.key_version + 1,
    )
    people.save_person(session, empty)


def _hashes_of(attendee: Attendee) -> list[str]:
    # Here, not above: what it brings along takes seconds to import when the server starts.
    from matchmaker.affinity.e5 import text_hash
    from matchmaker.affinity.records import list_views

    return [
        text_hash(view) for text in (attendee.offer, attendee.need) for view in list_views(text)
    ]
