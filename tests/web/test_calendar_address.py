"""A calendar of my own at a secret address that I can end."""

from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast
from fixtures.phones import BASE_URL, MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn
from icalendar import Calendar

PAGE = "/me/keep-in-touch"


@pytest.fixture
def phone(cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books, now: datetime) -> Phone:
    """Ada's phone: something promised to Bo, who is to be greeted each month."""
    phone = sign_in(cast.ada)
    phone.send(f"/c/{code_of(cast.bo)}/exchange")
    path = f"/me/contacts/{books.contacts(cast.ada)[0].public_id}"
    day = (now + timedelta(days=3)).date().isoformat()
    phone.send(f"{path}/promises", {"text": "Bản vẽ; phố", "day": day})
    phone.send(f"{path}/relation", {"rhythm": "close"})
    return phone


def make_address(phone: Phone) -> str:
    phone.open(PAGE)
    return phone.tap("Make a calendar address").value("My secret address")


def test_any_calendar_program_reads_it_without_signing_in(
    phone: Phone, make_phone: MakePhone
) -> None:
    address = make_address(phone)
    assert address.startswith(f"{BASE_URL}/feed/")
    assert phone.page.link("Subscribe") == address.replace("https://", "webcal://")
    answer = make_phone().open(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.data)
    assert calendar["X-WR-CALNAME"] == "Keep in touch"
    told = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    assert set(told) == {"Bản vẽ; phố (for Bo)", "Say hello to Bo"}
    assert len({str(one["UID"]) for one in told.values()}) == 2


def test_the_same_entry_keeps_its_id(phone: Phone, make_phone: MakePhone) -> None:
    address = make_address(phone)
    ids = [
        {
            str(one["UID"])
            for one in Calendar.from_ical(make_phone().open(address).data).walk("VEVENT")
        }
        for _ in range(2)
    ]
    assert ids[0] == ids[1]


def test_an_ended_address_never_opens_again(phone: Phone, make_phone: MakePhone) -> None:
    first = make_address(phone)
    phone.tap("End this address")
    assert make_phone().open(first).status == 404
    second = make_address(phone)
    assert second != first
    assert make_phone().open(first).status == 404
    assert make_phone().open(second).status == 200


def test_what_is_done_leaves_the_calendar(
    phone: Phone, cast: Cast, books: Books, make_phone: MakePhone
) -> None:
    address = make_address(phone)
    [contact] = books.contacts(cast.ada)
    path = f"/me/contacts/{contact.public_id}"
    phone.send(f"{path}/promises/{contact.promises[0].public_id}", {"deed": "kept"})
    phone.send(f"{path}/relation", {"rhythm": ""})
    assert Calendar.from_ical(make_phone().open(address).data).walk("VEVENT") == []


def test_no_address_can_be_made_up(
    phone: Phone, cast: Cast, make_phone: MakePhone, key_of: KeyOf
) -> None:
    address = make_address(phone)
    public_id, _, mac = (
        address.removeprefix(f"{BASE_URL}/feed/").removesuffix(".ics").partition(".")
    )
    private_mac = key_of(cast.ada).partition(".")[2]
    wrong = [public_id, f"{public_id}.", f"{public_id}.{mac[:-1]}", f"{public_id}.{private_mac}",
             f"{cast.bo.person.public_id}.{mac}", f".{mac}", f"{public_id}.{mac}é"]  # fmt: skip
    for key in wrong:
        assert make_phone().open(f"/feed/{key}.ics").status == 404


def test_being_forgotten_ends_it(phone: Phone, cast: Cast, make_phone: MakePhone) -> None:
    address = make_address(phone)
    phone.send(f"/e/{cast.event.slug}/me/forget")
    assert make_phone().open(address).status == 404
