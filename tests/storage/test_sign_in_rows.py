"""One-time links and desk codes: used once, even by two at the same moment; kept as hashes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from fixtures.attendees import MakeAttendee, MakeEvent
from sqlalchemy import select

from matchmaker.people.event import Event
from matchmaker.storage import sign_in
from matchmaker.storage.connect import Database
from matchmaker.storage.sign_in import OrganizerRole
from matchmaker.storage.tables import DeskCodeRow, SignInLinkRow

SOON = timedelta(minutes=10)


def at_once(use: Callable[[], object | None]) -> list[object]:
    """Use a secret in four threads at once; return what those got who got anything."""
    with ThreadPoolExecutor(4) as pool:
        return [found for found in pool.map(lambda _: use(), range(4)) if found is not None]


def test_a_link_lets_its_organizer_in_once(database: Database, now: datetime) -> None:
    with database.writing() as session:
        owner = sign_in.get_or_add_organizer(session, "Owner@Example.org", now=now)
        sign_in.add_link(session, owner.id, "secret", expires_at=now + SOON)

    def use() -> object | None:
        with database.writing() as session:
            return sign_in.use_link(session, "secret", now=now)

    assert at_once(use) == [owner.id]
    with database.reading() as session:
        assert sign_in.find_link_owner(session, "secret", now=now) is None


def test_a_link_ends_with_its_time(database: Database, now: datetime) -> None:
    with database.writing() as session:
        owner = sign_in.get_or_add_organizer(session, "owner@example.org", now=now)
        sign_in.add_link(session, owner.id, "secret", expires_at=now + SOON)
    with database.writing() as session:
        assert sign_in.find_link_owner(session, "secret", now=now) == "owner@example.org"
        assert sign_in.use_link(session, "other", now=now) is None
        assert sign_in.use_link(session, "secret", now=now + SOON) is None
        assert sign_in.find_link_owner(session, "secret", now=now + SOON) is None


def test_a_desk_code_lets_its_attendee_in_once(
    database: Database, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada = make_attendee("Ada")
    with database.writing() as session:
        sign_in.add_desk_code(session, ada.id, "CODE1234", expires_at=now + SOON)

    def use() -> object | None:
        with database.writing() as session:
            return sign_in.use_desk_code(session, "CODE1234", now=now)

    assert at_once(use) == [ada.id]


def test_a_new_desk_code_ends_the_one_before(
    database: Database, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada, bo = make_attendee("Ada"), make_attendee("Bo")
    with database.writing() as session:
        sign_in.add_desk_code(session, bo.id, "OF-BO", expires_at=now + SOON)
        sign_in.add_desk_code(session, ada.id, "FIRST", expires_at=now + SOON)
        sign_in.add_desk_code(session, ada.id, "SECOND", expires_at=now + SOON)
    with database.writing() as session:
        assert sign_in.use_desk_code(session, "FIRST", now=now) is None
        assert sign_in.use_desk_code(session, "SECOND", now=now) == ada.id
        assert sign_in.use_desk_code(session, "OF-BO", now=now + SOON) is None


def test_secrets_are_not_in_the_database(
    database: Database, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada = make_attendee("Ada")
    with database.writing() as session:
        owner = sign_in.get_or_add_organizer(session, "owner@example.org", now=now)
        sign_in.add_link(session, owner.id, "link-secret", expires_at=now)
        sign_in.add_desk_code(session, ada.id, "desk-secret", expires_at=now)
    with database.reading() as session:
        hashes = [session.scalar(select(SignInLinkRow.token_hash))]
        hashes.append(session.scalar(select(DeskCodeRow.code_hash)))
    assert all(value and len(value) == 64 and "secret" not in value for value in hashes)


def test_an_organizer_is_one_however_the_address_is_written(
    database: Database, event: Event, make_event: MakeEvent, now: datetime
) -> None:
    other = make_event()
    with database.writing() as session:
        owner = sign_in.get_or_add_organizer(session, "Owner@Example.org", now=now)
        assert sign_in.get_or_add_organizer(session, "owner@example.ORG", now=now) == owner
        assert sign_in.find_organizer(session, "nobody@example.org") is None
        sign_in.set_part(session, event.id, owner.id, OrganizerRole.HELPER)
        sign_in.set_part(session, event.id, owner.id, OrganizerRole.OWNER)
    with database.reading() as session:
        assert sign_in.list_parts(session, owner.id) == {event.id: OrganizerRole.OWNER}
    assert other.id != event.id
