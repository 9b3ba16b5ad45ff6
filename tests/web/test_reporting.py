"""Telling the organizer about somebody: in words, once, and never to whom it is about."""

from fixtures.attendees import Cast
from fixtures.introductions import Exchange, Report
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, SignInOrganizer, Suggest

WORDS = "They followed me to the cloakroom"


def test_the_owner_reads_it_with_both_names_and_ticks_it_off(
    cast: Cast, sign_in: SignIn, sign_in_organizer: SignInOrganizer, suggest: Suggest
) -> None:
    suggest(cast.ada, cast.bo)
    phone, laptop = sign_in(cast.ada), sign_in_organizer(cast.event)
    phone.open(f"/e/{cast.event.slug}/people")
    phone.tap("Block or report")
    page = phone.fill({"What happened?": WORDS}, "Send to the organizer")
    assert page.heading == "Thank you for saying it"
    assert "does not see it" in page.text
    laptop.open(f"/o/e/{cast.event.slug}")
    page = laptop.tap("Told to you")
    assert "Ada about Bo" in page.text
    assert WORDS in page.text
    laptop.tap("Handled")
    assert "Handled" not in laptop.page.buttons
    laptop.tap("Open it again")
    assert "Handled" in laptop.page.buttons


def test_from_a_contact_of_the_event(
    cast: Cast, sign_in: SignIn, exchange: Exchange, books: Books,
    sign_in_organizer: SignInOrganizer,
) -> None:  # fmt: skip
    exchange(cast.ada, cast.bo, cast.event)
    [contact] = books.contacts(cast.ada)
    phone = sign_in(cast.ada)
    phone.open(f"/me/contacts/{contact.public_id}/safety")
    phone.fill({"What happened?": WORDS}, "Send to the organizer")
    assert WORDS in sign_in_organizer(cast.event).open(f"/o/e/{cast.event.slug}/reports").text


def test_a_contact_from_elsewhere_has_no_organizer_to_tell(
    cast: Cast, sign_in: SignIn, exchange: Exchange, books: Books
) -> None:
    exchange(cast.ada, cast.dee)
    [contact] = books.contacts(cast.ada)
    phone = sign_in(cast.ada)
    page = phone.open(f"/me/contacts/{contact.public_id}/safety")
    assert "Send to the organizer" not in page.buttons
    assert phone.send(f"/me/contacts/{contact.public_id}/report", {"words": WORDS}).status == 404


def test_words_are_needed_and_what_is_too_long_is_not_lost(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    for words, told in (("", "Please write what happened"), ("x" * 1001, "Please shorten this")):
        phone.open(f"/e/{cast.event.slug}/people/{cast.bo.public_id}/safety")
        page = phone.fill({"What happened?": words}, "Send to the organizer")
        assert page.status == 422
        assert told in page.problem("What happened?")
        assert page.value("What happened?") == words


def test_a_form_sent_twice_is_one_report(
    cast: Cast, sign_in: SignIn, sign_in_organizer: SignInOrganizer
) -> None:
    phone = sign_in(cast.ada)
    form = {"words": WORDS, "client_key": "k" * 22}
    path = f"/e/{cast.event.slug}/people/{cast.bo.public_id}/report"
    assert [phone.send(path, form).status for _ in range(2)] == [302, 302]
    page = sign_in_organizer(cast.event).open(f"/o/e/{cast.event.slug}/reports")
    assert page.text.count(WORDS) == 1


def test_nobody_but_the_events_owner_reads_it(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer, report: Report
) -> None:
    told = report(cast.event, cast.ada, cast.bo, WORDS)
    helper = sign_in_organizer(cast.event, "helper")
    other = sign_in_organizer(cast.other_event)
    for reader in (phone, sign_in(cast.bo), sign_in(cast.ada), helper, other):
        assert reader.open(f"/o/e/{cast.event.slug}/reports").status == 404
        assert reader.send(f"/o/e/{cast.event.slug}/reports/{told}/handled").status == 404
    # Nor can it be reached by way of another event.
    path = f"/o/e/{cast.other_event.slug}/reports/{told}/handled"
    assert other.send(path).status == 404


def test_whom_it_is_about_sees_nothing(cast: Cast, sign_in: SignIn, report: Report) -> None:
    report(cast.event, cast.ada, cast.bo, WORDS)
    bos = sign_in(cast.bo)
    for path in ("/people", "/me", "/reported"):
        assert WORDS not in bos.open(f"/e/{cast.event.slug}{path}").html
    assert WORDS not in bos.open("/me/blocked").html


def test_nobody_reports_people_of_an_event_they_are_not_at(
    cast: Cast, phone: Phone, sign_in: SignIn
) -> None:
    path = f"/e/{cast.event.slug}/people/{cast.bo.public_id}/report"
    for stranger in (phone, sign_in(cast.dee)):
        assert stranger.send(path, {"words": WORDS}).status == 404
