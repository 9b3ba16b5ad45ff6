"""Being forgotten: nothing a person wrote is left anywhere."""

import pytest
from sqlalchemy import text

from matchmaker import card_exchange, privacy
from matchmaker.introductions import answering
from matchmaker.people.meeting import Outcome
from matchmaker.storage import (
    attendees,
    contacts,
    events,
    introductions,
    invitations,
    meetings,
    people,
    safety,
)
from matchmaker.storage.connect import Database

CANARY = "Quetzalcoatl"


@pytest.fixture
def known_by_bo(database: Database, cast, now):
    """Ada, who wrote the canary everywhere, has exchanged cards with Bo."""
    with database.writing() as session:
        ada = people.get_person(session, cast.ada.person.id)
        bo = people.get_person(session, cast.bo.person.id)
        card_exchange.exchange(session, ada, bo, cast.event, now=now)
    return ada, bo


def everything_stored(database: Database) -> str:
    with database.reading() as session:
        tables = (
            "meetings", "meeting_outcomes",
            "people", "attendees", "contacts", "suggestions", "invitations", "text_vectors",
            "photos", "card_codes", "spoken_codes", "connection_requests",
            "introductions", "introduced", "introduction_requests", "reports",
        )  # fmt: skip
        rows = [session.execute(text(f"SELECT * FROM {name}")).all() for name in tables]
    return str(rows)


def test_nothing_of_a_forgotten_person_is_left(database, make_attendee, now):
    attendee = make_attendee(
        f"{CANARY} Vu", offer=f"{CANARY} offer", need=f"{CANARY} need", spot=CANARY
    )
    assert CANARY in everything_stored(database)
    with database.writing() as session:
        privacy.forget(session, attendee.person, take_cards_back=False, now=now)
    assert CANARY not in everything_stored(database)


def test_others_keep_the_card_they_were_given_but_without_a_link(database, known_by_bo, now):
    ada, bo = known_by_bo
    with database.writing() as session:
        privacy.forget(session, ada, take_cards_back=False, now=now)
    with database.reading() as session:
        (kept,) = contacts.list_contacts(session, bo.id)
        assert kept.fields.name == "Ada"
        assert kept.other is None
        assert contacts.list_contacts(session, ada.id) == []


def test_who_asks_for_it_takes_their_card_back(database, known_by_bo, now):
    ada, bo = known_by_bo
    with database.writing() as session:
        privacy.forget(session, ada, take_cards_back=True, now=now)
    with database.reading() as session:
        assert contacts.list_contacts(session, bo.id) == []


def test_whoever_follows_the_event_learns_of_the_removal(database, cast, now):
    with database.reading() as session:
        before = events.get_event(session, cast.event.id).revision
    with database.writing() as session:
        privacy.forget(session, cast.ada.person, take_cards_back=False, now=now)
    with database.reading() as session:
        changed, removed = attendees.list_changed(session, cast.event.id, since=before)
    assert (changed, removed) == ([], [cast.ada.id])


def test_old_keys_of_a_forgotten_person_are_worthless(database, cast, now):
    with database.writing() as session:
        privacy.forget(session, cast.ada.person, take_cards_back=False, now=now)
    with database.reading() as session:
        left = people.get_person(session, cast.ada.person.id)
    assert left.key_version > cast.ada.person.key_version


def test_no_invitation_and_no_meeting_of_a_forgotten_person_is_left(
    database, cast, make_attendee, add_invitation, add_meeting, now
):
    ada = make_attendee(CANARY, offer="Violin lessons", need="A carpenter")
    add_invitation(ada, cast.bo, note=f"{CANARY} gives")
    theirs = add_invitation(cast.bo, cast.ada, note="Not about her")
    add_invitation(cast.bo, ada, note=f"Dear {CANARY}")
    met = add_meeting(ada, cast.bo, place=f"Where {CANARY} stands", at=now)
    with database.writing() as session:
        for who in (ada, cast.bo):
            said = Outcome(by=who.id, could_help=True, could_be_helped=True)
            meetings.save_outcome(session, met, said, now=now)
        privacy.forget(session, ada.person, take_cards_back=False, now=now)
    assert CANARY not in everything_stored(database)
    with database.reading() as session:
        assert invitations.list_received(session, cast.ada.id) == [theirs]
        assert meetings.list_meetings_of(session, cast.bo.id) == []
        assert meetings.list_outcomes(session, cast.event.id) == []


def test_what_they_wrote_about_others_goes_too(
    database, cast, exchange, wish, report, introduce, say, block, now
):
    for other in (cast.ada, cast.cy):
        exchange(cast.bo, other)
    wish(cast.bo, cast.ada, f"{CANARY} wish")
    report(cast.event, cast.bo, cast.cy, f"{CANARY} report")
    introduction = introduce(cast.bo, cast.ada, cast.cy)
    exchange(cast.ada, cast.cy)
    other = introduce(cast.ada, cast.bo, cast.cy)
    for who in (cast.bo, cast.cy):
        say(who, other, yes=True)
    with database.writing() as session:
        answering.tell_outcome(session, cast.bo.person, other, f"{CANARY} outcome", now=now)
    block(cast.bo, cast.dee)
    assert everything_stored(database).count(CANARY) == 3
    with database.writing() as session:
        privacy.forget(session, cast.bo.person, take_cards_back=False, now=now)
    assert CANARY not in everything_stored(database)
    with database.reading() as session:
        assert introductions.find_introduction(session, introduction) is None
        assert introductions.list_introductions(session, cast.cy.person.id) == []
        assert safety.list_blocked_with(session, cast.dee.person.id) == frozenset()


def test_what_others_told_the_organizer_about_them_stays(database, cast, report, now):
    report(cast.event, cast.ada, cast.bo, "They pushed me")
    with database.writing() as session:
        privacy.forget(session, cast.bo.person, take_cards_back=True, now=now)
    with database.reading() as session:
        assert [one.words for one in safety.list_reports(session, cast.event.id)] == [
            "They pushed me"
        ]
