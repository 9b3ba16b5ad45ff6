"""Places on lists: seen ones stay, settled ones free a place, wishes are one per pair."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast
from sqlalchemy.exc import IntegrityError

from matchmaker.people.ids import AttendeeId
from matchmaker.people.suggestion import Pairing
from matchmaker.storage import plans, suggestions
from matchmaker.storage.connect import Database
from matchmaker.storage.plans import Plan
from matchmaker.storage.suggestions import Place


def make_place(to: AttendeeId, about: AttendeeId, *, score: float = 0.5) -> Place:
    return Place(
        pairing=Pairing(to=to, about=about, score=score, give=0.25, get=0.75),
        reasons={"phrase": "đất sét 🏺", "texts": "0f"},
        placed_at=datetime.fromisoformat("2026-11-20T17:00:00+00:00"),
    )


@pytest.fixture
def places(database: Database, cast: Cast) -> list[Place]:
    """Bo and Cy on Ada's list, Ada on Bo's."""
    ada, bo, cy = cast.ada.id, cast.bo.id, cast.cy.id
    places = [make_place(ada, bo), make_place(ada, cy, score=0.25), make_place(bo, ada)]
    with database.writing() as session:
        suggestions.add_places(session, cast.event.id, places)
    return places


def test_places_come_back_whole_and_best_first(
    database: Database, cast: Cast, places: list[Place]
) -> None:
    with database.reading() as session:
        assert suggestions.list_places_of(session, cast.ada.id) == places[:2]
        assert suggestions.list_places(session, cast.other_event.id) == []
        assert suggestions.find_place(session, cast.cy.id, cast.ada.id) is None


def test_of_a_whole_event_reasons_are_read_only_where_they_are_asked_for(
    database: Database, cast: Cast, places: list[Place]
) -> None:
    pairs = [(place.pairing.to, place.pairing.about) for place in places]
    with database.reading() as session:
        found = suggestions.list_places(session, cast.event.id)
        reasons = suggestions.list_reasons(session, [*pairs[:2], (cast.cy.id, cast.bo.id)])
    assert found == [replace(place, reasons={"texts": "0f"}) for place in places]
    assert reasons == {pair: places[0].reasons for pair in pairs[:2]}


def test_nobody_stands_twice_on_a_list(database: Database, cast: Cast, places: list[Place]) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        suggestions.add_places(session, cast.event.id, places[:1])


def test_what_was_seen_met_or_set_aside_is_not_taken_away(
    database: Database, cast: Cast, places: list[Place], now: datetime
) -> None:
    ada, bo, cy = cast.ada.id, cast.bo.id, cast.cy.id
    with database.writing() as session:
        suggestions.mark_seen(session, ada, [bo], now=now)
        suggestions.set_dismissed(session, bo, ada, at=now)
        suggestions.remove_unseen_places(session, [(ada, bo), (ada, cy), (bo, ada)])
    with database.reading() as session:
        left = {
            (p.pairing.to, p.pairing.about) for p in suggestions.list_places(session, cast.event.id)
        }
    assert left == {(ada, bo), (bo, ada)}


def test_the_first_look_counts(
    database: Database, cast: Cast, places: list[Place], now: datetime
) -> None:
    ada, bo = cast.ada.id, cast.bo.id
    for minute in (0, 5):
        with database.writing() as session:
            suggestions.mark_seen(session, ada, [bo], now=now + timedelta(minutes=minute))
    with database.reading() as session:
        seen = suggestions.find_place(session, ada, bo)
        other = suggestions.find_place(session, bo, ada)
    assert seen is not None
    assert seen.seen_at == now
    assert other is not None
    assert other.seen_at is None


def test_who_was_met_or_set_aside_holds_no_place(
    database: Database, cast: Cast, places: list[Place], now: datetime
) -> None:
    ada, bo, cy = cast.ada.id, cast.bo.id, cast.cy.id
    with database.reading() as session:
        assert suggestions.count_holding(session, [ada, bo, cy]) == {ada: 1, bo: 1, cy: 1}
    with database.writing() as session:
        suggestions.set_met(session, ada, bo, at=now)
        suggestions.set_dismissed(session, ada, cy, at=now)
    with database.reading() as session:
        assert suggestions.count_holding(session, [ada, bo, cy]) == {ada: 1}
    with database.writing() as session:
        suggestions.set_met(session, ada, bo, at=None)
    with database.reading() as session:
        assert suggestions.count_holding(session, [ada, bo, cy]) == {ada: 1, bo: 1}


def test_only_the_newest_plan_is_kept(database: Database, cast: Cast, now: datetime) -> None:
    for number in (1, 2):
        plan = Plan(
            number=number,
            revision=7,
            encoder="light",
            people=3,
            made_at=now,
            unanswered=(cast.ada.id, cast.cy.id),
        )
        with database.writing() as session:
            plans.add_plan(session, cast.event.id, plan)
    with database.reading() as session:
        assert plans.find_plan(session, cast.event.id) == plan
        assert plans.find_plan(session, cast.other_event.id) is None
