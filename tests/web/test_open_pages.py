"""The pages that everybody may read: the door, privacy, and the sign of life."""

from datetime import timedelta

from fixtures.attendees import Cast, MakeEvent
from fixtures.phones import BASE_URL, Phone
from fixtures.venue import SignIn, Suggest
from flask import Flask

from matchmaker.storage.connect import Database


def test_the_door_lists_events_that_are_not_over(phone: Phone, make_event: MakeEvent) -> None:
    running = make_event(name="Now", venue="Town hall")
    day = timedelta(days=1)
    make_event(name="Soon", starts_at=running.ends_at + day, ends_at=running.ends_at + 2 * day)
    make_event(name="Gone", starts_at=running.starts_at - day, ends_at=running.starts_at)
    page = phone.open("/")
    assert page.heading == "Who here could you help?"
    assert {"Now", "Soon"} <= set(page.text.split())
    assert "Gone" not in page.text
    assert phone.tap("Now").path == f"/e/{running.slug}"


def test_the_door_names_nobody(cast: Cast, phone: Phone, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    for path in ("/", "/privacy", f"/e/{cast.event.slug}"):
        html = phone.open(path).html
        for person in (cast.ada, cast.bo):
            assert f">{person.name}<" not in html
            assert person.offer not in html


def test_privacy_says_who_sees_what(cast: Cast, phone: Phone, sign_in: SignIn) -> None:
    for reader in (phone, sign_in(cast.ada)):
        page = reader.open("/privacy")
        assert page.heading == "Who sees what"
        assert "Never who exchanged with whom, never your notes" in page.text


def test_a_sample_event_says_that_its_people_are_made_up(
    phone: Phone, make_event: MakeEvent
) -> None:
    event = make_event(is_sample=True)
    assert "the people in it are made up" in phone.open(f"/e/{event.slug}").text


def test_the_sign_of_life_asks_the_database(phone: Phone) -> None:
    page = phone.open("/healthz")
    assert (page.status, page.data) == (200, b"ok\n")


def test_without_a_database_it_is_a_clear_page_of_ours(app: Flask, database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE events")
        connection.commit()
    for path in ("/healthz", "/"):
        answer = app.test_client().get(path, base_url=BASE_URL)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "3"
        assert "Too busy for a moment" in answer.text
        assert "events" not in answer.text.casefold().replace("events</h2>", "")


def test_a_page_that_does_not_exist_leads_back(phone: Phone) -> None:
    page = phone.open("/nowhere")
    assert page.status == 404
    assert page.heading == "Nothing here"
    assert page.link("I already have a card") == "/have-card"


def test_a_wrong_way_of_asking_says_which_is_right(app: Flask) -> None:
    answer = app.test_client().get("/o/sign-out", base_url=BASE_URL)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "That does not work this way" in answer.text
