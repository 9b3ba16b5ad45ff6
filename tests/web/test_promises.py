"""What I promised a contact: several, each with a day, ticked off, put off, or let go."""

from datetime import date, datetime, timedelta

import pytest
from fixtures.attendees import Cast
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from matchmaker.people.promise import Promise

WHAT, WHEN = "What I said I’d do", "By when (may stay empty)"


@pytest.fixture
def phone(cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books) -> Phone:
    """Ada's phone at the page of her contact Bo."""
    phone = sign_in(cast.ada)
    phone.send(f"/c/{code_of(cast.bo)}/exchange")
    phone.open(f"/me/contacts/{books.contacts(cast.ada)[0].public_id}")
    return phone


@pytest.fixture
def today(cast: Cast, now: datetime) -> date:
    """The day it is at the event's place."""
    return cast.event.local(now).date()


def promises(books: Books, cast: Cast) -> tuple[Promise, ...]:
    [contact] = books.contacts(cast.ada)
    return contact.promises


def test_several_promises_stand_with_their_days(
    phone: Phone, cast: Cast, books: Books, today: date
) -> None:
    day = today + timedelta(days=40)
    phone.fill({WHAT: "The article", WHEN: day.isoformat()}, "Write it down")
    page = phone.fill({WHAT: "<b>A call</b>"}, "Write it down")
    assert "Written down." in page.news
    assert [(one.text, one.due_on) for one in promises(books, cast)] == [
        ("The article", day),
        ("<b>A call</b>", None),
    ]
    assert str(day.year) in page.part("The article").text
    assert "<b>A call</b>" in page.text


@pytest.mark.parametrize(
    ("what", "when", "field", "said"),
    [
        ("", "", WHAT, "Please write what you said you’d do."),
        ("p" * 161, "", WHAT, "Please shorten this by 1 characters"),
        ("A call", "tomorrow", WHEN, "This is no day."),
        ("A call", "2020-01-01", WHEN, "Please choose a day from today on"),
        ("A call", "9999-12-31", WHEN, "Please choose a day from today on"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    phone: Phone, cast: Cast, books: Books, what: str, when: str, field: str, said: str
) -> None:
    page = phone.fill({WHAT: what, WHEN: when}, "Write it down")
    assert page.status == 422
    assert said in page.problem(field)
    assert (page.value(WHAT), page.value(WHEN)) == (what, when)
    assert promises(books, cast) == ()


def test_an_impatient_thumb_promises_once(phone: Phone, cast: Cast, books: Books) -> None:
    form = phone.page.form("Write it down")
    values = dict(form.values) | {"text": "The article"}
    for _ in range(3):
        assert phone.send(form.action, values).status == 302
    assert len(promises(books, cast)) == 1


def test_a_kept_promise_is_ticked_off_and_can_be_opened_again(
    phone: Phone, cast: Cast, books: Books
) -> None:
    phone.fill({WHAT: "The article"}, "Write it down")
    page = phone.tap("Done", near="The article")
    assert "Kept." in page.news
    assert promises(books, cast)[0].kept_at is not None
    assert "kept" in page.part("The article").text
    phone.tap("Not yet, undo", near="The article")
    assert promises(books, cast)[0].is_open


def test_later_is_a_week_from_today_and_never_lets_go(
    phone: Phone, cast: Cast, books: Books, today: date
) -> None:
    phone.fill({WHAT: "The article"}, "Write it down")
    phone.tap("Later", near="The article")
    assert promises(books, cast)[0].due_on in {
        today + timedelta(days=7),
        # The test may run over midnight.
        today + timedelta(days=8),
    }
    phone.tap("Never", near="The article")
    [promise] = promises(books, cast)
    assert (promise.is_open, promise.kept_at) == (False, None)


def test_a_promise_goes_into_the_calendar(phone: Phone, today: date) -> None:
    day = today + timedelta(days=3)
    phone.fill({WHAT: "Send; the, article", WHEN: day.isoformat()}, "Write it down")
    saved = phone.tap("Into my calendar")
    assert saved.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [entry] = Calendar.from_ical(saved.data).walk("VEVENT")
    assert entry["SUMMARY"] == "Send; the, article (for Bo)"
    assert entry["DTSTART"].dt == day
    assert entry["TRANSP"] == "TRANSPARENT"


def test_the_line_of_the_exchange_is_the_first_open_promise(
    phone: Phone, cast: Cast, books: Books
) -> None:
    path = phone.page.path
    phone.send(path, {"promise": "a book", "from": "exchange"})
    phone.send(path, {"promise": "a better book", "from": "exchange"})
    assert [one.text for one in promises(books, cast)] == ["a better book"]
    phone.open(path)
    phone.tap("Done", near="a better book")
    phone.send(path, {"promise": "a third", "from": "exchange"})
    assert [(one.text, one.is_open) for one in promises(books, cast)] == [
        ("a better book", False),
        ("a third", True),
    ]


def test_promises_are_nobody_elses(
    phone: Phone, cast: Cast, books: Books, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    phone.fill({WHAT: "The article"}, "Write it down")
    [contact] = books.contacts(cast.ada)
    [promise] = contact.promises
    path = f"/me/contacts/{contact.public_id}/promises"
    # Nor by way of a contact of one's own.
    [bos] = books.contacts(cast.bo)
    for stranger in (sign_in(cast.bo), sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.send(path, {"text": "Mine"}).status == 404
        for way in (path, f"/me/contacts/{bos.public_id}/promises"):
            assert stranger.send(f"{way}/{promise.public_id}", {"deed": "kept"}).status == 404
            assert stranger.open(f"{way}/{promise.public_id}.ics").status == 404
    assert phone.send(f"{path}/{promise.public_id}", {"deed": "steal"}).status == 400
    assert promises(books, cast) == (promise,)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.text(max_size=12) | st.dates().map(str))
@example("<script>{{ 7*7 }}", "0000-00-00")
@example("\u202e\0", "2027-02-30")
def test_no_words_and_no_day_break_the_page(phone: Phone, what: str, when: str) -> None:
    path = phone.page.path.removesuffix("/promises")
    sent = {"text": what.encode(errors="replace"), "day": when.encode(errors="replace")}
    answer = phone.send(f"{path}/promises", sent)
    assert answer.status in {302, 422}
    assert "Write it down" in phone.open(path).buttons
