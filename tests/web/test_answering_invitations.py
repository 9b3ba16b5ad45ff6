"""Let's meet, not now, not for me: only the first is ever told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fixtures.attendees import Cast, MakeAttendee
from fixtures.databases import POSTGRES, SQLITE
from fixtures.invitations import invite
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer, Suggest, make_place
from flask import Flask

from matchmaker.people.invitation import LASTS, Invitation
from matchmaker.storage import invitations, safety, suggestions
from matchmaker.storage.connect import Database

PRIVATE = ("not-now", "not-for-me")
ANSWERS = ("accept", *PRIVATE)

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


class Invited:
    """Ada has invited Bo."""

    def __init__(self, cast: Cast, adas: Phone, bos: Phone, database: Database) -> None:
        self.list = f"/e/{cast.event.slug}/people"
        self.cast, self.adas, self.bos, self.database = cast, adas, bos, database
        adas.open(self.list)
        invite(adas, "Bo", give="A first lesson")
        self.path = f"/e/{cast.event.slug}/invitations/{self.stored().public_id}"

    def stored(self) -> Invitation:
        """Return the invitation as it is stored."""
        with self.database.reading() as session:
            found = invitations.find_between(session, self.cast.ada.id, self.cast.bo.id)
        assert found is not None
        return found

    def change(self, **facts: object) -> None:
        """Store other moments, as if time had gone by."""
        with self.database.writing() as session:
            invitations.save_invitation(session, replace(self.stored(), **facts))  # type: ignore[arg-type]


@pytest.fixture
def invited(cast: Cast, sign_in: SignIn, suggest: Suggest, database: Database) -> Invited:
    """Ada has invited Bo, who stands on her list and she on his."""
    suggest(cast.ada, cast.bo)
    return Invited(cast, sign_in(cast.ada), sign_in(cast.bo), database)


@both_databases
def test_lets_meet_is_a_meeting_at_once_for_both(invited: Invited) -> None:
    invited.bos.open(invited.list)
    page = invited.bos.tap("Let’s meet", near="Ada")
    assert page.heading == "You and Ada"
    assert "A first lesson" in page.text
    for phone, other in ((invited.adas, "Bo"), (invited.bos, "Ada")):
        page = phone.open(invited.list)
        assert "You both want to meet. Go and say hello!" in page.article(other).text
        top = phone.open("/me/card").root.of_class("waiting")[0].text
        assert f"You and {other} both want to meet" in top
    # Tapped again, from another page that was still open.
    assert invited.bos.send(f"{invited.path}/accept").status == 302
    assert invited.bos.open(invited.path).heading == "You and Ada"


@pytest.mark.parametrize("answer", PRIVATE)
def test_a_private_answer_changes_nothing_that_the_sender_can_see(
    invited: Invited, app: Flask, answer: str
) -> None:
    invited.bos.open(invited.list)
    app.extensions["matchmaker-looks"].flush()
    invited.adas.open(invited.list)
    app.extensions["matchmaker-looks"].flush()
    before = invited.adas.open(invited.list)
    tag = invited.adas.open(invited.list).headers["ETag"]
    told = invited.bos.send(f"{invited.path}/{answer}")
    assert told.status == 302
    assert "They are not told." in invited.bos.open(invited.list).news
    assert invited.adas.look(invited.list, If_None_Match=tag).status == 304
    assert invited.adas.open(invited.list).text == before.text
    # Nor by what can be done: taking back, and sending again.
    invited.adas.tap("Take it back", near="Bo")
    page = invite(invited.adas, "Bo", give="Another lesson")
    assert "Sent: you’d like to meet." in page.article("Bo").text
    # But the other is not bothered again.
    assert "Another lesson" not in invited.bos.open(invited.list).text


@pytest.mark.parametrize("answer", ["", *PRIVATE])
def test_the_sender_sees_sent_until_its_time_is_over_whatever_was_answered(
    invited: Invited, now: datetime, answer: str
) -> None:
    if answer:
        invited.bos.send(f"{invited.path}/{answer}")
    invited.change(seen_at=now - LASTS + timedelta(minutes=5))
    assert "Sent: you’d like to meet." in invited.adas.open(invited.list).article("Bo").text
    invited.change(seen_at=now - LASTS - timedelta(minutes=5))
    page = invited.adas.open(invited.list).article("Bo").text
    assert "What you sent is no longer open." in page
    assert "Walking up to them never needs an answer." in page
    again = f"{invited.list}/{invited.cast.bo.public_id}/invite"
    assert invited.adas.open(again).status == 410
    assert invited.adas.send(again, {"give": "x"}).status == 410
    assert invited.adas.send(f"{invited.list}/{invited.cast.bo.public_id}/unwant").status == 410


def test_what_was_not_seen_waits_on(invited: Invited, now: datetime) -> None:
    invited.change(sent_at=now - timedelta(hours=1))
    assert "Let’s meet" in invited.bos.open(invited.list).buttons


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_ran_out_or_was_taken_back_cant_be_answered(
    invited: Invited, now: datetime, answer: str
) -> None:
    invited.change(seen_at=now - LASTS - timedelta(minutes=1))
    assert "Let’s meet" not in invited.bos.open(invited.list).buttons
    assert invited.bos.open(invited.path).status == 410
    page = invited.bos.send(f"{invited.path}/{answer}")
    assert page.status == 410
    assert page.heading == "This invitation is no longer open"
    invited.change(seen_at=None, withdrawn_at=now)
    assert invited.bos.open(invited.path).status == 410
    assert invited.bos.send(f"{invited.path}/{answer}").status == 410


def test_not_for_me_takes_them_off_my_list(invited: Invited) -> None:
    invited.bos.open(invited.list)
    page = invited.bos.tap("Not for me", near="Ada")
    assert page.suggested == []
    assert "One person set aside" in page.text


def test_who_said_not_now_can_still_invite_and_then_it_is_a_meeting(invited: Invited) -> None:
    invited.bos.open(invited.list)
    invited.bos.tap("Not now", near="Ada")
    page = invite(invited.bos, "Ada", give="Windows")
    assert page.heading == "You and Ada"


def test_once_they_have_met_nothing_is_asked(invited: Invited, code_of: KeyOf) -> None:
    invited.adas.send(f"/c/{code_of(invited.cast.bo)}/exchange")
    assert "Let’s meet" not in invited.bos.open(invited.list).buttons


@pytest.mark.parametrize("how", ["hide", "leave", "forget", "block", "I hide"])
def test_nothing_is_seen_of_those_who_hid_left_or_are_blocked(
    invited: Invited, now: datetime, how: str
) -> None:
    people = invited.cast.ada.person.id, invited.cast.bo.person.id
    if how == "block":
        with invited.database.writing() as session:
            safety.add_block(session, *people, at=now)
    else:
        who = invited.bos if how == "I hide" else invited.adas
        who.send(f"/e/{invited.cast.event.slug}/me/{how.removeprefix('I ')}")
    assert "A first lesson" not in invited.bos.open(invited.list).text
    assert invited.bos.open(invited.path).status == 404
    for answer in ANSWERS:
        assert invited.bos.send(f"{invited.path}/{answer}").status == 404


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_the_one_who_was_invited_may_answer(
    invited: Invited,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    books: Books,
    answer: str,
) -> None:
    cast = invited.cast
    before = invited.stored()
    strangers = (
        invited.adas,
        phone,
        sign_in(cast.cy),
        sign_in(cast.dee),
        sign_in_organizer(cast.event),
    )
    for stranger in strangers:
        assert stranger.open(invited.path).status == 404
        assert stranger.send(f"{invited.path}/{answer}").status == 404
    elsewhere = invited.path.replace(cast.event.slug, cast.other_event.slug)
    assert invited.bos.send(f"{elsewhere}/{answer}").status == 404
    assert invited.bos.send(f"/e/{cast.event.slug}/invitations/none/{answer}").status == 404
    assert invited.stored() == before


def test_the_two_longest_waiting_stand_on_every_page_and_all_on_the_list(
    cast: Cast, sign_in: SignIn, suggest: Suggest, make_attendee: MakeAttendee
) -> None:
    senders = [make_attendee(f"Guest {n}", offer="Songs", need="Drums") for n in range(4)]
    for one in senders:
        suggest(one, cast.bo)
        phone = sign_in(one)
        phone.open(f"/e/{cast.event.slug}/people")
        invite(phone, "Bo", give=f"Gift of {one.name}")
    bos = sign_in(cast.bo)
    lines = [one.text for one in bos.open("/me/card").root.of_class("waiting")[0].all("li")]
    assert lines == [
        "Guest 0 would like to meet you",
        "Guest 1 would like to meet you",
        "Others would like to meet you too",
    ]
    page = bos.open(f"/e/{cast.event.slug}/people")
    assert [f"Gift of {one.name}" in page.text for one in senders] == [True] * 4
    assert page.root.of_class("waiting") == []


def test_whoever_says_yes_finds_them_on_their_own_list(
    cast: Cast, sign_in: SignIn, database: Database, now: datetime
) -> None:
    with database.writing() as session:
        place = make_place(cast.ada, cast.bo, {"give": 0.7, "get": 0.3}, now)
        suggestions.add_places(session, cast.event.id, [place])
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    path = f"/e/{cast.event.slug}/people"
    adas.open(path)
    invite(adas, "Bo")
    bos.open(path)
    bos.tap("Let’s meet", near="Ada")
    seen = bos.open(path).article("Ada")
    assert "You both want to meet" in seen.text
    give = seen.text.index("What you can give them")
    assert give < seen.text.index(cast.ada.need) < seen.text.index(cast.ada.offer)
    marked = [[m.text for m in part.all("mark")] for part in seen.all("blockquote")]
    texts = (cast.ada.need, cast.bo.offer, cast.ada.offer, cast.bo.need)
    assert marked == [[text.split(" ")[0]] for text in texts]
