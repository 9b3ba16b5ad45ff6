"""Asking a contact for an introduction: who may know somebody, and never whom they know."""

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.introductions import Block, Exchange, Wish
from fixtures.phones import Phone
from fixtures.venue import SignIn

from matchmaker.people.attendee import Attendee

WANTED = {"What are you looking for?": "A carpenter who repairs old windows"}
MAY_KNOW = "Mai may know somebody who can help with that."


@pytest.fixture
def mai(cast: Cast, make_attendee: MakeAttendee, exchange: Exchange) -> Attendee:
    """A contact of Ada, who knows Bo, a carpenter."""
    mai = make_attendee("Mai", offer="Tea", need="Cups")
    exchange(cast.ada, mai, cast.event)
    exchange(mai, cast.bo, cast.event)
    return mai


def look(phone: Phone) -> str:
    phone.open("/me/introductions/ask")
    return phone.fill(WANTED, "Who may know somebody?").text


def agree_to_be_found(phone: Phone) -> None:
    phone.open("/me/introductions")
    phone.tap("My contacts may introduce me")


def test_a_contact_is_named_only_by_leave_of_the_one_they_know(
    cast: Cast, mai: Attendee, sign_in: SignIn
) -> None:
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    assert MAY_KNOW not in look(adas)
    agree_to_be_found(bos)
    found = look(adas)
    assert MAY_KNOW in found
    assert "Bo" not in found
    bos.tap("Don’t let others find me this way")
    assert MAY_KNOW not in look(adas)


def test_or_by_what_they_wrote_themselves(
    cast: Cast, make_attendee: MakeAttendee, exchange: Exchange, sign_in: SignIn
) -> None:
    mai = make_attendee("Mai", can_introduce="Carpenters who repair old windows")
    phone = sign_in(cast.ada)
    assert MAY_KNOW not in look(phone)
    exchange(cast.ada, mai)
    assert MAY_KNOW in look(phone)


def test_one_step_only_and_nobody_whom_one_knows(
    cast: Cast, mai: Attendee, exchange: Exchange, sign_in: SignIn
) -> None:
    agree_to_be_found(sign_in(cast.bo))
    # Dee knows Mai, who knows Bo: from Cy, who knows Dee, that is one step too many.
    exchange(cast.dee, mai)
    exchange(cast.cy, cast.dee)
    assert "may know somebody who can help" not in look(sign_in(cast.cy))
    exchange(cast.ada, cast.bo)
    assert MAY_KNOW not in look(sign_in(cast.ada))


def test_who_is_kept_apart_is_not_found(
    cast: Cast, mai: Attendee, block: Block, sign_in: SignIn
) -> None:
    agree_to_be_found(sign_in(cast.bo))
    block(cast.bo, cast.ada)
    assert MAY_KNOW not in look(sign_in(cast.ada))


def test_who_is_kept_apart_from_the_contact_is_not_found_either(
    cast: Cast, mai: Attendee, block: Block, sign_in: SignIn
) -> None:
    agree_to_be_found(sign_in(cast.bo))
    block(cast.bo, mai)
    assert MAY_KNOW not in look(sign_in(cast.ada))


def test_the_contact_reads_the_wish_and_answers_it_by_an_introduction(
    cast: Cast, mai: Attendee, sign_in: SignIn
) -> None:
    agree_to_be_found(sign_in(cast.bo))
    adas, mais, bos = sign_in(cast.ada), sign_in(mai), sign_in(cast.bo)
    look(adas)
    adas.tap("Ask them")
    assert "Asked, waiting" in adas.page.text
    mais.open("/me/card")
    mais.tap("Ada asks whether you can introduce them")
    assert mais.page.heading == "Ada looks for somebody"
    assert WANTED["What are you looking for?"] in mais.page.text
    page = mais.tap("Introduce somebody")
    form = page.form("Ask them both")
    [first] = [value for name, value in form.values if name == "first"]
    [other] = [
        one.all("input")[0].attributes["value"]
        for one in page.root.all("label")
        if one.text == "Bo" and one.all("input")[0].attributes["name"] == "second"
    ]
    mais.send(form.action, {**dict(form.values), "second": other, "reason": "Windows"})
    assert first
    assert "asks whether you can introduce them" not in mais.open("/me/card").text
    for phone in (adas, bos):
        assert "Mai would like to introduce you to" in phone.open("/me/card").text
    assert "What you asked for" not in adas.open("/me/introductions").text


def test_setting_it_aside_is_private(
    cast: Cast, mai: Attendee, wish: Wish, sign_in: SignIn
) -> None:
    adas, mais = sign_in(cast.ada), sign_in(mai)
    path = f"/me/introductions/wishes/{wish(cast.ada, mai)}"
    before = adas.open("/me/introductions").text
    mais.open(path)
    mais.tap("Set aside")
    assert "asks whether you can introduce them" not in mais.open("/me/card").text
    assert adas.open("/me/introductions").text == before


def test_it_closes_quietly(cast: Cast, mai: Attendee, wish: Wish, sign_in: SignIn) -> None:
    wish(cast.ada, mai, days=14)
    assert "asks whether you" not in sign_in(mai).open("/me/card").text
    assert "It did not come about" in sign_in(cast.ada).open("/me/introductions").text


def test_the_same_wish_is_sent_once(cast: Cast, mai: Attendee, wish: Wish, sign_in: SignIn) -> None:
    assert wish(cast.ada, mai) == wish(cast.ada, mai)
    text = sign_in(mai).open("/me/card").text
    assert text.count("asks whether you can introduce them") == 1


def test_only_ones_own_contacts_are_asked_and_only_they_read_it(
    cast: Cast, mai: Attendee, wish: Wish, sign_in: SignIn, phone: Phone
) -> None:
    path = f"/me/introductions/wishes/{wish(cast.ada, mai)}"
    for reader in (phone, sign_in(cast.ada), sign_in(cast.bo), sign_in(cast.dee)):
        assert reader.open(path).status == 404
        assert reader.send(f"{path}/set-aside").status == 404
    form = {"wanted": "A roofer", "contact": "no such contact"}
    assert sign_in(cast.ada).send("/me/introductions/ask", form).status == 404


def test_words_are_needed(cast: Cast, mai: Attendee, sign_in: SignIn) -> None:
    page = sign_in(cast.ada).send("/me/introductions/ask", {"wanted": "", "contact": "x"})
    assert page.status == 422
    assert "Please say what you are looking for." in page.problem("What are you looking for?")
