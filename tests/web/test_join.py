"""Joining an event: two questions, once, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, SignIn, SignInOrganizer

from matchmaker.people.event import Event

OFFER, NEED = "What could you help somebody with?", "What are you looking for?"
JOIN = "Join and see whom to meet"
ANSWERS = {
    OFFER: "Patent filings for small hardware companies",
    NEED: "A supplier of ceramic packaging",
    "Your name": "Nguyễn Thị Ánh",
    "Phone or e-mail": "anh@example.org",
}

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@both_databases
def test_who_joins_is_here_and_on_their_own_page(phone: Phone, event: Event, books: Books) -> None:
    phone.open(f"/e/{event.slug}")
    page = phone.fill(ANSWERS, JOIN)
    assert page.path == f"/e/{event.slug}/people"
    assert "You’re in." in page.news
    [joined] = books.everybody(event)
    assert joined.name == "Nguyễn Thị Ánh"
    assert joined.person.business.email == "anh@example.org"
    assert joined.here_since is not None
    assert joined.confirmed_at is not None
    assert not joined.wants_mail


@both_databases
def test_a_form_sent_twice_joins_once(phone: Phone, event: Event, books: Books) -> None:
    phone.open(f"/e/{event.slug}")
    key = dict(phone.page.form(JOIN).values)["client_key"]
    form = {"offer": "Patents", "client_key": key}
    first = phone.send(f"/e/{event.slug}/join", form)
    again = phone.send(f"/e/{event.slug}/join", form)
    assert (first.status, again.status) == (302, 302)
    assert len(books.everybody(event)) == 1


def test_a_form_sent_again_by_a_phone_whose_first_answer_got_lost_joins_once(
    make_phone: MakePhone, event: Event, books: Books
) -> None:
    form = {"offer": "Patents", "name": "Ada", "client_key": "k" * 22}
    make_phone().send(f"/e/{event.slug}/join", form)
    retrying = make_phone()
    retrying.send(f"/e/{event.slug}/join", form)
    assert len(books.everybody(event)) == 1
    assert retrying.open(f"/e/{event.slug}/me").heading == "Ada"


def test_each_opened_form_has_a_key_of_its_own(phone: Phone, event: Event) -> None:
    keys = {dict(phone.open(f"/e/{event.slug}").form(JOIN).values)["client_key"] for _ in range(3)}
    assert len(keys) == 3


def test_a_newcomer_is_told_at_once_whom_to_meet(
    phone: Phone, event: Event, make_attendee: MakeAttendee
) -> None:
    make_attendee(
        "Bo",
        offer="A supplier of ceramic packaging, small series",
        need="Patent filings for our hardware company",
    )
    phone.open(f"/e/{event.slug}")
    page = phone.fill(ANSWERS, JOIN)
    assert page.heading == "People to meet"
    assert page.suggested == ["Bo"]


def test_the_sentence_of_who_sees_what_stands_above_the_button(phone: Phone, event: Event) -> None:
    text = phone.open(f"/e/{event.slug}").text
    consent = text.index("are shown to the few people here we suggest you to")
    hiding = text.index("You can hide yourself at any time with one tap")
    assert consent < hiding < text.index(JOIN)


def test_under_the_need_it_says_who_will_read_it(phone: Phone, event: Event) -> None:
    page = phone.open(f"/e/{event.slug}")
    [hint] = [page.root.by_id(i) for i in told_by(page.control(NEED).attributes) if "hint" in i]
    assert hint is not None
    assert hint.text == "People we suggest you to will read this."


def told_by(attributes: dict[str, str]) -> list[str]:
    return attributes["aria-describedby"].split()


def test_mails_are_a_choice_that_nobody_made_for_them(
    phone: Phone, event: Event, books: Books
) -> None:
    mails = "Send me my contacts by e-mail after the event"
    page = phone.open(f"/e/{event.slug}")
    assert "checked" not in page.control(mails).attributes
    phone.fill({**ANSWERS, mails: True}, JOIN)
    [joined] = books.everybody(event)
    assert joined.wants_mail


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ({OFFER: "", NEED: ""}, OFFER, "Please write something here or in the next answer"),
        ({OFFER: "x" * 601}, OFFER, "Please shorten this by 1 characters (at most 600)."),
        ({"Your name": "n" * 130}, "Your name", "Please shorten this by 10 characters"),
        ({"Phone or e-mail": "anh@"}, "Phone or e-mail", "does not look like an e-mail"),
        ({"Phone or e-mail": "12"}, "Phone or e-mail", "can’t be a phone number"),
    ],
)
def test_an_error_stands_at_its_field_and_everything_typed_is_still_there(
    phone: Phone, event: Event, books: Books, typed: dict[str, str], label: str, said: str
) -> None:
    phone.open(f"/e/{event.slug}")
    answers = {**ANSWERS, **typed}
    page = phone.fill({**answers, "Send me my contacts": True}, JOIN)
    assert page.status == 422
    assert said in page.problem(label)
    assert page.control(label).attributes["aria-invalid"] == "true"
    assert {name: page.value(name) for name in answers} == answers
    assert "checked" in page.control("Send me my contacts").attributes
    assert "One answer needs another look. Everything you typed is still here." in page.text
    assert [name for name in answers if page.problem(name)] == [label]
    assert books.everybody(event) == []


def test_a_corrected_form_keeps_its_key(phone: Phone, event: Event, books: Books) -> None:
    phone.open(f"/e/{event.slug}")
    key = dict(phone.page.form(JOIN).values)["client_key"]
    page = phone.fill({OFFER: "Patents", "Phone or e-mail": "a@"}, JOIN)
    assert dict(page.form(JOIN).values)["client_key"] == key
    phone.fill({"Phone or e-mail": ""}, JOIN)
    assert len(books.everybody(event)) == 1


def test_a_number_without_country_is_completed_by_the_event(
    phone: Phone, make_event: MakeEvent, books: Books
) -> None:
    event = make_event(country="VN")
    phone.open(f"/e/{event.slug}")
    phone.fill({**ANSWERS, "Phone or e-mail": "090 123 45 67"}, JOIN)
    [joined] = books.everybody(event)
    assert joined.person.business.phone == "+84901234567"


def test_name_and_address_may_stay_empty(phone: Phone, event: Event, books: Books) -> None:
    phone.open(f"/e/{event.slug}")
    phone.fill({NEED: "A gardener"}, JOIN)
    assert "Someone who gave no name" in phone.open(f"/e/{event.slug}/me").text
    assert len(books.everybody(event)) == 1


def test_fields_ask_the_phone_for_the_right_keyboard(phone: Phone, event: Event) -> None:
    page = phone.open(f"/e/{event.slug}")
    assert page.control("Your name").attributes["autocomplete"] == "name"
    reach = page.control("Phone or e-mail").attributes
    assert (reach["autocomplete"], reach["inputmode"]) == ("email", "email")


def test_before_the_event_who_joins_is_coming_and_not_here(
    phone: Phone, make_event: MakeEvent, books: Books
) -> None:
    soon = make_event()
    later = make_event(starts_at=soon.ends_at, ends_at=soon.ends_at + timedelta(hours=3))
    page = phone.open(f"/e/{later.slug}")
    assert "are shown to the few people coming we suggest you to" in page.text
    phone.fill(ANSWERS, JOIN)
    [joined] = books.everybody(later)
    assert joined.presence == "coming"


def test_nobody_can_join_an_event_that_is_over(
    phone: Phone, make_event: MakeEvent, books: Books
) -> None:
    running = make_event()
    over = make_event(starts_at=running.starts_at - timedelta(days=2), ends_at=running.starts_at)
    page = phone.open(f"/e/{over.slug}")
    assert page.heading == "This event is over"
    assert JOIN not in page.buttons
    refused = phone.send(f"/e/{over.slug}/join", {"offer": "Patents"})
    assert refused.status == 410
    assert refused.heading == "This event is over"
    assert books.everybody(over) == []


def test_an_event_that_nobody_knows_is_a_page_of_ours(phone: Phone) -> None:
    for page in (phone.open("/e/nowhere"), phone.send("/e/nowhere/join", {"offer": "Patents"})):
        assert page.status == 404
        assert page.heading == "Nothing here"


def test_who_has_joined_is_not_asked_again(cast: Cast, sign_in: SignIn, books: Books) -> None:
    phone = sign_in(cast.ada)
    page = phone.open(f"/e/{cast.event.slug}")
    assert "You are in as Ada." in page.text
    assert JOIN not in page.buttons
    assert phone.send(f"/e/{cast.event.slug}/join", {"offer": "Again"}).status == 302
    assert len(books.everybody(cast.event)) == 3


def test_an_outsider_and_an_organizer_join_like_anybody(
    cast: Cast, sign_in: SignIn, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    for phone in (sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert JOIN in phone.open(f"/e/{cast.event.slug}").buttons
        assert phone.fill(ANSWERS, JOIN).path == f"/e/{cast.event.slug}/people"
    assert len(books.everybody(cast.event)) == 5


def test_an_organizer_who_joins_stays_an_organizer(
    event: Event, sign_in_organizer: SignInOrganizer
) -> None:
    laptop = sign_in_organizer(event)
    laptop.open(f"/e/{event.slug}")
    laptop.fill(ANSWERS, JOIN)
    assert laptop.open(f"/o/e/{event.slug}").heading == "Match report"


def test_who_comes_to_a_second_event_keeps_card_and_contacts(
    cast: Cast, books: Books, sign_in: SignIn
) -> None:
    phone = sign_in(cast.dee)
    phone.open(f"/e/{cast.event.slug}")
    phone.fill({OFFER: "The same person elsewhere"}, JOIN)
    joined = books.named(cast.event, "Dee")
    assert joined.person.id == cast.dee.person.id
