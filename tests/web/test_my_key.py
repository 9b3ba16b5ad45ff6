"""My key: the private link that lets one back in, and how it ends."""

from fixtures.attendees import Cast
from fixtures.phones import BASE_URL, MakePhone, Phone
from fixtures.venue import Books, KeyOf, SignIn, SignInOrganizer
from flask import Flask


def my_link(phone: Phone, slug: str) -> str:
    return phone.open(f"/e/{slug}/me/key").value("My private link")


def test_my_key_shows_the_link_that_opens_my_pages_elsewhere(
    cast: Cast, sign_in: SignIn, make_phone: MakePhone
) -> None:
    link = my_link(sign_in(cast.ada), cast.event.slug)
    assert link.startswith(f"{BASE_URL}/in/")
    other = make_phone()
    page = other.open(link)
    assert page.heading == "Welcome back, Ada"
    page = other.tap("Sign in on this phone")
    assert page.path == f"/e/{cast.event.slug}/people"
    assert other.open(f"/e/{cast.event.slug}/me").heading == "Ada"


def test_opening_the_link_alone_signs_nobody_in(
    cast: Cast, key_of: KeyOf, phone: Phone, app: Flask
) -> None:
    for _ in range(3):
        assert phone.open(key_of(cast.ada)).status == 200
    assert phone.open(f"/e/{cast.event.slug}/me").status == 404
    preview = app.test_client().head(key_of(cast.ada), base_url=BASE_URL)
    assert preview.status_code == 200


def test_the_link_works_as_often_as_one_likes(cast: Cast, sign_in: SignIn, books: Books) -> None:
    for _ in range(3):
        assert sign_in(cast.ada).open(f"/e/{cast.event.slug}/me").status == 200
    assert len(books.everybody(cast.event)) == 3


def test_a_new_key_ends_the_old_link_and_all_other_phones(
    cast: Cast, sign_in: SignIn, make_phone: MakePhone
) -> None:
    mine, lost = sign_in(cast.ada), sign_in(cast.ada)
    old = my_link(mine, cast.event.slug)
    page = mine.tap("Make a new key")
    assert "The old one no longer works." in page.news
    new = my_link(mine, cast.event.slug)
    assert new != old
    assert lost.open(f"/e/{cast.event.slug}/me").status == 404
    assert lost.open("/me/contacts").status == 404
    stranger = make_phone()
    assert stranger.open(old).status == 410
    assert stranger.send(old.removeprefix(BASE_URL)).status == 410
    assert make_phone().open(new).heading == "Welcome back, Ada"


def test_a_changed_letter_or_anothers_signature_opens_nothing(
    cast: Cast, key_of: KeyOf, phone: Phone
) -> None:
    key = key_of(cast.ada)
    path, _, signature = key.partition(".")
    _, _, of_bo = key_of(cast.bo).partition(".")
    last = "A" if signature[-1] != "A" else "B"
    for wrong in (f"{path}.{of_bo}", f"{path}.{signature[:-1]}{last}", path, f"{path}.", "/in/é.ü"):
        assert phone.open(wrong).status == 410
        assert phone.page.heading == "This link or code is used up"
        assert phone.send(wrong).status == 410


def test_a_pasted_link_does_the_same_as_an_opened_one(
    cast: Cast, sign_in: SignIn, phone: Phone
) -> None:
    link = my_link(sign_in(cast.ada), cast.event.slug)
    phone.open("/have-card")
    page = phone.fill({"Private link, or code from the desk": f"  {link} "}, "Go on")
    assert page.heading == "Welcome back, Ada"
    phone.tap("Sign in on this phone")
    assert phone.open(f"/e/{cast.event.slug}/me").heading == "Ada"


def test_signing_in_goes_on_where_one_was_but_never_to_another_site(
    cast: Cast, key_of: KeyOf, make_phone: MakePhone
) -> None:
    phone = make_phone()
    phone.open(f"{key_of(cast.ada)}?next=/me/card")
    assert phone.tap("Sign in on this phone").path == "/me/card"
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "evil", "/\tx"):
        phone = make_phone()
        answer = phone.send(key_of(cast.ada), {"next": evil})
        assert answer.headers["Location"] == f"/e/{cast.event.slug}/people"


def test_a_card_that_was_being_looked_at_is_found_again_after_signing_in(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, phone: Phone
) -> None:
    link = my_link(sign_in(cast.ada), cast.event.slug)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("I already have a card")
    phone.fill({"Private link, or code from the desk": link}, "Go on")
    page = phone.tap("Sign in on this phone")
    assert page.path == f"/c/{code_of(cast.bo)}"
    assert "Exchange cards" in page.buttons


def test_nobody_else_sees_or_renews_a_key(
    cast: Cast, phone: Phone, sign_in: SignIn, sign_in_organizer: SignInOrganizer, books: Books
) -> None:
    path = f"/e/{cast.event.slug}/me/key"
    for stranger in (phone, sign_in(cast.dee), sign_in_organizer(cast.event)):
        assert stranger.open(path).status == 404
        assert stranger.send(path).status == 404
        assert stranger.send(f"{path}/mail").status == 404
    for who in (cast.ada, cast.bo, cast.dee):
        assert books.attendee(who).person.key_version == 1


def test_without_mail_nothing_is_offered_or_taken(cast: Cast, sign_in: SignIn) -> None:
    phone = sign_in(cast.ada)
    assert "Mail it to me" not in phone.open(f"/e/{cast.event.slug}/me/key").buttons
    assert phone.send(f"/e/{cast.event.slug}/me/key/mail").status == 404
