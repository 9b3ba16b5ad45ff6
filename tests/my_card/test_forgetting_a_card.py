"""Being forgotten takes photo, codes and requests along."""

from fixtures.attendees import Cast
from fixtures.cards import AddPhoto, Ask, BadgeOf
from sqlalchemy import func, select

from matchmaker import privacy
from matchmaker.my_card import spoken
from matchmaker.storage import people
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import (
    CardCodeRow,
    ConnectionRequestRow,
    PhotoRow,
    SpokenCodeRow,
)

TABLES = (CardCodeRow, ConnectionRequestRow, PhotoRow, SpokenCodeRow)


def count_rows(database: Database) -> list[int]:
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_nothing_of_a_card_is_left(
    database: Database, cast: Cast, add_photo: AddPhoto, ask: Ask, badge_of: BadgeOf, now
) -> None:
    add_photo(cast.ada)
    badge_of(cast.ada)
    ask(cast.ada, cast.bo)
    ask(cast.cy, cast.ada)
    with database.writing() as session:
        spoken.say_code(session, cast.ada.person, cast.event, now=now)
    assert count_rows(database) == [1, 2, 1, 1]
    with database.writing() as session:
        ada = people.get_person(session, cast.ada.person.id)
        privacy.forget(session, ada, take_cards_back=False, now=now)
    assert count_rows(database) == [0, 0, 0, 0]
