"""People and their codes."""

from datetime import datetime

import pytest
from fixtures.attendees import MakeAttendee, MakePerson
from sqlalchemy.exc import IntegrityError

from matchmaker.people.card import CardFields
from matchmaker.people.event import Event
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, card_codes, people
from matchmaker.storage.connect import Database


def test_a_person_comes_back_whole(database: Database, make_person: MakePerson) -> None:
    ada = make_person(
        "Nguyễn Thị Ánh 🌸",
        links=("https://example.org/a", "https://example.org/b"),
        personal=CardFields(name="אבי", languages=("he", "vi")),
        language="vi",
        country="VN",
        key_version=3,
        serves="bakeries",
        decides="the baker",
        sets_apart="nothing",
    )
    with database.reading() as session:
        assert people.get_person(session, ada.id) == ada
        assert people.find_person(session, ada.public_id) == ada


def test_nobody_is_found_by_an_unknown_id(database: Database, make_person: MakePerson) -> None:
    ada = make_person("Ada")
    with database.reading() as session:
        assert people.find_person(session, ada.public_id.swapcase()) is None
        with pytest.raises(NotFound):
            people.get_person(session, type(ada.id)(ada.id + 1))


def test_a_code_opens_a_card_until_it_is_revoked(
    database: Database, make_person: MakePerson, now: datetime
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    with database.writing() as session:
        card_codes.add_code(session, ada.id, "A" * 16, kind="screen", now=now)
        card_codes.add_code(session, bo.id, "B" * 16, kind="screen", now=now)
    with database.writing() as session:
        assert card_codes.find_person_by_code(session, "A" * 16) == ada
        card_codes.revoke_codes(session, ada.id, now=now)
    with database.reading() as session:
        assert card_codes.find_person_by_code(session, "A" * 16) is None
        assert card_codes.find_code(session, ada.id, kind="screen") is None
        assert card_codes.find_person_by_code(session, "B" * 16) == bo


def test_a_code_belongs_to_one_person(
    database: Database, make_person: MakePerson, now: datetime
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    with database.writing() as session:
        card_codes.add_code(session, ada.id, "A" * 16, kind="screen", now=now)
    with pytest.raises(IntegrityError), database.writing() as session:
        card_codes.add_code(session, bo.id, "A" * 16, kind="screen", now=now)


def test_the_private_link_of_a_merged_person_opens_the_other(
    database: Database, make_person: MakePerson
) -> None:
    imported, joined = make_person("Ada, as imported"), make_person("Ada")
    with database.writing() as session:
        people.merge_person(session, imported.id, into=joined.id)
    with database.reading() as session:
        assert people.find_person(session, imported.public_id) == joined


def test_a_removed_person_takes_their_codes_and_attendances_along(
    database: Database, event: Event, make_attendee: MakeAttendee, now: datetime
) -> None:
    ada, bo = make_attendee("Ada"), make_attendee("Bo")
    with database.writing() as session:
        card_codes.add_code(session, ada.person.id, "A" * 16, kind="screen", now=now)
    with database.writing() as session:
        people.remove_person(session, ada.person.id)
    with database.reading() as session:
        assert card_codes.find_person_by_code(session, "A" * 16) is None
        assert attendees.list_attendees(session, event.id) == [bo]
