"""The longest values that forms and files let through fit: PostgreSQL refuses what is longer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from matchmaker import event_setup, registration
from matchmaker.documents.attendee_csv import read_attendees
from matchmaker.people.attendee import LINE_LIMIT, NAME_LIMIT, TEXT_LIMIT
from matchmaker.people.event import Event
from matchmaker.registration import JoinForm, MoreForm
from matchmaker.storage import attendees
from matchmaker.storage.connect import Database

# One character of these is several after folding (Unicode's NFKC), so keys grow beyond their text.
GROWING = "\ufdfa"
EMAIL = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".org"


@pytest.mark.parametrize("letter", ["x", "ộ", "😀", GROWING])
def test_the_longest_join_fits(
    database: Database, event: Event, now: datetime, letter: str
) -> None:
    form = JoinForm(
        offer=letter * TEXT_LIMIT,
        need=letter * TEXT_LIMIT,
        name=letter * NAME_LIMIT,
        email=EMAIL,
        phone="+" + "9" * 15,
        client_key=letter * 64,
    )
    with database.writing() as session:
        joined = registration.register(session, event, form, now=now)
    with database.reading() as session:
        assert attendees.get_attendee(session, event.id, joined.id) == joined


@pytest.mark.parametrize("letter", ["x", "ộ", "😀", GROWING])
def test_the_longest_further_words_fit(
    database: Database, event: Event, now: datetime, letter: str
) -> None:
    bare = JoinForm(offer="Bread", need="Flour", name="Ada")
    lines: dict[str, Any] = dict.fromkeys(("spot", "line"), letter * LINE_LIMIT)
    lines |= dict.fromkeys(("serves", "decides", "sets_apart"), letter * 200)
    lines |= dict.fromkeys(("name", "role", "organization"), letter * NAME_LIMIT)
    more = MoreForm(
        offer="Bread",
        need="Flour",
        can_introduce=letter * TEXT_LIMIT,
        speaks=event.languages,
        wish=20,
        **lines,
    )
    with database.writing() as session:
        joined = registration.register(session, event, bare, now=now)
        told = registration.tell_more(session, event, joined, more, now=now)
    with database.reading() as session:
        assert attendees.get_attendee(session, event.id, joined.id) == told


@pytest.mark.parametrize("letter", ["x", "ộ", "😀", GROWING])
def test_the_longest_import_fits(
    database: Database, event: Event, now: datetime, letter: str
) -> None:
    columns = ("ticket", "name", "email", "organization", "role", "offer", "need")
    cells = (letter * 999, letter * 999, EMAIL, *[letter * 999] * 4)
    file = read_attendees("\n".join((",".join(columns), ",".join(cells))).encode(), country="IT")
    assert len(file.rows) == 1, file.problems
    row = replace(file.rows[0], spot=letter * NAME_LIMIT)
    with database.writing() as session:
        rows = event_setup.find_known(session, event, (row,))
        count = event_setup.import_rows(session, event, rows, now=now)
    assert count.added == 1
    with database.reading() as session:
        [stored] = attendees.list_attendees(session, event.id)
    assert (stored.offer, stored.name) == (row.offer, row.name)
