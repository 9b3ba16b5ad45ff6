"""People to meet: a few, each for a reason, what one can give first."""

import re
from datetime import timedelta

from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from fixtures.evenings import Evening
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest
from flask import Flask

from matchmaker.people.event import Event


def people_path(event: Event) -> str:
    return f"/e/{event.slug}/people"


def test_what_one_can_give_stands_first(cast: Cast, sign_in: SignIn, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    text = sign_in(cast.ada).open(people_path(cast.event)).article("Bo").text
    give = text.index("What you can give them")
    assert give < text.index(cast.bo.need) < text.index("You offer") < text.index(cast.ada.offer)
    get = text.index("What they may give you")
    assert give < get < text.index(cast.bo.offer) < text.index(cast.ada.need)


def test_the_matching_words_are_marked_in_both_peoples_own_words(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    page = sign_in(cast.ada).open(people_path(cast.event))
    marked = [[m.text for m in part.all("mark")] for part in page.root.all("blockquote")]
    texts = (cast.bo.need, cast.ada.offer, cast.bo.offer, cast.ada.need)
    assert marked == [[text.split(" ")[0]] for text in texts]


def test_a_weak_direction_says_that_nothing_was_seen_yet(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=0.6, get=0.02)
    page = sign_in(cast.ada).open(people_path(cast.event))
    [give, get] = page.root.of_class("way")
    assert "nothing seen yet" not in give.text
    assert "What they may give you" in get.text
    assert "nothing seen yet" in get.text
    assert get.all("mark") == []
    assert "One way: you can help them" in page.text


def test_the_question_contains_their_own_phrase(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, phrase="patent filings for our hardware company")
    page = sign_in(cast.ada).open(people_path(cast.event))
    [question] = page.root.of_class("ask__words")
    assert "“patent filings for our hardware company”" in question.text
    assert question.text.endswith("?")


def test_no_percentage_and_no_score_stands_anywhere(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=0.4271, get=0.3819)
    page = sign_in(cast.ada).open(people_path(cast.event))
    assert not re.search(r"%|per ?cent|\b0[.,]\d", page.text)
    for secret in ("4271", "3819", "42", "38"):
        assert secret not in page.article("Bo").text


def test_a_plan_of_the_real_matching_is_told(cast: Cast, sign_in: SignIn, evening: Evening) -> None:
    evening.plan()
    page = sign_in(cast.ada).open(people_path(cast.event))
    assert page.suggested[0] == "Bo"
    marked = " ".join(one.text.casefold() for one in page.article("Bo").all("mark"))
    assert "violin" in marked
    assert "windows" in marked


def test_reasons_go_when_their_text_has_changed(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    bos = sign_in(cast.bo)
    bos.open(f"/e/{cast.event.slug}/me/more")
    bos.fill({"What are you looking for?": "Somebody to water the plants"}, "Save")
    page = sign_in(cast.ada).open(people_path(cast.event))
    assert "Somebody to water the plants" in page.text
    assert page.root.all("mark") == []


def test_suggestions_keep_their_order_when_better_ones_come(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest, app: Flask
) -> None:
    suggest(cast.ada, cast.bo, give=0.3, get=0.3)
    phone = sign_in(cast.ada)
    phone.open(people_path(cast.event))
    app.extensions["matchmaker-looks"].flush()
    suggest(cast.ada, make_attendee("Eve", offer="All", need="All"), give=0.9, get=0.9)
    page = phone.open(people_path(cast.event))
    assert page.suggested == ["Bo", "Eve"]


def test_pairs_without_a_common_language_come_last_and_say_so(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=0.9, get=0.9, shares_language=False)
    suggest(cast.ada, make_attendee("Eve", offer="All", need="All"), give=0.2, get=0.2)
    page = sign_in(cast.ada).open(people_path(cast.event))
    assert page.suggested == ["Eve", "Bo"]
    assert "No shared language stated" in page.article("Bo").text
    assert "No shared language stated" not in page.article("Eve").text


def test_who_is_early_is_told_so_and_gets_a_question_for_any_stranger(
    event: Event, make_attendee: MakeAttendee, sign_in: SignIn
) -> None:
    three = [make_attendee(f"Early {i}", offer="Cakes", need="Flour") for i in range(3)]
    fourth = make_attendee(
        "Fourth",
        offer="Songs",
        need="A drum",
        here_since=(three[0].here_since or event.starts_at) + timedelta(seconds=1),
    )
    page = sign_in(fourth).open(people_path(event))
    assert page.heading == "You are the fourth here. We keep looking."
    assert "a question for any stranger" in page.text
    assert page.link("Show my card") == "/me/card"
    main = page.root.by_id("main")
    assert main is not None
    assert main.attributes["data-refresh"] == "10"


def test_phone_mail_and_site_are_never_on_the_page(
    cast: Cast,
    make_attendee: MakeAttendee,
    make_person: MakeAttendee,
    sign_in: SignIn,
    suggest: Suggest,
) -> None:
    person = make_person(
        "Eve", email="eve@canary.example", phone="+390669884857", site="https://canary.example"
    )
    suggest(cast.ada, make_attendee(person=person, offer="All", need="All"))
    page = sign_in(cast.ada).open(people_path(cast.event))
    assert "Eve" in page.text
    assert "canary" not in page.html
    assert "0669884857" not in page.html


def test_nothing_new_costs_nothing(
    cast: Cast, sign_in: SignIn, suggest: Suggest, app: Flask
) -> None:
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(people_path(cast.event))
    app.extensions["matchmaker-looks"].flush()
    tag = phone.open(people_path(cast.event)).headers["ETag"]
    again = phone.look(people_path(cast.event), If_None_Match=tag)
    assert again.status == 304
    assert again.data == b""
    sign_in(cast.bo).send(f"/e/{cast.event.slug}/me/leave")
    assert phone.look(people_path(cast.event), If_None_Match=tag).status == 200


def test_one_persons_tag_means_nothing_on_anothers_phone(
    cast: Cast, sign_in: SignIn, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    tag = sign_in(cast.ada).open(people_path(cast.event)).headers.get("ETag", 'W/"none"')
    bos = sign_in(cast.bo)
    bos.open(people_path(cast.event))
    assert bos.look(people_path(cast.event), If_None_Match=tag).status == 200


def test_looking_keeps_the_place_and_a_look_is_written_once(
    cast: Cast, sign_in: SignIn, suggest: Suggest, books: Books, app: Flask
) -> None:
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(people_path(cast.event))
    app.extensions["matchmaker-looks"].flush()
    place = books.place(cast.ada, cast.bo)
    assert place is not None
    assert place.seen_at is not None
    phone.open(people_path(cast.event))
    app.extensions["matchmaker-looks"].flush()
    assert books.place(cast.ada, cast.bo) == place
    other = books.place(cast.bo, cast.ada)
    assert other is not None
    assert other.seen_at is None


def test_after_the_event_nobody_is_sent_anywhere(
    make_event: MakeEvent, make_attendee: MakeAttendee, sign_in: SignIn
) -> None:
    running = make_event()
    over = make_event(starts_at=running.starts_at - timedelta(days=2), ends_at=running.starts_at)
    page = sign_in(make_attendee("Ada", event=over)).open(people_path(over) + "?stay=yes")
    assert page.heading == "The event is over"
    assert "Your contacts stay yours" in page.text


def test_lists_of_two_events_are_two_lists(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    ada_there = make_attendee(event=cast.other_event, person=cast.ada.person, offer="x", need="y")
    suggest(cast.ada, cast.bo)
    suggest(ada_there, cast.dee)
    phone = sign_in(cast.ada)
    here, there = (phone.open(people_path(e)) for e in (cast.event, cast.other_event))
    assert [here.suggested, there.suggested] == [
        ["Bo"],
        ["Dee"],
    ]


def test_whoever_is_not_at_the_event_is_shown_the_door_of_it(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    for stranger in (phone, sign_in(cast.dee), sign_in_organizer(cast.event)):
        page = stranger.open(people_path(cast.event))
        assert page.path == f"/e/{cast.event.slug}"
        assert "Bo" not in page.text
        assert cast.bo.need not in page.text
