"""Met, not for me, and back again; what comes of *I'd like to meet* on the list of people."""

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.invitations import invite
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest

DEEDS = ("met", "unmet", "dismiss", "undismiss")

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


@both_databases
def test_when_both_would_like_to_meet_both_see_it_first(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    eve = make_attendee("Eve", offer="All", need="All")
    suggest(cast.ada, eve, give=0.9, get=0.9)
    suggest(cast.ada, cast.bo, give=0.2, get=0.2)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    path = f"/e/{cast.event.slug}/people"
    assert adas.open(path).suggested == ["Eve", "Bo"]
    page = invite(adas, "Bo")
    assert "You both want to meet" not in page.text
    bos.open(path)
    bos.tap("Let’s meet", near="Ada")
    assert "You both want to meet. Go and say hello!" in bos.open(path).article("Ada").text
    assert adas.open(path).suggested == ["Bo", "Eve"]
    assert "You both want to meet" in adas.page.article("Bo").text


def test_a_wish_can_be_taken_back(cast: Cast, sign_in: SignIn, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    phone, bos = sign_in(cast.ada), sign_in(cast.bo)
    path = f"/e/{cast.event.slug}/people"
    phone.open(path)
    assert "Sent: you’d like to meet." in invite(phone, "Bo").article("Bo").text
    assert "Let’s meet" in bos.open(path).buttons
    page = phone.tap("Take it back", near="Bo")
    assert page.link("I’d like to meet")
    assert "Let’s meet" not in bos.open(path).buttons


@both_databases
def test_somebody_met_makes_a_place_free_and_can_be_brought_back(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/people")
    page = phone.tap("We met", near="Bo")
    assert "A place on your list is free again." in page.news
    assert page.suggested == []
    assert "One person met" in page.text
    assert phone.tap("Not yet, undo", near="Bo").suggested == ["Bo"]


def test_meeting_is_noted_on_ones_own_list_only(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/people")
    phone.tap("We met", near="Bo")
    assert sign_in(cast.bo).open(f"/e/{cast.event.slug}/people").suggested == ["Ada"]


@both_databases
def test_not_for_me_is_private_and_can_be_undone(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    path = f"/e/{cast.event.slug}/people"
    bos = sign_in(cast.bo)
    before = bos.open(path).text
    phone = sign_in(cast.ada)
    phone.open(path)
    page = phone.tap("Not for me", near="Bo")
    assert "They are not told." in page.news
    assert page.suggested == []
    assert "One person set aside" in page.text
    assert bos.open(path).text == before
    assert phone.tap("Bring back", near="Bo").suggested == ["Bo"]


def test_setting_aside_takes_the_wish_back(cast: Cast, sign_in: SignIn, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    path = f"/e/{cast.event.slug}/people"
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    adas.open(path)
    invite(adas, "Bo")
    adas.tap("Not for me", near="Bo")
    assert "Let’s meet" not in bos.open(path).buttons
    assert "You both want to meet" not in invite(bos, "Ada").text


@pytest.mark.parametrize("deed", DEEDS)
def test_a_tap_sent_twice_is_the_same_as_once(
    cast: Cast, sign_in: SignIn, suggest: Suggest, deed: str
) -> None:
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    path = f"/e/{cast.event.slug}/people/{cast.bo.public_id}/{deed}"
    assert [phone.send(path).status, phone.send(path).status] == [302, 302]


@pytest.mark.parametrize("deed", DEEDS)
def test_only_the_owner_of_a_list_may_act_on_it(
    cast: Cast,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    suggest: Suggest,
    books: Books,
    deed: str,
) -> None:
    suggest(cast.ada, cast.bo)
    before = books.place(cast.ada, cast.bo)
    path = f"/e/{cast.event.slug}/people/{cast.bo.public_id}/{deed}"
    # The lookalike is at the event too, but Bo does not stand on their list.
    strangers = (phone, sign_in(cast.cy), sign_in(cast.dee), sign_in_organizer(cast.event))
    assert {one.send(path).status for one in strangers} == {404}
    elsewhere = f"/e/{cast.other_event.slug}/people/{cast.bo.public_id}/{deed}"
    assert sign_in(cast.dee).send(elsewhere).status == 404
    assert books.place(cast.ada, cast.bo) == before


def test_who_is_on_no_list_cannot_be_acted_on(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    for who in (cast.cy.public_id, cast.ada.public_id, cast.dee.public_id, "nobody", "x" * 500):
        assert phone.send(f"/e/{cast.event.slug}/people/{who}/met").status == 404
        assert phone.send(f"/e/{cast.event.slug}/people/{who}/unwant").status == 404
