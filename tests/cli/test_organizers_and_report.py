"""Letting organizers in, and the report for people and for programs."""

import json

from fixtures.attendees import Cast
from fixtures.commands import Command
from fixtures.phones import Phone
from fixtures.venue import Suggest

from matchmaker.people.event import Event


def test_the_printed_link_signs_an_owner_in(
    matchmaker: Command, event: Event, phone: Phone
) -> None:
    done = matchmaker("organizer", "link", "Anna@example.org", "--event", event.slug)
    assert done.exit_code == 0, done.output
    phone.open(done.output.strip())
    assert phone.tap("Sign in").path == f"/o/e/{event.slug}"


def test_a_helper_gets_the_desk_only(matchmaker: Command, event: Event, phone: Phone) -> None:
    words = ("organizer", "link", "h@example.org", "--event", event.slug, "--role", "helper")
    phone.open(matchmaker(*words).output.strip())
    assert phone.tap("Sign in").status == 404
    assert phone.open(f"/o/e/{event.slug}/desk").heading == "Desk"


def test_an_owner_named_at_creation_needs_no_event_again(matchmaker: Command) -> None:
    words = ("--starts", "2026-12-01T18:00", "--owner", "anna@example.org")
    done = matchmaker("event", "create", "spring", "Spring", *words)
    assert "matchmaker organizer link anna@example.org" in done.output
    assert "/o/in/" in matchmaker("organizer", "link", "anna@example.org").output


def test_who_runs_nothing_gets_no_link(matchmaker: Command) -> None:
    done = matchmaker("organizer", "link", "nobody@example.org")
    assert done.exit_code == 2
    assert "runs no event yet; add --event" in done.output
    assert "/o/in/" not in done.output


def test_an_address_that_is_none_is_refused(matchmaker: Command, event: Event) -> None:
    done = matchmaker("organizer", "link", "anna", "--event", event.slug)
    assert done.exit_code == 2
    assert "'anna' is not an e-mail address" in done.output


def test_a_mistyped_owner_is_refused_before_anything_is_made(matchmaker: Command) -> None:
    words = ("--starts", "2026-12-01T18:00", "--owner", "anna at example")
    assert matchmaker("event", "create", "spring", "Spring", *words).exit_code == 2
    assert "spring" not in matchmaker("event", "list").output


def test_the_report_for_programs_is_json_without_anybodys_address(
    matchmaker: Command, cast: Cast, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=0.9, get=0.9)
    done = matchmaker("report", cast.event.slug, "--json")
    told = json.loads(done.output)
    assert (told["event"], told["here"], told["coming"]) == (cast.event.slug, 3, 0)
    [pair] = told["pairings"]
    assert {pair["who"], pair["whom"]} == {"Ada", "Bo"}
    assert (pair["strength"], pair["mutual"], pair["both_here"]) == ("strong", True, True)
    assert "Cy" in told["nobody_to_meet"]


def test_the_report_for_people_names_the_pairings(
    matchmaker: Command, cast: Cast, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=0.9, get=0.9)
    told = matchmaker("report", cast.event.slug).output
    assert "3 here, 0 coming" in told
    assert "strong" in told
    assert "Nobody to meet yet: 1" in told
