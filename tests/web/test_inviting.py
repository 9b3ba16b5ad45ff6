"""Inviting somebody: one tap opens a note that starts with what I can give."""

from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee, MakeEvent
from fixtures.databases import POSTGRES, SQLITE
from fixtures.invitations import ASK, GIVE, invite, open_note
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest
from flask import Flask

from matchmaker.people.invitation import ASK_LIMIT, GIVE_LIMIT
from matchmaker.storage import invitations, safety
from matchmaker.storage.connect import Database

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


def list_path(cast: Cast) -> str:
    return f"/e/{cast.event.slug}/people"


def invite_path(cast: Cast, about: object) -> str:
    return f"/e/{cast.event.slug}/people/{about}/invite"


def count_invitations(database: Database, cast: Cast) -> int:
    with database.reading() as session:
        return len(invitations.list_invitations(session, cast.event.id))


@pytest.fixture
def adas(cast: Cast, sign_in: SignIn, suggest: Suggest) -> Phone:
    """Ada's phone, open at her list, on which Bo stands."""
    suggest(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(list_path(cast))
    return phone


@pytest.fixture
def bos(cast: Cast, sign_in: SignIn) -> Phone:
    """Bo's phone."""
    return sign_in(cast.bo)


def test_the_note_starts_with_my_own_words_on_what_i_give(cast: Cast, adas: Phone) -> None:
    page = open_note(adas, "Bo")
    begun = page.value(GIVE)
    assert cast.ada.offer in begun
    assert cast.bo.need in begun
    assert page.value(ASK) == ""
    labels = [one.text for one in page.root.all("label")]
    assert labels.index(GIVE) < labels.index(ASK)


def test_without_an_offer_the_note_is_empty_and_must_be_filled(
    cast: Cast, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    eve = make_attendee("Eve", offer="", need="Windows")
    suggest(eve, cast.bo, give=0.0)
    phone = sign_in(eve)
    phone.open(list_path(cast))
    assert open_note(phone, "Bo").value(GIVE) == ""
    assert phone.fill({}, "Send").status == 422


@both_databases
def test_what_was_written_stands_above_all_else_on_the_others_phone(
    cast: Cast, adas: Phone, bos: Phone
) -> None:
    page = invite(adas, "Bo", give="A first lesson tonight", ask="Would you look at one window?")
    assert "Sent." in page.news
    assert "Sent: you’d like to meet." in page.article("Bo").text
    seen = bos.open(list_path(cast))
    first = seen.root.all("article")[0]
    assert "They would like to meet you" in first.text
    assert first.text.index("A first lesson tonight") < first.text.index("one window?")
    assert [one.text for one in first.all("button")] == ["Let’s meet", "Not now", "Not for me"]
    assert seen.suggested.count("Ada") == 1
    elsewhere = bos.open("/me/card")
    assert "Ada would like to meet you" in elsewhere.root.of_class("waiting")[0].text
    alone = bos.open(elsewhere.link("Ada would like to meet you"))
    assert "A first lesson tonight" in alone.article("Ada").text
    assert alone.root.of_class("waiting") == []


def test_an_ask_alone_is_refused_and_what_was_typed_is_kept(
    cast: Cast, adas: Phone, database: Database
) -> None:
    open_note(adas, "Bo")
    page = adas.fill({GIVE: "", ASK: "Look at my windows"}, "Send")
    assert page.status == 422
    assert "An ask alone is not sent." in page.problem(GIVE)
    assert page.value(ASK) == "Look at my windows"
    assert count_invitations(database, cast) == 0


@pytest.mark.parametrize(("label", "limit"), [(GIVE, GIVE_LIMIT), (ASK, ASK_LIMIT)])
def test_too_long_a_note_is_refused_at_its_field(
    cast: Cast, adas: Phone, database: Database, label: str, limit: int
) -> None:
    open_note(adas, "Bo")
    page = adas.fill({label: "x" * (limit + 1)}, "Send")
    assert page.status == 422
    assert "Please shorten this by 1 characters" in page.problem(label)
    assert page.value(label) == "x" * (limit + 1)
    assert count_invitations(database, cast) == 0
    assert adas.fill({label: "x" * limit}, "Send").status == 200


@both_databases
def test_a_note_sent_twice_is_sent_once(
    cast: Cast, adas: Phone, bos: Phone, database: Database
) -> None:
    for words in ("first", "second"):
        answer = adas.send(invite_path(cast, cast.bo.public_id), {"give": words})
        assert answer.status == 302
    assert count_invitations(database, cast) == 1
    assert "first" in bos.open(list_path(cast)).text
    page = adas.open(invite_path(cast, cast.bo.public_id))
    assert page.path == list_path(cast)


@both_databases
def test_nobody_has_more_open_invitations_than_people_they_wish_to_meet(
    cast: Cast,
    make_attendee: MakeAttendee,
    sign_in: SignIn,
    suggest: Suggest,
    database: Database,
) -> None:
    eve = make_attendee("Eve", offer="Songs", need="Drums", wish=1)
    suggest(eve, cast.bo)
    suggest(eve, cast.cy)
    phone = sign_in(eve)
    phone.open(list_path(cast))
    invite(phone, "Bo")
    open_note(phone, "Cy")
    page = phone.fill({GIVE: "My words"}, "Send")
    assert page.status == 422
    assert "as many as the people you wish to meet" in page.problem(GIVE)
    assert page.value(GIVE) == "My words"
    # What the other answers privately must not make room: that would tell of it.
    bos = sign_in(cast.bo)
    bos.open(list_path(cast))
    bos.tap("Not now", near="Eve")
    assert phone.fill({GIVE: "My words"}, "Send").status == 422
    phone.open(list_path(cast))
    phone.tap("Take it back", near="Bo")
    assert "Sent." in invite(phone, "Cy").news
    assert count_invitations(database, cast) == 2


def test_taken_back_and_sent_again_the_new_words_arrive(
    cast: Cast, adas: Phone, bos: Phone
) -> None:
    invite(adas, "Bo", give="Old words")
    bos.open(list_path(cast))
    adas.tap("Take it back", near="Bo")
    assert "Old words" not in bos.open(list_path(cast)).text
    invite(adas, "Bo", give="New words")
    page = bos.open(list_path(cast))
    assert "New words" in page.text
    assert "Old words" not in page.text


@both_databases
def test_two_who_invite_each_other_have_a_meeting_at_once(
    cast: Cast, adas: Phone, bos: Phone
) -> None:
    invite(adas, "Bo", give="Lessons")
    answer = bos.send(invite_path(cast, cast.ada.public_id), {"give": "Windows"})
    page = bos.open(answer.headers["Location"])
    assert "You both want to meet." in page.news
    assert page.heading == "You and Ada"
    assert "Lessons" in page.text
    theirs = adas.open("/me/card")
    page = adas.open(theirs.link("You and Bo both want to meet"))
    assert page.heading == "You and Bo"
    assert "Windows" in page.text
    # Sent once more it leads to the meeting.
    again = adas.send(invite_path(cast, cast.bo.public_id), {"give": "Lessons"})
    assert "/meetings/" in again.headers["Location"]


def test_whoever_was_invited_answers_instead_of_writing(
    cast: Cast, adas: Phone, bos: Phone
) -> None:
    invite(adas, "Bo", give="Lessons")
    page = bos.open(invite_path(cast, cast.ada.public_id))
    assert page.heading == "An invitation"
    assert "Let’s meet" in page.buttons


def test_after_the_event_nobody_is_invited(
    make_event: MakeEvent, make_attendee: MakeAttendee, sign_in: SignIn, suggest: Suggest
) -> None:
    running = make_event()
    over = make_event(starts_at=running.starts_at - timedelta(days=2), ends_at=running.starts_at)
    ada, bo = (make_attendee(name, event=over, offer="x", need="y") for name in ("Ada", "Bo"))
    suggest(ada, bo)
    phone = sign_in(ada)
    page = phone.open(f"/e/{over.slug}/people")
    assert "I’d like to meet" not in page.text
    path = f"/e/{over.slug}/people/{bo.public_id}/invite"
    assert phone.open(path).status == 410
    assert phone.send(path, {"give": "x"}).status == 410


@pytest.mark.parametrize("how", ["hidden", "left", "forgotten", "set aside", "I am hidden"])
def test_who_cant_be_met_cant_be_invited(
    cast: Cast, adas: Phone, bos: Phone, database: Database, how: str
) -> None:
    mine = f"/e/{cast.event.slug}/me"
    match how:
        case "hidden":
            bos.send(f"{mine}/hide")
        case "left":
            bos.send(f"{mine}/leave")
        case "forgotten":
            bos.send(f"{mine}/forget")
        case "set aside":
            adas.tap("Not for me", near="Bo")
        case "I am hidden":
            adas.send(f"{mine}/hide")
    path = invite_path(cast, cast.bo.public_id)
    assert adas.open(path).status == 404
    assert adas.send(path, {"give": "x"}).status == 404
    assert count_invitations(database, cast) == 0


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_either_way_means_no_invitation(
    cast: Cast, adas: Phone, bos: Phone, database: Database, now: datetime, turned: bool
) -> None:
    pair = (cast.ada.person.id, cast.bo.person.id)
    path = invite_path(cast, cast.bo.public_id)
    assert adas.open(path).status == 200
    with database.writing() as session:
        safety.add_block(session, *(pair[::-1] if turned else pair), at=now)
    assert adas.open(path).status == 404
    assert adas.send(path, {"give": "x"}).status == 404
    assert count_invitations(database, cast) == 0
    assert bos.send(invite_path(cast, cast.ada.public_id), {"give": "x"}).status == 404


def test_only_those_on_ones_list_can_be_invited(
    cast: Cast,
    adas: Phone,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    database: Database,
) -> None:
    for about in (cast.cy.public_id, cast.ada.public_id, cast.dee.public_id, "x" * 500):
        assert adas.send(invite_path(cast, about), {"give": "x"}).status == 404
    path = invite_path(cast, cast.bo.public_id)
    for stranger in (phone, sign_in(cast.cy), sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.open(path).status == 404
        assert stranger.send(path, {"give": "x"}).status == 404
    elsewhere = f"/e/{cast.other_event.slug}/people/{cast.bo.public_id}/invite"
    assert adas.send(elsewhere, {"give": "x"}).status == 404
    assert count_invitations(database, cast) == 0


def test_an_invitation_in_the_phones_copy_is_not_seen_yet(
    cast: Cast, adas: Phone, bos: Phone, app: Flask, database: Database
) -> None:
    def seen_at() -> datetime | None:
        app.extensions["matchmaker-looks"].flush()
        with database.reading() as session:
            [one] = invitations.list_invitations(session, cast.event.id)
            return one.seen_at

    invite(adas, "Bo")
    bos.open("/me/card")
    bos.open(list_path(cast), Matchmaker_Copy="1")
    assert seen_at() is None
    bos.open(list_path(cast))
    first = seen_at()
    assert first is not None
    bos.open(list_path(cast))
    assert seen_at() == first


def test_strange_words_stay_words(cast: Cast, adas: Phone, bos: Phone, books: Books) -> None:
    evil = "</blockquote><script>alert(1)</script> {{ 7*7 }} \u202e"
    invite(adas, "Bo", give=evil)
    page = bos.open(list_path(cast))
    [note] = page.root.of_class("note")
    assert note.text == evil.replace("\u202e", "").strip()
    assert len(page.root.all("script")) == 1
