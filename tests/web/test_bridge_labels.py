"""A bridge says what it is: somebody who can introduce, not somebody who can help."""

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.evenings import Evening
from fixtures.phones import Phone
from fixtures.venue import SignIn

BEES = "Somebody who keeps bees and shows me how to start with a first hive"
KNOWS_BEES = "An old friend who keeps bees and shows everybody how to start with a hive"


@pytest.fixture
def phone(evening: Evening, make_attendee: MakeAttendee, sign_in: SignIn) -> Phone:
    """The phone of somebody who looks for a beekeeper, at an event where Bo knows one."""
    seeker = make_attendee("Ada", offer="Tax returns of freelancers", need=BEES)
    make_attendee("Bo", offer="Chess", need="Chess", can_introduce=KNOWS_BEES)
    evening.plan()
    phone = sign_in(seeker)
    phone.open(f"/e/{evening.event.slug}/people")
    return phone


def test_the_one_who_can_introduce_is_labelled_in_their_own_words(phone: Phone) -> None:
    text = phone.page.article("Bo").text
    assert "They can introduce you to what you look for" in text
    assert text.count(KNOWS_BEES) == 1


def test_a_plain_suggestion_carries_no_such_label(
    cast: Cast, evening: Evening, sign_in: SignIn
) -> None:
    evening.plan()
    page = sign_in(cast.ada).open(f"/e/{cast.event.slug}/people")
    assert "They can introduce you to what you look for" not in page.text
    assert "close to the people you look for" not in page.text
