"""When the doors open many join in the same second; everybody gets in and gets a list."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fixtures.attendees import MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books

from matchmaker.people.event import Event

OFFER, NEED = "What could you help somebody with?", "What are you looking for?"
JOIN = "Join and see whom to meet"
AT_ONCE, TOGETHER = 8, 40


@pytest.mark.parametrize("backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)])
def test_many_who_join_at_once_all_get_in_and_get_a_list(
    make_phone: MakePhone, make_attendee: MakeAttendee, event: Event, books: Books
) -> None:
    """Threads share one matcher, and each join changes it under the others' hands."""
    for number in range(30):
        make_attendee(
            f"Bo {number}",
            offer="A carpenter who repairs old windows",
            need="Violin lessons",
            wish=20,
        )

    def join(phone: Phone) -> int:
        phone.open(f"/e/{event.slug}")
        answers = {OFFER: "Violin lessons", NEED: "A carpenter who repairs old windows"}
        return phone.fill(answers, JOIN).text.count("Bo ")

    phones = [make_phone() for _ in range(TOGETHER)]
    with ThreadPoolExecutor(AT_ONCE) as thumbs:
        shown = list(thumbs.map(join, phones))
    assert min(shown) > 0
    assert len(books.everybody(event)) == 30 + TOGETHER
