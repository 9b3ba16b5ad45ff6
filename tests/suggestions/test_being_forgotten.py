"""Being forgotten: nothing a person wrote is left anywhere."""

import pytest
from sqlalchemy import text

from matchmaker import card_exchange, privacy
from matchmaker.storage import attendees, contacts, events, people
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
        tables = ("people", "attendees", "contacts", "suggestions", "invitations", "text_vectors")
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
