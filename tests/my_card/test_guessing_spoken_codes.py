"""Five hundred codes are live, and somebody tries a hundred thousand."""

import random

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import SQLITE

from matchmaker.cards.codes import ALPHABET
from matchmaker.my_card import spoken
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.refusals import CardRevoked, TooManyTries
from matchmaker.storage.connect import Database

LIVE, GUESSERS, TRIES = 500, 40, 100_000


@pytest.fixture
def live(database: Database, event: Event, make_attendee: MakeAttendee, now) -> dict[str, Attendee]:
    """Everybody's code, and who says it."""
    everybody = [make_attendee(f"Speaker {n}") for n in range(LIVE)]
    said = {}
    with database.writing() as session:
        for one in everybody:
            said[spoken.say_code(session, one.person, event, now=now).code] = one
    assert len(said) == LIVE
    return said


def type_code(database: Database, event: Event, typed: str, by: str, now) -> str:
    try:
        return spoken.get_speaker(database, event, typed, tried_by=by, now=now).name
    except TooManyTries:
        return "too many"
    except CardRevoked:
        return "nobody"


@pytest.mark.slow
@pytest.mark.parametrize("backend", [SQLITE])
def test_a_hundred_thousand_guesses_find_nobody_and_hold_nobody_up(
    database: Database, event: Event, live: dict[str, Attendee], now
) -> None:
    guess = random.Random(20261120)
    told = {"nobody": 0, "too many": 0}
    for number in range(TRIES):
        typed = "".join(guess.choices(ALPHABET, k=6))
        told[type_code(database, event, typed, f"guesser {number % GUESSERS}", now)] += 1
    # All but a few hundred tries never reached the codes at all.
    assert told["nobody"] <= GUESSERS * spoken.MOST_TRIES
    assert told["nobody"] + told["too many"] == TRIES
    # Meanwhile whoever heard a code types it, and it works.
    for number, (code, speaker) in enumerate(live.items()):
        assert type_code(database, event, code, f"listener {number}", now) == speaker.name


def test_who_typed_too_many_is_shut_out_also_with_a_right_code(
    database: Database, cast: Cast, now
) -> None:
    with database.writing() as session:
        code = spoken.say_code(session, cast.bo.person, cast.event, now=now).code
    for _try in range(spoken.MOST_TRIES):
        assert type_code(database, cast.event, "ABC123", "guesser", now) == "nobody"
    assert type_code(database, cast.event, code, "guesser", now) == "too many"
    assert type_code(database, cast.event, code, "listener", now) == "Bo"


def test_while_many_guess_everybody_has_fewer_tries_but_some(
    database: Database, cast: Cast, now, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken, "MANY_WRONG", 20)
    with database.writing() as session:
        code = spoken.say_code(session, cast.bo.person, cast.event, now=now).code
    for number in range(20):
        type_code(database, cast.event, "ABC123", f"guesser {number}", now)
    for _try in range(spoken.MOST_TRIES_UNDER_ATTACK):
        assert type_code(database, cast.event, code, "listener", now) == "Bo"
    assert type_code(database, cast.event, code, "listener", now) == "too many"


def test_another_events_guessers_are_counted_apart(database: Database, cast: Cast, now) -> None:
    with database.writing() as session:
        code = spoken.say_code(session, cast.dee.person, cast.other_event, now=now).code
    for _try in range(spoken.MOST_TRIES + 1):
        type_code(database, cast.event, "ABC123", "1", now)
    assert type_code(database, cast.other_event, code, "1", now) == "Dee"
