"""An imported row becomes its owner's: by their private link, or at the desk."""

from fixtures.attendees import Cast
from fixtures.phones import MakePhone, Phone
from fixtures.venue import Books, ImportPeople, KeyOf, SignIn, SignInOrganizer, Suggest

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event

HEADER = "ticket,name,email,organization,role,offer,need"
ROW = "T-1,Iris Import,iris@example.org,Canary Works,Director,Imported offer,Imported need"
OFFER, JOIN = "What could you help somebody with?", "Join and see whom to meet"
AGREE = "They agree to be suggested"


def join_as_iris(phone: Phone, event: Event) -> None:
    phone.open(f"/e/{event.slug}")
    typed = {OFFER: "Typed offer", "Your name": "Iris", "Phone or e-mail": "IRIS@example.org"}
    phone.fill(typed, JOIN)


def imported(books: Books, event: Event) -> Attendee:
    return books.named(event, "Iris Import")


def test_an_imported_person_is_shown_to_nobody_before_they_agreed(
    cast: Cast, import_people: ImportPeople, books: Books, suggest: Suggest, sign_in: SignIn
) -> None:
    import_people(cast.event, HEADER, ROW)
    suggest(cast.ada, imported(books, cast.event))
    assert sign_in(cast.ada).open(f"/e/{cast.event.slug}/people").suggested == []


