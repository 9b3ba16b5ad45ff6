"""Your evening: when the event is over its page becomes what one takes home."""

from datetime import datetime, timedelta

import pytest
from fixtures.attendees import MakeAttendee, MakeEvent, MakePerson
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event


@pytest.fixture
def over(make_event: MakeEvent, now: datetime) -> Event:
    """An event that ended an hour ago."""
    return make_event(name="The Evening", starts_at=now - timedelta(hours=5),
                      ends_at=now - timedelta(hours=1))  # fmt: skip


@pytest.fixture
def bo(over: Event, make_attendee: MakeAttendee) -> Attendee:
    """Who was there."""
    return make_attendee("Bo", event=over)


@pytest.fixture
def anh(over: Event, make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Whom Bo met."""
    person = make_person("Trần Văn Ánh", email="anh@example.org")
    return make_attendee(event=over, person=person, offer="Looms", need="Yarn")


@pytest.fixture
def phone(bo: Attendee, anh: Attendee, sign_in: SignIn, code_of: KeyOf, books: Books) -> Phone:
    """Bo's phone, cards exchanged and a book promised."""
    phone = sign_in(bo)
    phone.send(f"/c/{code_of(anh)}/exchange")
    path = f"/me/contacts/{books.contacts(bo)[0].public_id}"
    phone.send(path, {"promise": "A book", "from": "exchange"})
    return phone


def test_the_page_of_people_leads_there_when_the_event_is_over(phone: Phone, over: Event) -> None:
    page = phone.open(f"/e/{over.slug}/people")
    assert page.heading == "Your evening"
    assert page.path == f"/e/{over.slug}/evening"
    assert "Trần Văn Ánh" in page.part("Trần Văn Ánh").text
    assert "For Trần Văn Ánh" in page.part("A book").text
    still = phone.tap("People it would still be good to talk to")
    assert still.path == f"/e/{over.slug}/people"


def test_thanks_are_said_in_private_and_ticked_off(
    phone: Phone, over: Event, bo: Attendee, anh: Attendee, books: Books, sign_in: SignIn
) -> None:
    page = phone.open(f"/e/{over.slug}/evening")
    words = page.part("thank you for our talk at The Evening").text
    assert "“Looms”" in words
    assert page.link("Mail").startswith("mailto:anh@example.org?subject=Thank%20you&body=Hello")
    page = phone.tap("I said thank you")
    assert books.contacts(bo)[0].thanked_at is not None
    assert "Thanks still to say" not in page.text
    # Nobody else learns of it, not even they.
    assert books.contacts(anh)[0].thanked_at is None
    assert "Already thanked" not in sign_in(anh).open(f"/e/{over.slug}/evening").text
    page = phone.tap("Not yet, undo")
    assert "Thanks still to say" in page.text


def test_all_is_taken_along_with_one_tap(phone: Phone, over: Event) -> None:
    phone.open(f"/e/{over.slug}/evening")
    assert b"BEGIN:VCARD" in phone.tap("Address book (.vcf)").data


def test_a_promise_is_ticked_off_there(
    phone: Phone, over: Event, bo: Attendee, books: Books
) -> None:
    phone.open(f"/e/{over.slug}/evening")
    page = phone.tap("Done", near="A book")
    assert page.path == f"/e/{over.slug}/evening"
    assert books.contacts(bo)[0].promises[0].kept_at is not None


def test_who_met_nobody_is_told_kindly(
    over: Event, make_attendee: MakeAttendee, sign_in: SignIn
) -> None:
    page = sign_in(make_attendee("Cy", event=over)).open(f"/e/{over.slug}/people")
    assert "No cards exchanged here" in page.text
    assert page.link("Show my card") == "/me/card"


def test_contacts_of_another_event_stay_away(
    phone: Phone, over: Event, bo: Attendee, make_attendee: MakeAttendee, make_event: MakeEvent,
    code_of: KeyOf, sign_in: SignIn,
) -> None:  # fmt: skip
    tonight = make_event(name="Tonight")
    other = make_attendee("Cy", event=tonight)
    phone = sign_in(make_attendee(event=tonight, person=bo.person))
    phone.send(f"/c/{code_of(other)}/exchange")
    page = phone.open(f"/e/{over.slug}/evening")
    assert "Cy" not in page.text
    assert "Cy" in phone.open(f"/e/{tonight.slug}/evening").text


def test_before_the_end_the_page_of_people_stays(
    make_attendee: MakeAttendee, sign_in: SignIn, event: Event
) -> None:
    page = sign_in(make_attendee("Cy")).open(f"/e/{event.slug}/people")
    assert page.path == f"/e/{event.slug}/people"


def test_nobody_else_sees_my_evening_or_ticks_for_me(
    phone: Phone, over: Event, bo: Attendee, anh: Attendee, books: Books,
    make_attendee: MakeAttendee, make_event: MakeEvent, sign_in: SignIn,
) -> None:  # fmt: skip
    outsider = sign_in(make_attendee("Dee", event=make_event()))
    assert outsider.open(f"/e/{over.slug}/evening").status == 404
    path = f"/me/contacts/{books.contacts(bo)[0].public_id}/thanks"
    for stranger in (outsider, sign_in(anh)):
        assert stranger.send(path).status == 404
    assert books.contacts(bo)[0].thanked_at is None
