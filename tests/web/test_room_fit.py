"""Room fit: counts before joining, never names, and no small counts."""

import re

from fixtures.attendees import Cast, MakeAttendee
from fixtures.phones import Phone
from fixtures.venue import Books

OFFER, NEED = "What could you help somebody with?", "What are you looking for?"
POTTERS = (
    "We make ceramic packaging in small series",
    "Ceramic jars and boxes, a supplier for small shops",
    "My pottery supplies ceramic packaging",
    "A kiln and two potters: packaging of ceramic to order",
)
OTHERS = (
    "Tax returns for freelancers", "Violin lessons for children", "Repairing bicycles",
    "Translating from Italian", "Planting gardens on roofs", "Websites for bakeries",
    "Nursing at home, also at night", "Renting out a room for workshops", "Wedding photographs",
    "Driving a van through the north", "Coaching founders before they pitch",
)  # fmt: skip
LOOK = "First see how this room fits"


def test_counts_are_told_and_nobody_has_joined(
    cast: Cast, make_attendee: MakeAttendee, phone: Phone, books: Books
) -> None:
    for offer in POTTERS:
        make_attendee("Potter", offer=offer, need="")
    for offer in OTHERS:
        make_attendee("Somebody", offer=offer, need="")
    before = len(books.everybody(cast.event))
    phone.open(f"/e/{cast.event.slug}")
    page = phone.fill({NEED: "A supplier of ceramic packaging"}, LOOK)
    told = re.search(r"(\d+) people offer something near what you look for", page.text)
    assert told
    assert 4 <= int(told[1]) <= 7
    assert "A supplier of ceramic packaging" in page.html
    assert len(books.everybody(cast.event)) == before
    assert "Potter" not in page.html


def test_small_counts_are_not_told(cast: Cast, phone: Phone) -> None:
    phone.open(f"/e/{cast.event.slug}")
    page = phone.fill({OFFER: "Patent filings for hardware companies"}, LOOK)
    assert "A few people at most look for something near what you offer." in page.text


def test_a_form_without_anything_is_asked_for_words_first(cast: Cast, phone: Phone) -> None:
    phone.open(f"/e/{cast.event.slug}")
    page = phone.fill({}, LOOK)
    assert page.status == 422
