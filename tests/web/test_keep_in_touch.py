"""Keep in touch: today's promises and whom to greet, in words that ask for nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent, MakePerson
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn
from icalendar import Calendar
from sqlalchemy import update

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import ContactRow, PromiseRow

PAGE = "/me/keep-in-touch"
Age = Callable[..., None]


@pytest.fixture
def event(make_event: MakeEvent, now: datetime) -> Event:
    """An evening that was a while ago."""
    began = now - timedelta(days=60)
    return make_event(name="Last Evening", starts_at=began, ends_at=began + timedelta(hours=5))


@pytest.fixture
def anh(event: Event, make_attendee: MakeAttendee, make_person: MakePerson) -> Attendee:
    """Somebody who can be reached."""
    person = make_person("Trần Văn Ánh", call_name="Ánh", phone="+84901234567",
                         email="anh@example.org")  # fmt: skip
    return make_attendee(event=event, person=person, offer="Looms " * 50, need="Red yarn.")


@pytest.fixture
def bo(event: Event, make_attendee: MakeAttendee) -> Attendee:
    """Somebody with contacts."""
    return make_attendee("Bo", event=event)


@pytest.fixture
def phone(anh: Attendee, bo: Attendee, sign_in: SignIn, code_of: KeyOf) -> Phone:
    """Bo's phone."""
    phone = sign_in(bo)
    phone.send(f"/c/{code_of(anh)}/exchange")
    return phone


@pytest.fixture
def age(database: Database, bo: Attendee, now: datetime) -> Age:
    """Lets time pass for Bo's contacts and promises."""

    def go_back(*, days: int) -> None:
        then = now - timedelta(days=days)
        with database.writing() as session:
            session.execute(
                update(ContactRow)
                .where(ContactRow.owner_id == bo.person.id)
                .values(met_at=then, greeted_at=None)
            )
            session.execute(update(PromiseRow).values(made_at=then))

    return go_back


def path_of(books: Books, bo: Attendee) -> str:
    return f"/me/contacts/{books.contacts(bo)[0].public_id}"


def test_with_nothing_due_the_page_says_how_to_begin(phone: Phone) -> None:
    page = phone.open("/me/contacts")
    page = phone.tap("Keep in touch")
    assert page.heading == "Keep in touch"
    assert "Nothing is due today" in page.text


def test_a_promise_stands_there_on_its_day_and_is_done_with_one_tap(
    phone: Phone, bo: Attendee, books: Books, now: datetime
) -> None:
    path = path_of(books, bo)
    day = (now + timedelta(days=5)).date().isoformat()
    phone.send(f"{path}/promises", {"text": "The far one", "day": day})
    today = now.date() + timedelta(days=1)
    phone.send(f"{path}/promises", {"text": "The near one", "day": today.isoformat()})
    page = phone.open(PAGE)
    assert "The far one" in page.part("Later").text
    assert "Nothing is due today" in page.text


def test_what_was_said_without_a_day_is_due_the_next_morning(
    phone: Phone, bo: Attendee, books: Books, age: Age
) -> None:
    phone.send(path_of(books, bo), {"promise": "A book", "from": "exchange"})
    assert "Nothing is due today" in phone.open(PAGE).text
    age(days=2)
    page = phone.open(PAGE)
    assert "For Ánh" in page.part("A book").text
    page = phone.tap("Done", near="A book")
    assert page.path == PAGE
    assert "Nothing is due today" in page.text
    assert books.contacts(bo)[0].promises[0].kept_at is not None


def test_whom_to_greet_comes_with_words_that_hold_no_ask(
    phone: Phone, bo: Attendee, books: Books, age: Age
) -> None:
    phone.send(f"{path_of(books, bo)}/relation", {"rhythm": "close"})
    assert "A good day to say hello" not in phone.open(PAGE).text
    age(days=40)
    page = phone.open(PAGE)
    article = page.part("Hello Ánh,")
    ways = {one.text: unquote(one.attributes["href"]) for one in page.root.of_class("reach__way")}
    assert set(ways) == {"Mail", "Text", "WhatsApp", "Telegram"}
    # Their own short words, and none of the long ones.
    assert "“Red yarn”" in article.text
    for url in ways.values():
        assert "Hello Ánh,\n" in url.replace("\r", "")
        assert "“Red yarn”" in url
    assert ways["Mail"].startswith("mailto:anh@example.org?subject=")


