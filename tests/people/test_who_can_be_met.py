"""Phases, presence, bands: the rules by which people are sent to each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matchmaker.people.attendee import Attendee, Presence
from matchmaker.people.bands import (
    GOOD_FROM,
    SOME_FROM,
    STRONG_FROM,
    Band,
    band_of,
    is_answered,
    is_mutual,
)
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import AttendeeId, EventId, PersonId, PublicId
from matchmaker.people.person import Person
from matchmaker.people.suggestion import Marked, Pairing

START = datetime(2026, 12, 1, 17, tzinfo=UTC)
EVENT = Event(
    id=EventId(1),
    slug="evening",
    name="Evening",
    starts_at=START,
    ends_at=START + timedelta(hours=4),
    time_zone="Europe/Rome",
)
HERE = Attendee(
    id=AttendeeId(1),
    public_id=PublicId("a"),
    event_id=EVENT.id,
    person=Person(id=PersonId(1), public_id=PublicId("p")),
    confirmed_at=START,
    here_since=START,
)
COMING = replace(HERE, here_since=None)
LEFT = replace(HERE, left_at=START)
SOON, NOW, LATE = START - timedelta(seconds=1), START, EVENT.ends_at


def test_an_event_begins_and_ends_on_the_second() -> None:
    assert [EVENT.phase(at) for at in (SOON, NOW, LATE - timedelta(seconds=1), LATE)] == [
        Phase.BEFORE,
        Phase.DURING,
        Phase.DURING,
        Phase.AFTER,
    ]


def test_local_time_is_the_clock_of_the_place() -> None:
    assert f"{EVENT.local(START):%H:%M}" == "18:00"


@pytest.mark.parametrize(
    ("attendee", "presence", "before", "during"),
    [
        (HERE, Presence.HERE, True, True),
        (COMING, Presence.COMING, True, False),
        (LEFT, Presence.LEFT, False, False),
        (replace(HERE, hidden_at=START), Presence.HERE, False, False),
        (replace(HERE, confirmed_at=None), Presence.HERE, False, False),
        (replace(HERE, shadowed=True), Presence.HERE, False, False),
    ],
)
def test_before_the_event_all_who_agreed_can_be_met_and_later_only_who_is_here(
    attendee: Attendee, presence: Presence, before: bool, during: bool
) -> None:
    assert attendee.presence is presence
    assert attendee.can_be_met(EVENT, SOON) is before
    assert attendee.can_be_met(EVENT, NOW) is during


def test_bands_begin_at_their_bounds() -> None:
    just_below = 1e-9
    assert band_of(0) is Band.NONE
    for bound, band, below in (
        (SOME_FROM, Band.SOME, Band.NONE),
        (GOOD_FROM, Band.GOOD, Band.SOME),
        (STRONG_FROM, Band.STRONG, Band.GOOD),
    ):
        assert band_of(bound) is band
        assert band_of(bound - just_below) is below
    assert band_of(1) is Band.STRONG


def test_a_pair_is_mutual_from_the_lowest_band_on() -> None:
    assert is_mutual(SOME_FROM, 1)
    assert not is_mutual(SOME_FROM - 1e-9, 1)
    assert is_mutual(1, SOME_FROM)


def test_a_need_is_answered_by_an_offer_of_the_good_band() -> None:
    assert is_answered(GOOD_FROM)
    assert not is_answered(GOOD_FROM - 1e-9)


def pairing(give: float, get: float) -> Pairing:
    return Pairing(to=AttendeeId(1), about=AttendeeId(2), score=0, give=give, get=get)


def test_a_pair_is_as_strong_as_its_weaker_side_unless_it_has_but_one() -> None:
    assert pairing(STRONG_FROM, GOOD_FROM).band is Band.GOOD
    assert pairing(0, STRONG_FROM).band is Band.STRONG
    assert pairing(0, 0).band is Band.NONE


def test_marks_cut_a_text_into_pieces_that_make_it_up_again() -> None:
    marked = Marked(text="old windows and doors", marks=((0, 3), (16, 21)))
    assert marked.pieces() == [("old", True), (" windows and ", False), ("doors", True)]
    assert Marked(text="plain").pieces() == [("plain", False)]
    assert Marked(text="").pieces() == []
