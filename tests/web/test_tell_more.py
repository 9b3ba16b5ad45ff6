"""*Tell more*: everything that can wait until after the first suggestions."""

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest

MORE = {
    "What could you help somebody with?": "Patent filings, and trade marks",
    "What are you looking for?": "A supplier of ceramic packaging",
    "I can introduce you to …": "The head of the craft museum",
    "How many new people would you like to meet?": "3",
    "How to spot me": "red scarf, table 4",
    "Your name": "Ada Quist",
    "How should people call you?": "Ada",
    "How to introduce me, in one line": "She gets small inventions protected",
    "Organization or business": "Quist & Daughters",
    "What you do": "Patent attorney",
    "Phone": "+39 06 6988 4857",
    "E-mail": "ada@example.org",
    "Web site": "example.org/ada",
    "Whom you serve": "workshops of one to ten people",
    "Who decides": "the owner",
    "What sets you apart": "I come to your workshop",
}


def test_everything_told_is_stored(cast: Cast, sign_in: SignIn, books: Books) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me/more")
    page = phone.fill({**MORE, "I can welcome newcomers": True, "Italiano": True}, "Save")
    assert page.path == f"/e/{cast.event.slug}/people"
    assert "Saved." in page.news
    ada = books.attendee(cast.ada)
    card = ada.person.business
    assert (ada.offer, ada.wish, ada.spot) == (MORE[OFFER], 3, "red scarf, table 4")
    assert (card.name, card.call_name, card.role) == ("Ada Quist", "Ada", "Patent attorney")
    assert (card.phone, card.site) == ("+390669884857", "https://example.org/ada")
    assert (ada.person.serves, ada.person.decides) == (MORE["Whom you serve"], "the owner")
    assert ada.can_introduce == "The head of the craft museum"
    assert ada.speaks == ("en", "it")
    assert ada.welcomes_newcomers
    assert not ada.meets_own_organization
    assert not ada.wants_mail


OFFER = "What could you help somebody with?"


def test_what_was_told_stands_there_the_next_time(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me/more")
    phone.fill(MORE, "Save")
    page = phone.open(f"/e/{cast.event.slug}/me/more")
    told = MORE | {"Phone": "+390669884857", "Web site": "https://example.org/ada"}
    assert {label: page.value(label) for label in MORE} == told


def test_the_language_is_prefilled_and_stated_only_when_sent(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, books: Books
) -> None:
    eva = make_attendee("Eva", language="it")
    phone = sign_in(eva)
    page = phone.open(f"/e/{cast.event.slug}/me/more")
    assert "checked" in page.control("Italiano").attributes
    assert "checked" not in page.control("English").attributes
    assert books.attendee(eva).speaks == ()
    phone.fill({}, "Save")
    assert books.attendee(eva).speaks == ("it",)


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("E-mail", "ada@@example", "does not look like an e-mail address"),
        ("Phone", "call me", "can’t be a phone number"),
        ("Web site", "javascript:alert(1)", "can’t be a web address"),
        ("How many new people", "0", "Please choose a number from 1 to 20."),
        ("How many new people", "many", ""),
        ("How to spot me", "x" * 161, "Please shorten this by 1 characters"),
        ("What sets you apart", "x" * 201, "Please shorten this by 1 characters"),
    ],
)
def test_an_error_stands_at_its_field_and_the_rest_is_kept(
    cast: Cast, sign_in: SignIn, books: Books, label: str, typed: str, said: str
) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me/more")
    page = phone.fill({"Who decides": "the owner", label: typed, "Tiếng Việt": True}, "Save")
    assert page.status == 422
    assert page.problem(label)
    assert said in page.problem(label)
    assert page.value(label) == typed
    assert page.value("Who decides") == "the owner"
    assert "checked" in page.control("Tiếng Việt").attributes
    assert books.attendee(cast.ada) == books.attendee(cast.ada)
    assert books.attendee(cast.ada).person.decides == ""


def test_what_is_told_stands_on_the_suggestion_that_others_see(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me/more")
    phone.fill(MORE, "Save")
    suggest(cast.bo, cast.ada)
    seen = sign_in(cast.bo).open(f"/e/{cast.event.slug}/people").text
    for words in ("Ada Quist", "Patent attorney, Quist & Daughters", "red scarf, table 4"):
        assert words in seen
    assert "Can introduce you to The head of the craft museum" in seen
    for hidden in ("ada@example.org", "+390669884857", "example.org/ada"):
        assert hidden not in seen


def test_answers_at_one_event_stay_out_of_another(
    cast: Cast, make_event: MakeEvent, make_attendee: MakeAttendee, sign_in: SignIn, books: Books
) -> None:
    again = make_attendee("Ada", event=cast.other_event, person=cast.ada.person, offer="Cakes")
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me/more")
    phone.fill({OFFER: "Patents only"}, "Save")
    assert books.attendee(again).offer == "Cakes"


def test_only_who_is_signed_in_there_may_look_or_tell(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    path = f"/e/{cast.event.slug}/me/more"
    for stranger in (
        phone,
        sign_in(cast.dee),
        sign_in_organizer(cast.event),
        sign_in_organizer(cast.event, "helper"),
        sign_in_organizer(cast.other_event),
    ):
        assert stranger.open(path).status == 404
        assert stranger.send(path, {"offer": "Mine now", "wish": "5"}).status == 404
    assert books.attendee(cast.ada).offer == cast.ada.offer
