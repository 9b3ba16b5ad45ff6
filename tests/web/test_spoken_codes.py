"""Six letters and digits, said aloud: for people of the same event, for ten minutes."""

from datetime import timedelta

import pytest
from fixtures.attendees import Cast
from fixtures.databases import POSTGRES, SQLITE
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer
from sqlalchemy import update

from matchmaker.my_card import spoken
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import SpokenCodeRow

HEARD = "The code they said"

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


def say(phone: Phone, slug: str) -> str:
    phone.open(f"/e/{slug}/code")
    page = phone.tap("Another code" if "Another code" in phone.page.buttons else SAY)
    return page.root.of_class("spoken")[0].text


SAY = "Make a code to say"


@both_databases
def test_who_hears_the_code_asks_and_the_speaker_says_yes(
    cast: Cast, sign_in: SignIn, books: Books
) -> None:
    bos, adas = sign_in(cast.bo), sign_in(cast.ada)
    code = say(bos, cast.event.slug)
    assert len(code) == 7
    adas.open(f"/e/{cast.event.slug}/code")
    page = adas.fill({HEARD: code.lower().replace("-", " ")}, "Ask to connect")
    assert "You asked Bo." in page.news
    assert books.contacts(cast.ada) == []
    bos.open("/me/asks")
    assert "They typed the code that you said." in bos.page.text
    bos.tap("Exchange cards")
    assert [c.fields.name for c in books.contacts(cast.ada)] == ["Bo"]


def test_a_second_code_ends_the_first(cast: Cast, sign_in: SignIn) -> None:
    bos, adas = sign_in(cast.bo), sign_in(cast.ada)
    first, second = say(bos, cast.event.slug), say(bos, cast.event.slug)
    path = f"/e/{cast.event.slug}/code/heard"
    assert adas.send(path, {"code": first}).status == 422
    assert adas.send(path, {"code": second}).status == 302


@pytest.mark.parametrize(("minutes", "status"), [(9, 302), (11, 422)])
def test_a_code_works_for_ten_minutes(
    cast: Cast, sign_in: SignIn, database: Database, minutes: int, status: int
) -> None:
    code = say(sign_in(cast.bo), cast.event.slug)
    with database.writing() as session:
        [row] = session.query(SpokenCodeRow).all()
        moved = row.expires_at - timedelta(minutes=minutes)
        session.execute(update(SpokenCodeRow).values(expires_at=moved))
    sent = sign_in(cast.ada).send(f"/e/{cast.event.slug}/code/heard", {"code": code})
    assert sent.status == status


def test_old_unknown_and_another_events_code_look_alike(cast: Cast, sign_in: SignIn) -> None:
    theirs = say(sign_in(cast.dee), cast.other_event.slug)
    adas = sign_in(cast.ada)
    told = set()
    for typed in (theirs, "ABC-123", "no code at all", "x"):
        adas.open(f"/e/{cast.event.slug}/code")
        page = adas.fill({HEARD: typed}, "Ask to connect")
        assert page.status == 422
        told.add(page.problem(HEARD))
    assert len(told) == 1
    assert "Ask them to say it again." in told.pop()


def test_who_guesses_is_told_to_wait_and_others_go_on(cast: Cast, sign_in: SignIn) -> None:
    code = say(sign_in(cast.bo), cast.event.slug)
    guesser = sign_in(cast.ada)
    path = f"/e/{cast.event.slug}/code/heard"
    told = [guesser.send(path, {"code": f"AAA{n:03}"}).status for n in range(spoken.MOST_TRIES)]
    assert set(told) == {422}
    page = guesser.send(path, {"code": code})
    assert (page.status, page.heading) == (429, "Too many tries")
    assert 0 < int(page.headers["Retry-After"]) <= 601
    # Also from another phone of the same person; but not for others.
    assert sign_in(cast.ada).send(path, {"code": code}).status == 429
    assert sign_in(cast.cy).send(path, {"code": code}).status == 302


def test_codes_are_for_attendees_of_the_event_only(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    path = f"/e/{cast.event.slug}/code"
    for stranger in (phone, sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.open(path).status == 404
        assert stranger.send(path).status == 404
        assert stranger.send(f"{path}/heard", {"code": "ABC123"}).status == 404
