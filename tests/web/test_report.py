"""The organizer's report: whom to walk together, and nothing that is theirs alone."""

import csv
import io

from fixtures.attendees import Cast, MakeAttendee, MakePerson
from fixtures.evenings import Evening
from fixtures.phones import Phone
from fixtures.venue import KeyOf, SignIn, SignInOrganizer, Suggest

from matchmaker.people.bands import GOOD_FROM, SOME_FROM, STRONG_FROM


def report_path(cast: Cast, page: str = "") -> str:
    return f"/o/e/{cast.event.slug}{page}"


def rows_of(laptop: Phone) -> list[str]:
    return [row.text for body in laptop.page.root.all("tbody") for row in body.all("tr")
            if row.of_class("pairs__name")]  # fmt: skip


def test_a_pairing_stands_there_with_both_reasons(
    cast: Cast, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=STRONG_FROM, get=STRONG_FROM)
    laptop = sign_in_organizer(cast.event)
    page = laptop.open(report_path(cast))
    [row] = rows_of(laptop)
    for words in ("Ada", "Bo", "strong match", "both here", cast.ada.offer, cast.bo.offer):
        assert words in row
    assert "One pairing is worth making." in page.text
    assert "3 people are here." in page.text


def test_a_one_way_pairing_says_so(
    cast: Cast, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=GOOD_FROM, get=0.01)
    laptop = sign_in_organizer(cast.event)
    laptop.open(report_path(cast))
    [row] = rows_of(laptop)
    assert "one way" in row
    assert "good match" in row
    assert "nothing seen yet" in row


def test_pairings_are_chosen_by_name_strength_and_presence(
    cast: Cast, make_attendee: MakeAttendee, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo, give=STRONG_FROM, get=GOOD_FROM)
    suggest(make_attendee("Eve", offer="All", need="All"), cast.cy, give=SOME_FROM, get=0.01)
    laptop = sign_in_organizer(cast.event)
    laptop.open(report_path(cast))
    assert len(rows_of(laptop)) == 2
    laptop.fill({"Find a name": "eve"}, "Show")
    assert ["Eve" in row for row in rows_of(laptop)] == [True]
    laptop.open(report_path(cast))
    laptop.fill({"How strong": "good"}, "Show")
    assert ["Bo" in row for row in rows_of(laptop)] == [True]
    laptop.open(report_path(cast))
    laptop.fill({"Helps both": True}, "Show")
    assert ["Bo" in row for row in rows_of(laptop)] == [True]
    laptop.fill({"Find a name": "nobody"}, "Show")
    assert "No pairing fits this filter." in laptop.page.text
    assert laptop.open(f"{report_path(cast)}?band=nonsense").status == 200


