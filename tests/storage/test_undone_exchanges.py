"""For ten minutes either side may undo an exchange: as if the two had not met."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast
from fixtures.venue import Suggest

from matchmaker import card_exchange
from matchmaker.people.attendee import Attendee
from matchmaker.people.contact import Contact
from matchmaker.people.exchange import UNDO_FOR
from matchmaker.people.refusals import CardRevoked, ExchangeUndone, NotFound, TooLate
from matchmaker.storage import contacts, exchanges, safety, suggestions
from matchmaker.storage.connect import Database
from matchmaker.storage.suggestions import Place


class Pair:
    """Ada and Bo, who scan each other's card and undo it."""

    def __init__(self, database: Database, cast: Cast, now: datetime) -> None:
        self.database, self.cast, self.now = database, cast, now

    def scan(self, key: str = "", *, minutes: float = 0, by_bo: bool = False) -> Contact:
        scanner, shower = self.cast.ada.person, self.cast.bo.person
        if by_bo:
            scanner, shower = shower, scanner
        now = self.now + timedelta(minutes=minutes)
        with self.database.writing() as session:
            return card_exchange.exchange(
                session, scanner, shower, self.cast.event, now=now, client_key=key
            )

    def undo(self, who: Attendee, *, minutes: float = 0) -> None:
        now = self.now + timedelta(minutes=minutes)
        with self.database.writing() as session:
            [contact] = contacts.list_contacts(session, who.person.id)
            card_exchange.undo_exchange(session, contact, now=now)

    def counts(self) -> tuple[int, int, int]:
        """Return how many contacts each has, and how many pairs count as exchanged."""
        with self.database.reading() as session:
            mine, theirs = (
                len(contacts.list_contacts(session, who.person.id))
                for who in (self.cast.ada, self.cast.bo)
            )
            pairs = exchanges.list_exchanged_pairs(session, self.cast.event.id)
            moments = exchanges.list_exchange_moments(session, self.cast.event.id)
            assert len(pairs) == len(moments)
            return mine, theirs, len(pairs)

    def places(self) -> list[Place]:
        with self.database.reading() as session:
            return suggestions.list_places(session, self.cast.event.id)


@pytest.fixture
def pair(database: Database, cast: Cast, now: datetime) -> Pair:
    """Ada and Bo at the event."""
    return Pair(database, cast, now)


@pytest.mark.parametrize("who", ["ada", "bo"])
def test_either_side_undoes_it_for_both(pair: Pair, cast: Cast, who: str) -> None:
    pair.scan()
    pair.undo(getattr(cast, who), minutes=9.9)
    assert pair.counts() == (0, 0, 0)


def test_they_count_as_not_met_any_more(pair: Pair, cast: Cast, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    pair.scan()
    assert all(place.met_at for place in pair.places())
    pair.undo(cast.ada)
    assert not any(place.met_at for place in pair.places())


def test_who_had_ticked_that_they_met_keeps_that(
    pair: Pair, cast: Cast, suggest: Suggest, database: Database, now: datetime
) -> None:
    suggest(cast.ada, cast.bo)
    earlier = now - timedelta(minutes=5)
    with database.writing() as session:
        suggestions.set_met(session, cast.ada.id, cast.bo.id, at=earlier)
    pair.scan()
    pair.undo(cast.bo)
    assert {place.met_at for place in pair.places()} == {earlier, None}


def test_a_contact_from_before_stays(pair: Pair, cast: Cast, database: Database) -> None:
    pair.scan()
    with database.writing() as session:
        [of_bo] = contacts.list_contacts(session, cast.bo.person.id)
        contacts.remove_contact(session, of_bo.id)
    pair.scan(minutes=60)
    assert pair.counts() == (1, 1, 1)
    pair.undo(cast.bo, minutes=61)
    assert pair.counts() == (1, 0, 0)


def test_after_ten_minutes_of_the_servers_clock_it_stays(pair: Pair, cast: Cast) -> None:
    pair.scan()
    with pytest.raises(TooLate):
        pair.undo(cast.ada, minutes=UNDO_FOR.total_seconds() / 60)
    assert pair.counts() == (1, 1, 1)


def test_a_late_repetition_of_the_scan_stays_undone(pair: Pair, cast: Cast) -> None:
    pair.scan("first")
    pair.undo(cast.bo)
    with pytest.raises(ExchangeUndone):
        pair.scan("first", minutes=300)
    assert pair.counts() == (0, 0, 0)


def test_also_that_of_the_other_phone_and_of_a_round_before(pair: Pair, cast: Cast) -> None:
    pair.scan("first")
    pair.scan("second", by_bo=True)
    pair.undo(cast.bo)
    pair.scan("third", minutes=1)
    pair.undo(cast.ada, minutes=2)
    for key, by_bo in (("first", False), ("second", True), ("third", False)):
        with pytest.raises(ExchangeUndone):
            pair.scan(key, by_bo=by_bo, minutes=3)


@pytest.mark.parametrize("key", ["second", ""])
def test_a_fresh_scan_exchanges_again(pair: Pair, cast: Cast, key: str) -> None:
    pair.scan("first")
    pair.undo(cast.ada)
    pair.scan(key, minutes=1)
    assert pair.counts() == (1, 1, 1)
    # Its own ten minutes run from then on.
    pair.undo(cast.bo, minutes=10.5)
    assert pair.counts() == (0, 0, 0)


def test_a_repeated_scan_answers_the_same_contact(pair: Pair) -> None:
    assert pair.scan("first").public_id == pair.scan("first", minutes=60).public_id


def test_a_repeated_scan_does_not_bring_back_what_was_deleted(
    pair: Pair, cast: Cast, database: Database
) -> None:
    mine = pair.scan("first")
    with database.writing() as session:
        contacts.remove_contact(session, mine.id)
    with pytest.raises(NotFound):
        pair.scan("first")
    assert pair.counts() == (0, 1, 1)


def test_two_who_undo_at_the_same_moment_undo_once(
    pair: Pair, cast: Cast, database: Database
) -> None:
    both = (pair.scan(), pair.scan(by_bo=True))

    def undo(turn: int) -> None:
        with database.writing() as session:
            card_exchange.undo_exchange(session, both[turn % 2], now=pair.now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(undo, range(4)))
    assert pair.counts() == (0, 0, 0)


def test_a_card_that_was_left_has_no_exchange_to_undo(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.writing() as session:
        left = card_exchange.LeftCard(fields=cast.bo.person.business, note="", client_key="form")
        kept = card_exchange.leave_card(session, cast.ada.person, left, None, now=now)
        with pytest.raises(NotFound):
            card_exchange.undo_exchange(session, kept, now=now)


@pytest.mark.parametrize("by_bo", [True, False])
def test_the_blocked_do_not_exchange_either_way(
    pair: Pair, cast: Cast, database: Database, by_bo: bool
) -> None:
    with database.writing() as session:
        safety.add_block(session, cast.ada.person.id, cast.bo.person.id, at=pair.now)
    with pytest.raises(CardRevoked):
        pair.scan(by_bo=by_bo)
    assert pair.counts() == (0, 0, 0)
