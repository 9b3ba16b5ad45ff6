"""A circle on the phone: who gives what to whom, where they meet, and what each of them says."""

import pytest
from fixtures.attendees import Cast
from fixtures.phones import Phone
from fixtures.tables import AddCircle
from fixtures.venue import SignIn, SignInOrganizer

from matchmaker.people.circle import Circle


@pytest.fixture
def circle(cast: Cast, add_circle: AddCircle) -> Circle:
    """Ada gives to Bo, Bo to Cy, Cy to Ada."""
    return add_circle(cast.event, cast.ada, cast.bo, cast.cy)


def look(phone: Phone, cast: Cast) -> str:
    return phone.open(f"/e/{cast.event.slug}/circle").text


def test_each_sees_first_what_they_give(cast: Cast, circle: Circle, sign_in: SignIn) -> None:
    text = look(sign_in(cast.bo), cast)
    assert "Circle table 2" in text
    ways = ["You give to Cy", "Cy gives to Ada", "Ada gives to you"]
    assert [text.index(way) for way in ways] == sorted(text.index(way) for way in ways)
    assert cast.ada.offer in text


def test_it_waits_on_top_of_other_pages(cast: Cast, circle: Circle, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    assert "A circle of three for you at" in phone.open("/me/card").text
    look(phone, cast)
    phone.tap("I’ll be there")
    assert "Your circle of three:" in phone.open("/me/card").text


def test_the_others_see_who_will_be_there_and_it_can_be_taken_back(
    cast: Cast, circle: Circle, sign_in: SignIn
) -> None:
    ada, bo = sign_in(cast.ada), sign_in(cast.bo)
    look(ada, cast)
    page = ada.tap("I’ll be there")
    assert "The other two see that you will be there" in page.news
    assert "will be there" in look(bo, cast)
    look(ada, cast)
    ada.tap("Take it back")
    assert "will be there" not in look(bo, cast)


def test_who_is_not_free_is_not_named(cast: Cast, circle: Circle, sign_in: SignIn) -> None:
    ada, bo = sign_in(cast.ada), sign_in(cast.bo)
    look(ada, cast)
    page = ada.tap("I’m not free")
    assert "not told who it was" in page.news
    text = look(bo, cast)
    assert "This circle is closed" in text
    assert "Ada" not in text


def test_a_closed_circle_takes_no_more_answers(cast: Cast, circle: Circle, sign_in: SignIn) -> None:
    ada, bo = sign_in(cast.ada), sign_in(cast.bo)
    path = f"/e/{cast.event.slug}/circle/{circle.public_id}"
    ada.send(f"{path}/not_free")
    assert bo.send(f"{path}/coming").status == 404


def test_without_a_circle_the_page_says_what_one_is(cast: Cast, sign_in: SignIn) -> None:
    assert "No circle for you now" in look(sign_in(cast.ada), cast)


def test_nobody_else_sees_or_answers_it(
    cast: Cast, circle: Circle, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    path = f"/e/{cast.event.slug}/circle"
    for phone in (sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert phone.open(path).status == 404
        assert phone.send(f"{path}/{circle.public_id}/coming").status == 404