def test_their_link_tells_what_agreeing_means_and_the_button_agrees(
    event: Event, import_people: ImportPeople, books: Books, key_of: KeyOf, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    page = phone.open(key_of(imported(books, event)))
    assert "From then on the few people we suggest you to see your name" in page.text
    assert imported(books, event).confirmed_at is None
    page = phone.tap("Sign in on this phone")
    assert page.path == f"/e/{event.slug}/people"
    row = imported(books, event)
    assert row.confirmed_at is not None
    assert row.claimed_at is not None


def test_who_joins_with_the_address_of_an_import_hides_it_and_sees_nothing_of_it(
    event: Event, import_people: ImportPeople, books: Books, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    join_as_iris(phone, event)
    assert imported(books, event).shadowed
    pages = ("people", "me", "me/more", "me/key")
    seen = "".join(phone.open(f"/e/{event.slug}/{page}").html for page in pages)
    seen += phone.open("/me/card").html + phone.open("/me/contacts").html
    for secret in ("Iris Import", "Canary Works", "Director", "Imported", "T-1"):
        assert secret not in seen


def test_an_import_that_was_claimed_is_hidden_by_nobody(
    event: Event, import_people: ImportPeople, books: Books, sign_in: SignIn, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    sign_in(imported(books, event))
    join_as_iris(phone, event)
    assert not imported(books, event).shadowed
    assert len(books.everybody(event)) == 2


def test_the_imports_own_link_puts_the_two_together_on_the_phone_that_joined(
    event: Event, import_people: ImportPeople, books: Books, key_of: KeyOf, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    link = key_of(imported(books, event))
    join_as_iris(phone, event)
    phone.open(link)
    phone.tap("Sign in on this phone")
    [iris] = books.everybody(event)
    card = iris.person.business
    # What was typed counts; the import only fills what is empty.
    assert (iris.name, iris.offer, iris.need) == ("Iris", "Typed offer", "Imported need")
    assert (card.organization, card.role) == ("Canary Works", "Director")
    assert iris.ticket == "T-1"


def test_afterwards_the_imports_link_opens_the_joined_person_everywhere(
    event: Event,
    import_people: ImportPeople,
    books: Books,
    key_of: KeyOf,
    phone: Phone,
    make_phone: MakePhone,
) -> None:
    import_people(event, HEADER, ROW)
    link = key_of(imported(books, event))
    join_as_iris(phone, event)
    phone.open(link)
    phone.tap("Sign in on this phone")
    other = make_phone()
    other.open(link)
    other.tap("Sign in on this phone")
    assert other.open(f"/e/{event.slug}/me").heading == "Iris"
    assert phone.open(f"/e/{event.slug}/me").heading == "Iris"


def test_the_desk_puts_the_two_together(
    event: Event,
    import_people: ImportPeople,
    books: Books,
    phone: Phone,
    sign_in_organizer: SignInOrganizer,
) -> None:
    import_people(event, HEADER, ROW)
    join_as_iris(phone, event)
    desk = sign_in_organizer(event, "helper")
    desk.open(f"/o/e/{event.slug}/desk?q=Import")
    page = desk.tap("Same person as Iris, who joined", near="Iris Import")
    assert "Iris agreed and is here." in page.news
    [iris] = books.everybody(event)
    assert (iris.offer, iris.person.business.role) == ("Typed offer", "Director")
    assert phone.open(f"/e/{event.slug}/me").heading == "Iris"


def test_the_desk_keeps_two_apart_who_only_share_an_address(
    event: Event,
    import_people: ImportPeople,
    books: Books,
    phone: Phone,
    sign_in_organizer: SignInOrganizer,
) -> None:
    import_people(event, HEADER, ROW)
    join_as_iris(phone, event)
    desk = sign_in_organizer(event, "helper")
    desk.open(f"/o/e/{event.slug}/desk?q=Import")
    desk.tap(AGREE, near="Iris Import")
    assert sorted(a.name for a in books.everybody(event)) == ["Iris", "Iris Import"]


def test_who_opens_a_neighbours_invitation_does_not_swallow_it(
    event: Event, import_people: ImportPeople, books: Books, key_of: KeyOf, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    link = key_of(imported(books, event))
    phone.open(f"/e/{event.slug}")
    phone.fill({OFFER: "Something else", "Your name": "Ada"}, JOIN)
    phone.open(link)
    phone.tap("Sign in on this phone")
    assert sorted(a.name for a in books.everybody(event)) == ["Ada", "Iris Import"]


def test_importing_again_never_touches_what_the_owner_wrote(
    event: Event, import_people: ImportPeople, books: Books, sign_in: SignIn
) -> None:
    import_people(event, HEADER, ROW)
    phone = sign_in(imported(books, event))
    phone.open(f"/e/{event.slug}/me/more")
    phone.fill({OFFER: "My own words"}, "Save")
    import_people(event, HEADER, ROW.replace("Imported offer", "Newer import"))
    [iris] = books.everybody(event)
    assert iris.offer == "My own words"


def test_importing_again_after_the_two_were_put_together_adds_nobody(
    event: Event, import_people: ImportPeople, books: Books, key_of: KeyOf, phone: Phone
) -> None:
    import_people(event, HEADER, ROW)
    link = key_of(imported(books, event))
    join_as_iris(phone, event)
    phone.open(link)
    phone.tap("Sign in on this phone")
    import_people(event, HEADER, ROW)
    assert [one.offer for one in books.everybody(event)] == ["Typed offer"]


def test_a_typed_address_signs_nobody_in_to_another_event_or_person(
    cast: Cast, import_people: ImportPeople, books: Books, phone: Phone
) -> None:
    import_people(cast.other_event, HEADER, ROW)
    join_as_iris(phone, cast.event)
    assert not imported(books, cast.other_event).shadowed
    assert phone.open(f"/e/{cast.other_event.slug}/me").status == 404


def test_only_the_events_own_desk_may_agree_for_them(
    cast: Cast,
    import_people: ImportPeople,
    books: Books,
    phone: Phone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
) -> None:
    import_people(cast.event, HEADER, ROW)
    who = imported(books, cast.event).public_id
    path = f"/o/e/{cast.event.slug}/desk/{who}/agree"
    elsewhere = f"/o/e/{cast.other_event.slug}/desk/{who}/agree"
    for stranger in (phone, sign_in(cast.ada), sign_in_organizer(cast.other_event)):
        assert stranger.send(path).status == 404
        assert stranger.send(elsewhere).status == 404
    assert imported(books, cast.event).confirmed_at is None