def test_many_pairings_come_a_hundred_at_a_time_the_best_first(
    cast: Cast, make_attendee: MakeAttendee, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    for number in range(103):
        one = make_attendee(f"Guest {number}", offer="All", need="All")
        suggest(one, cast.cy, give=GOOD_FROM - number / 1000, get=0.01)
    laptop = sign_in_organizer(cast.event)
    page = laptop.open(report_path(cast, "?q=guest"))
    assert len(rows_of(laptop)) == 100
    assert "Guest 0" in rows_of(laptop)[0]
    assert "103 pairings are worth making." in page.text
    assert "Pairings 1 to 100 of 103, the best first." in page.text
    assert "Better ones" not in page.text
    laptop.tap("Next ones")
    assert ["Guest 100" in row for row in rows_of(laptop)] == [True, False, False]
    assert "Pairings 101 to 103 of 103" in laptop.page.text
    laptop.tap("Better ones")
    assert len(rows_of(laptop)) == 100
    for beyond in ("?page=99&q=guest", "?page=-1", "?page=nonsense"):
        assert laptop.open(report_path(cast, beyond)).status == 200


def test_it_says_who_has_nobody_and_which_needs_nobody_answers(
    cast: Cast, make_attendee: MakeAttendee, sign_in_organizer: SignInOrganizer, evening: Evening
) -> None:
    make_attendee("Lone", offer="Xylophones", need="A submarine captain")
    evening.plan()
    page = sign_in_organizer(cast.event).open(report_path(cast))
    assert "Lone" in page.part("Nobody to meet yet").text
    assert "A submarine captain" in page.part("Needs nobody here answers").text
    assert "Plan 1 of" in page.text


def test_who_exchanged_with_whom_notes_and_refusals_stand_nowhere(
    cast: Cast,
    make_attendee: MakeAttendee,
    make_person: MakePerson,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    code_of: KeyOf,
    suggest: Suggest,
) -> None:
    person = make_person("Canary Eve", email="canary@example.org", phone="+390669884857")
    eve = make_attendee(person=person, offer="Songs", need="Drums")
    suggest(cast.ada, cast.bo)
    suggest(cast.ada, eve)
    suggest(cast.cy, eve)
    adas = sign_in(cast.ada)
    contact = adas.send(f"/c/{code_of(eve)}/exchange").headers["Location"]
    adas.send(contact.replace("exchanged", "contacts"), {"note": "NOTE", "promise": "PROMISE"})
    sign_in(cast.cy).send(f"/e/{cast.event.slug}/people/{eve.public_id}/dismiss")
    adas.send(
        f"/e/{cast.event.slug}/people/{cast.bo.public_id}/invite",
        {"give": "GIFT", "ask": "WISH"},
    )
    laptop = sign_in_organizer(cast.event)
    seen = [laptop.open(report_path(cast, p)) for p in ("", "/for-others", "/pairings.csv")]
    assert "One exchange so far" in seen[0].text
    for page in seen:
        told = page.data.decode()
        for secret in ("NOTE", "PROMISE", "GIFT", "WISH", "canary@example.org", "390669884857"):
            assert secret not in told
    # The pair that met has gone from the pairings, as every pair that is settled.
    laptop.open(report_path(cast))
    assert not any("Canary Eve" in row and "Ada" in row for row in rows_of(laptop))


def test_the_table_of_pairings_can_be_opened_without_danger(
    cast: Cast, make_attendee: MakeAttendee, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    evil = make_attendee("=HYPERLINK(0)", offer="+cmd|calc", need="@SUM(1)", spot="-2+3")
    suggest(evil, cast.bo)
    laptop = sign_in_organizer(cast.event)
    laptop.open(report_path(cast))
    saved = laptop.tap("Pairings (.csv)")
    assert saved.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, row = csv.reader(io.StringIO(saved.data.decode("utf-8-sig")))
    assert header[:3] == ["Who", "Whom", "Strength"]
    assert "'=HYPERLINK(0)" in row
    assert "'+cmd|calc" in row
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_the_report_for_others_carries_no_names_and_nobodys_words(
    cast: Cast,
    make_attendee: MakeAttendee,
    sign_in_organizer: SignInOrganizer,
    suggest: Suggest,
    evening: Evening,
) -> None:
    canary = make_attendee(
        "Canary Name",
        offer="canary offer",
        need="canary need",
        spot="canary spot",
        organization="Canary Works",
    )
    evening.plan()
    suggest(canary, cast.cy)
    laptop = sign_in_organizer(cast.event)
    laptop.open(report_path(cast))
    page = laptop.tap("Without names")
    assert page.heading == "What came of it"
    assert "canary" not in page.html.casefold()
    for person in (cast.ada, cast.bo, cast.cy):
        assert f">{person.name}<" not in page.html
        assert person.offer not in page.html
        assert person.need not in page.html
    assert "4 people are here." in page.text


def test_hidden_and_unconfirmed_people_are_in_no_pairing(
    cast: Cast,
    make_attendee: MakeAttendee,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    suggest: Suggest,
) -> None:
    suggest(cast.ada, cast.bo)
    suggest(cast.cy, make_attendee("Iris", confirmed_at=None))
    sign_in(cast.bo).send(f"/e/{cast.event.slug}/me/hide")
    laptop = sign_in_organizer(cast.event)
    page = laptop.open(report_path(cast))
    assert rows_of(laptop) == []
    assert "One imported person has not agreed to be suggested yet" in page.text


def test_only_the_owner_reads_it(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    strangers = (
        phone,
        sign_in(cast.ada),
        sign_in(cast.dee),
        sign_in_organizer(cast.event, "helper"),
        sign_in_organizer(cast.other_event),
    )
    for stranger in strangers:
        for page in ("", "/for-others", "/pairings.csv"):
            assert stranger.open(report_path(cast, page)).status == 404