def test_whom_i_block_i_am_not_asked_to_greet_but_what_i_promised_stays(
    phone: Phone, bo: Attendee, books: Books, age: Age
) -> None:
    phone.send(f"{path_of(books, bo)}/relation", {"rhythm": "close"})
    phone.send(f"{path_of(books, bo)}/promises", {"text": "A book"})
    age(days=40)
    assert "Hello Ánh," in phone.open(PAGE).text
    phone.open(path_of(books, bo))
    phone.tap("Block or report")
    phone.tap("Block")
    page = phone.open(PAGE)
    assert "Hello Ánh," not in page.text
    assert "For Ánh" in page.part("A book").text


def test_done_later_and_never(
    phone: Phone, bo: Attendee, books: Books, age: Age, now: datetime
) -> None:
    path = path_of(books, bo)
    phone.send(f"{path}/relation", {"rhythm": "close"})
    age(days=40)
    phone.open(PAGE)
    phone.tap("Later", near="Trần")
    [contact] = books.contacts(bo)
    assert contact.greet_from is not None
    assert contact.greet_from - now > timedelta(days=6)
    assert "A good day to say hello" not in phone.page.text
    phone.send(f"{path}/relation", {"rhythm": "regular"})
    age(days=100)
    phone.open(PAGE)
    phone.tap("Done", near="Trần")
    [contact] = books.contacts(bo)
    assert contact.greeted_at is not None
    assert contact.greet_from is None
    age(days=100)
    phone.open(PAGE)
    page = phone.tap("Never", near="Trần")
    [contact] = books.contacts(bo)
    assert contact.rhythm == ""
    assert "They stay in your contacts." in page.news


def test_a_greeting_goes_into_the_calendar(phone: Phone, bo: Attendee, books: Books) -> None:
    path = path_of(books, bo)
    assert phone.open(f"{path}/greeting.ics").status == 404
    phone.send(f"{path}/relation", {"rhythm": "regular"})
    phone.open(path)
    saved = phone.tap("Into my calendar")
    [entry] = Calendar.from_ical(saved.data).walk("VEVENT")
    assert entry["SUMMARY"] == "Say hello to Ánh"
    assert "Hello Ánh," in entry["DESCRIPTION"]


def test_one_line_on_every_page_says_what_is_due(
    phone: Phone, bo: Attendee, books: Books, age: Age
) -> None:
    phone.send(path_of(books, bo), {"promise": "A book", "from": "exchange"})
    phone.send(f"{path_of(books, bo)}/relation", {"rhythm": "close"})
    age(days=40)
    page = phone.open("/me/contacts")
    assert page.link("You said: A book, for Ánh") == PAGE
    assert len([one for one in page.root.all("a") if one.attributes["href"] == PAGE]) == 2
    assert phone.open(PAGE).root.of_class("waiting") == []


def test_while_an_event_runs_nobody_is_reminded(
    phone: Phone, bo: Attendee, books: Books, age: Age, make_attendee: MakeAttendee,
    make_event: MakeEvent, sign_in: SignIn,
) -> None:  # fmt: skip
    phone.send(path_of(books, bo), {"promise": "A book", "from": "exchange"})
    age(days=40)
    tonight = make_event(name="Tonight")
    phone = sign_in(make_attendee(event=tonight, person=bo.person))
    assert "You said: A book" not in phone.open(f"/e/{tonight.slug}/me").text


@pytest.mark.parametrize("deed", ["done", "later", "never"])
def test_nobody_else_can_answer_for_me(
    phone: Phone, anh: Attendee, bo: Attendee, books: Books, sign_in: SignIn,
    make_phone: MakePhone, deed: str,
) -> None:  # fmt: skip
    before = books.contacts(bo)
    path = path_of(books, bo)
    for stranger in (sign_in(anh), make_phone()):
        assert stranger.send(f"{path}/greeting", {"deed": deed}).status == 404
        assert stranger.open(f"{path}/greeting.ics").status == 404
    assert make_phone().open(PAGE).status == 404
    assert "Trần" not in sign_in(anh).open(PAGE).text.replace("Trần Văn Ánh · ", "")
    assert books.contacts(bo) == before


def test_only_known_answers_are_taken(phone: Phone, bo: Attendee, books: Books) -> None:
    assert phone.send(f"{path_of(books, bo)}/greeting", {"deed": "score"}).status == 400


def test_the_cast_of_another_event_sees_nothing(cast: Cast, phone: Phone, sign_in: SignIn) -> None:
    assert "Nothing is due today" in sign_in(cast.dee).open(PAGE).text
