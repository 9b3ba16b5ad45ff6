"""One scan is one pair and two contacts, however often and from wherever it is sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakePerson
from sqlalchemy import func, select

from matchmaker import card_exchange
from matchmaker.card_exchange import LeftCard
from matchmaker.people.card import CardFields
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import OwnCard
from matchmaker.storage import attendees, contacts, exchanges, people, promises
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import ContactRow, ExchangeRow


def exchange(database: Database, scanner: Person, shower: Person, event: Event | None) -> None:
    now = datetime.fromisoformat("2026-11-20T19:00:00+00:00")
    with database.writing() as session:
        card_exchange.exchange(session, scanner, shower, event, now=now)


def count_rows(database: Database) -> tuple[int, int]:
    """Return how many exchanges and contacts there are."""
    with database.reading() as session:
        exchanges = session.scalar(select(func.count()).select_from(ExchangeRow))
        return exchanges or 0, session.scalar(select(func.count()).select_from(ContactRow)) or 0


def test_an_exchange_sent_twice_is_one_pair_and_two_contacts(
    database: Database, cast: Cast
) -> None:
    ada, bo = cast.ada.person, cast.bo.person
    for scanner, shower in ((ada, bo), (ada, bo), (bo, ada)):
        exchange(database, scanner, shower, cast.event)
    assert count_rows(database) == (1, 2)
    with database.reading() as session:
        [of_ada], [of_bo] = (contacts.list_contacts(session, p.id) for p in (ada, bo))
        pairs = exchanges.list_exchanged_pairs(session, cast.event.id)
    assert (of_ada.fields, of_bo.fields) == (bo.business, ada.business)
    assert (of_ada.could_give, of_ada.could_get) == (cast.bo.need, cast.bo.offer)
    assert pairs == {(ada.id, bo.id)}


@pytest.mark.parametrize("at_the_event", [True, False])
def test_two_who_scan_each_other_at_the_same_moment_exchange_once(
    database: Database, cast: Cast, at_the_event: bool
) -> None:
    ada, bo = cast.ada.person, cast.bo.person
    event = cast.event if at_the_event else None

    def scan(turn: int) -> None:
        exchange(database, *((ada, bo) if turn % 2 else (bo, ada)), event)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(scan, range(8)))
    assert count_rows(database) == (1, 2)


def test_an_outsider_gets_no_part_in_the_event(database: Database, cast: Cast) -> None:
    exchange(database, cast.dee.person, cast.ada.person, cast.event)
    with database.reading() as session:
        [contact] = contacts.list_contacts(session, cast.dee.person.id)
    assert contact.fields == cast.ada.person.business
    assert (contact.could_give, contact.could_get) == ("", "")


def test_who_exchanges_during_the_event_is_here(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.writing() as session:
        gone = replace(cast.bo, here_since=None)
        attendees.save_attendee(session, gone, revision=0)
    exchange(database, cast.ada.person, cast.bo.person, cast.event)
    with database.reading() as session:
        assert attendees.get_attendee(session, cast.event.id, cast.bo.id).here_since is not None


def test_nobody_exchanges_with_themselves(database: Database, cast: Cast) -> None:
    with pytest.raises(OwnCard):
        exchange(database, cast.ada.person, cast.ada.person, cast.event)
    assert count_rows(database) == (0, 0)


def test_a_deleted_person_stays_as_what_they_gave_with_the_link_cut(
    database: Database, cast: Cast
) -> None:
    ada, bo = cast.ada.person, cast.bo.person
    exchange(database, ada, bo, cast.event)
    with database.writing() as session:
        people.remove_person(session, bo.id)
    with database.reading() as session:
        [kept] = contacts.list_contacts(session, ada.id)
        assert contacts.list_contacts(session, bo.id) == []
    assert (kept.other, kept.fields) == (None, bo.business)
    assert count_rows(database) == (0, 1)


def left_card(key: str) -> LeftCard:
    return LeftCard(fields=CardFields(name="A stranger"), note="hello", client_key=key)


def leave(database: Database, owner: Person, key: str) -> Callable[[int], int]:
    def send(_turn: int) -> int:
        with database.writing() as session:
            now = datetime.fromisoformat("2026-11-20T19:00:00+00:00")
            return card_exchange.leave_card(session, owner, left_card(key), None, now=now).id

    return send


def test_a_card_left_twice_by_one_form_is_kept_once(database: Database, cast: Cast) -> None:
    send = leave(database, cast.ada.person, "form-1")
    assert send(1) == send(2)
    assert leave(database, cast.ada.person, "form-2")(1) != send(3)
    assert leave(database, cast.bo.person, "form-1")(1) != send(4)
    assert count_rows(database) == (0, 3)


def test_a_card_left_by_an_impatient_thumb_is_kept_once(database: Database, cast: Cast) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(leave(database, cast.ada.person, "form-1"), range(8)))
    assert len(kept) == 1
    assert count_rows(database) == (0, 1)


def test_contacts_are_their_owners_alone(
    database: Database, cast: Cast, make_person: MakePerson
) -> None:
    exchange(database, cast.ada.person, cast.bo.person, cast.event)
    with database.reading() as session:
        [contact] = contacts.list_contacts(session, cast.ada.person.id)
        for other in (cast.bo.person, cast.dee.person, make_person("Nobody")):
            assert contacts.find_contact(session, other.id, contact.public_id) is None
        assert contacts.find_contact(session, cast.ada.person.id, contact.public_id) == contact


def test_the_latest_contact_comes_first(database: Database, cast: Cast, now: datetime) -> None:
    ada = cast.ada.person
    with database.writing() as session:
        for late, other in enumerate((cast.bo, cast.dee, cast.cy)):
            at = now + timedelta(minutes=late)
            card_exchange.exchange(session, ada, other.person, None, now=at)
    with database.reading() as session:
        names = [contact.fields.name for contact in contacts.list_contacts(session, ada.id)]
    assert names == ["Cy", "Dee", "Bo"]


def test_a_promise_is_one_line_that_can_be_changed_and_taken_back(
    database: Database, cast: Cast, now: datetime
) -> None:
    ada = cast.ada.person
    exchange(database, ada, cast.bo.person, cast.event)
    with database.reading() as session:
        [contact] = contacts.list_contacts(session, ada.id)
    for text in ("The drawing", "The drawing, by Monday", "", ""):
        with database.writing() as session:
            promises.save_line(session, contact.id, text, now=now)
            contacts.save_note(session, contact.id, f"note: {text}")
        with database.reading() as session:
            [stored] = contacts.list_contacts(session, ada.id)
        assert (stored.promise, stored.note) == (text, f"note: {text}")
