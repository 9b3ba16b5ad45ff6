"""The organizer's door: a link that works once, and only on its button."""

from datetime import timedelta

from fixtures.attendees import Cast, MakeEvent
from fixtures.phones import MakePhone, Phone
from fixtures.venue import LinkFor, SignIn, SignInOrganizer
from sqlalchemy import update

from matchmaker.people.event import Event
from matchmaker.storage import sign_in as stored
from matchmaker.storage.connect import Database
from matchmaker.storage.tables import SignInLinkRow


def test_the_link_signs_in_once(event: Event, link_for: LinkFor, make_phone: MakePhone) -> None:
    link = link_for(event)
    laptop, second = make_phone(), make_phone()
    page = laptop.open(link)
    assert f"It signs in owner@{event.slug}.example.org on this device." in page.text
    page = laptop.tap("Sign in")
    assert page.path == f"/o/e/{event.slug}"
    assert page.heading == "Match report"
    assert second.open(link).status == 410
    assert second.page.heading == "This link or code is used up"
    assert second.send(link).status == 410
    assert second.open(f"/o/e/{event.slug}").status == 404


def test_opening_it_uses_nothing_up(event: Event, link_for: LinkFor, phone: Phone) -> None:
    link = link_for(event)
    for _ in range(3):
        assert phone.open(link).status == 200
    assert phone.open(f"/o/e/{event.slug}").status == 404
    phone.open(link)
    assert phone.tap("Sign in").path == f"/o/e/{event.slug}"


def test_it_is_too_old_after_a_day(
    event: Event, link_for: LinkFor, phone: Phone, database: Database
) -> None:
    link = link_for(event)
    with database.writing() as session:
        [row] = session.query(SignInLinkRow).all()
        moved = row.expires_at - timedelta(hours=24, seconds=1)
        session.execute(update(SignInLinkRow).values(expires_at=moved))
    assert phone.open(link).status == 410
    assert phone.send(link).status == 410


def test_it_goes_on_to_a_page_of_ours_only(
    event: Event, link_for: LinkFor, make_phone: MakePhone
) -> None:
    laptop = make_phone()
    laptop.open(f"{link_for(event)}?next=/o/e/{event.slug}/poster")
    assert laptop.tap("Sign in").heading == "Poster"
    answer = make_phone().send(link_for(event), {"next": "//evil.example"})
    assert answer.headers["Location"] == f"/o/e/{event.slug}"


def test_who_runs_several_events_chooses(
    event: Event, make_event: MakeEvent, link_for: LinkFor, phone: Phone, database: Database
) -> None:
    other, strange = make_event(name="Another evening"), make_event(name="Not theirs")
    link_for(strange, "helper")
    link = link_for(event)
    with database.writing() as session:
        who = stored.find_organizer(session, f"owner@{event.slug}.example.org")
        assert who is not None
        stored.set_part(session, other.id, who.id, stored.OrganizerRole.HELPER)
    phone.open(link)
    page = phone.tap("Sign in")
    assert page.heading == "Your events"
    assert "Another evening" in page.text
    assert "Not theirs" not in page.text


def test_signing_out_closes_the_door(event: Event, sign_in_organizer: SignInOrganizer) -> None:
    laptop = sign_in_organizer(event)
    laptop.open("/o")
    assert laptop.tap("Sign out").path == "/"
    for path in ("/o", f"/o/e/{event.slug}", f"/o/e/{event.slug}/desk"):
        assert laptop.open(path).status == 404


def test_attendees_and_strangers_have_no_events(cast: Cast, phone: Phone, sign_in: SignIn) -> None:
    for stranger in (phone, sign_in(cast.ada)):
        assert stranger.open("/o").status == 404
