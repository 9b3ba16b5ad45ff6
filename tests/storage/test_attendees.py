"""Attendees: kept whole, known again, scoped to their event, and gone without a trace of words."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, events, presence
from matchmaker.storage.attendees import Keys
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import AttendeeRow


def remove(database: Database, attendee: Attendee, now: datetime) -> int:
    with database.writing() as session:
        revision = events.raise_revision(session, attendee.event_id)
        attendees.remove_attendee(session, attendee.id, now=now, revision=revision)
    return revision


def test_an_attendee_comes_back_whole(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada = make_attendee(
        "Ada",
        offer="Bánh mì\nהרבה לחם 🥖",
        need="Farina",
        can_introduce="a miller",
        spot="red scarf",
        speaks=("vi", "he"),
        wish=9,
        welcomes_newcomers=True,
        hosts_table=True,
        meets_own_organization=True,
        wants_mail=True,
        claimed_at=now,
        left_at=now + timedelta(hours=1),
        hidden_at=now + timedelta(hours=2),
        shadowed=True,
    )
    usual = Attendee(
        id=ada.id, public_id=ada.public_id, event_id=event.id, person=ada.person, joined_at=now
    )
    unset = {f.name for f in fields(ada) if getattr(ada, f.name) == getattr(usual, f.name)}
    # Every field but these differs from its default, so a forgotten column would show.
    assert unset == {"id", "public_id", "event_id", "person", "joined_at", "ticket"}
    with database.reading() as session:
        assert attendees.get_attendee(session, event.id, ada.id) == ada


def test_changes_are_stored(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada = make_attendee("Ada", offer="Bread", spot="red scarf", speaks=("it",))
    changed = replace(ada, offer="Rolls", spot="", speaks=(), left_at=now, wish=1)
    with database.writing() as session:
        revision = events.raise_revision(session, event.id)
        attendees.save_attendee(session, changed, revision=revision)
    with database.reading() as session:
        assert attendees.get_attendee(session, event.id, ada.id) == changed


def test_no_attendee_is_found_through_another_event(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        here, there = cast.event.id, cast.other_event.id
        assert attendees.find_attendee(session, there, cast.dee.public_id) == cast.dee
        assert attendees.find_attendee(session, here, cast.dee.public_id) is None
        assert attendees.find_attendee_of(session, here, cast.dee.person.id) is None
        assert attendees.list_attendees(session, here, among=[cast.dee.id]) == []
        assert attendees.list_attendees(session, here) == [cast.ada, cast.bo, cast.cy]
        with pytest.raises(NotFound):
            attendees.get_attendee(session, here, cast.dee.id)


def test_the_same_form_cannot_be_stored_twice(
    database: Database, event: Event, make_attendee: MakeAttendee, make_event: MakeEvent
) -> None:
    ada = make_attendee("Ada", client_key="form-1")
    with pytest.raises(IntegrityError):
        make_attendee("Ada", client_key="form-1")
    make_attendee("Ada", client_key="form-1", event=make_event())
    make_attendee("Bo", client_key=None)
    make_attendee("Cy", client_key=None)
    with database.reading() as session:
        assert attendees.find_by_client_key(session, event.id, "form-1") == ada
        assert attendees.find_by_client_key(session, event.id, "form-2") is None
        assert len(attendees.list_attendees(session, event.id)) == 3


def test_a_person_is_at_an_event_once(make_attendee: MakeAttendee) -> None:
    ada = make_attendee("Ada")
    with pytest.raises(IntegrityError):
        make_attendee(person=ada.person)


def test_a_ticket_is_of_one_attendee_of_an_event(
    database: Database, event: Event, make_attendee: MakeAttendee
) -> None:
    ada, bo = make_attendee("Ada"), make_attendee("Bo")
    keys = Keys(ticket="T-1", imported_as=("Ada", "ada@example.org", "", ""), email_key="e")
    with database.writing() as session:
        attendees.set_keys(session, ada.id, keys)
    with pytest.raises(IntegrityError), database.writing() as session:
        attendees.set_keys(session, bo.id, Keys(ticket="T-1"))
    with database.reading() as session:
        assert attendees.get_attendee(session, event.id, ada.id).ticket == "T-1"
        assert attendees.get_keys(session, ada.id) == keys
        [(known, by)] = attendees.list_imported(session, event.id)
    assert (known, by.ticket, by.imported_as) == (ada.id, keys.ticket, keys.imported_as)


def test_only_unclaimed_rows_are_found_by_their_address(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    claimed, waiting = make_attendee("Ada", claimed_at=now), make_attendee("Bo")
    with database.writing() as session:
        for one in (claimed, waiting):
            attendees.set_keys(session, one.id, Keys(email_key="office@example.org"))
    with database.reading() as session:
        found = attendees.list_unclaimed_by_email(session, event.id, "office@example.org")
    assert found == [waiting]


def test_changes_since_a_revision_are_those_after_it(
    database: Database, event: Event, make_attendee: MakeAttendee
) -> None:
    ada = make_attendee("Ada")
    bo = make_attendee("Bo")
    with database.reading() as session:
        assert attendees.list_changed(session, event.id, since=0) == ([ada, bo], [])
        assert attendees.list_changed(session, event.id, since=1) == ([bo], [])
        assert attendees.list_changed(session, event.id, since=2) == ([], [])


def test_a_removed_attendee_leaves_a_tombstone_without_words(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    secret = "Unmistakable words"
    ada = make_attendee(
        "Ada", offer=secret, need=secret, can_introduce=secret, spot=secret, client_key=secret
    )
    with database.writing() as session:
        keys = Keys(ticket=secret, imported_as=(secret,) * 4, email_key=secret)
        attendees.set_keys(session, ada.id, keys)
    revision = remove(database, ada, now)
    with database.reading() as session:
        row = session.execute(select(*AttendeeRow.__table__.columns)).one()
        assert secret not in repr(row)
        assert attendees.list_changed(session, event.id, since=revision - 1) == ([], [ada.id])
        assert attendees.list_attendees(session, event.id) == []
        assert attendees.find_attendee(session, event.id, ada.public_id) is None
        assert attendees.find_by_client_key(session, event.id, secret) is None


def test_those_who_may_be_met_are_counted(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    make_attendee("here")
    make_attendee("here too")
    make_attendee("coming", here_since=None)
    make_attendee("left", left_at=now)
    make_attendee("hidden", hidden_at=now)
    make_attendee("imported", confirmed_at=None, here_since=None)
    make_attendee("shadowed", shadowed=True)
    remove(database, make_attendee("removed"), now)
    with database.reading() as session:
        assert presence.count_presence(session, event.id) == {"here": 2, "coming": 1}
