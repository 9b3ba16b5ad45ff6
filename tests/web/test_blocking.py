"""Blocking somebody: at once, quietly, and only the one who did can end it."""

from fixtures.attendees import Cast
from fixtures.introductions import Block, Exchange, Introduce, Wish
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn, Suggest


def test_from_a_suggestion(cast: Cast, sign_in: SignIn, suggest: Suggest) -> None:
    suggest(cast.ada, cast.bo)
    phone, bos = sign_in(cast.ada), sign_in(cast.bo)
    phone.open(f"/e/{cast.event.slug}/people")
    phone.tap("Block or report")
    assert phone.page.heading == "Something is not right with Bo?"
    page = phone.tap("Block")
    assert page.heading == "People you block"
    assert "Bo" in page.text
    for one in (phone, bos):
        assert one.open(f"/e/{cast.event.slug}/people").suggested == []
    assert "Ada" not in bos.open("/me/blocked").text


def test_from_a_contact_which_stays(
    cast: Cast, sign_in: SignIn, exchange: Exchange, books: Books
) -> None:
    exchange(cast.ada, cast.bo, cast.event)
    [hers], [his] = books.contacts(cast.ada), books.contacts(cast.bo)
    phone = sign_in(cast.ada)
    phone.open(f"/me/contacts/{hers.public_id}")
    phone.tap("Block or report")
    phone.tap("Block")
    assert books.contacts(cast.ada) == [hers]
    assert books.contacts(cast.bo) == [his]


def test_from_a_card_which_looks_revoked_to_the_blocked(
    cast: Cast, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone, bos = sign_in(cast.ada), sign_in(cast.bo)
    phone.open(f"/c/{code_of(cast.bo)}")
    phone.tap("Block")
    phone.tap("Block")
    path = f"/c/{code_of(cast.ada)}"
    blocked, unknown = bos.open(path), bos.open("/c/0000000000000000")
    assert (blocked.status, blocked.heading) == (404, "This card can’t be opened")
    assert blocked.text == unknown.text
    assert bos.send(f"{path}/exchange").heading == "This card can’t be opened"
    assert bos.send(f"{path}/leave", {"name": "Bo", "consent": "y"}).status == 404
    assert bos.open(f"{path}/contact.vcf").status == 404
    assert books.contacts(cast.ada) == []


def test_the_one_who_blocked_sees_it_and_ends_it(
    cast: Cast, sign_in: SignIn, block: Block, code_of: KeyOf
) -> None:
    block(cast.ada, cast.bo)
    phone = sign_in(cast.ada)
    phone.open(f"/e/{cast.event.slug}/me")
    phone.tap("People you block")
    page = phone.tap("Unblock", near="Bo")
    assert "You block nobody" in page.text
    assert sign_in(cast.bo).open(f"/c/{code_of(cast.ada)}").status == 200


def test_only_they_end_it(cast: Cast, phone: Phone, sign_in: SignIn, block: Block) -> None:
    block(cast.ada, cast.bo)
    address = f"/me/blocked/{cast.bo.person.public_id}/unblock"
    for stranger in (phone, sign_in(cast.bo), sign_in(cast.cy), sign_in(cast.dee)):
        assert stranger.send(address).status == 404
    assert "Bo" in sign_in(cast.ada).open("/me/blocked").text


def test_the_blocked_sees_nothing_special_of_introductions_and_wishes(
    cast: Cast,
    sign_in: SignIn,
    exchange: Exchange,
    introduce: Introduce,
    wish: Wish,
    block: Block,
) -> None:
    exchange(cast.ada, cast.bo)
    exchange(cast.ada, cast.cy)
    block(cast.bo, cast.ada)
    introduce(cast.ada, cast.bo, cast.cy)
    wish(cast.ada, cast.bo)
    hers = sign_in(cast.ada).open("/me/introductions").text
    assert hers.count("Asked, waiting") == 2
    assert "Ada" not in sign_in(cast.bo).open("/me/introductions").text


def test_people_of_another_event_block_nobody_here(
    cast: Cast, phone: Phone, sign_in: SignIn
) -> None:
    address = f"/e/{cast.event.slug}/people/{cast.bo.public_id}"
    for stranger in (phone, sign_in(cast.dee)):
        assert stranger.open(f"{address}/safety").status == 404
        assert stranger.send(f"{address}/block").status == 404


def test_a_stranger_who_left_a_card_cannot_be_blocked_but_deleted(
    cast: Cast, phone: Phone, sign_in: SignIn, code_of: KeyOf, books: Books
) -> None:
    phone.send(f"/c/{code_of(cast.bo)}/leave", {"name": "Eve", "consent": "y"})
    [left] = books.contacts(cast.bo)
    bos = sign_in(cast.bo)
    assert "Block or report" not in bos.open(f"/me/contacts/{left.public_id}").text
    assert bos.send(f"/me/contacts/{left.public_id}/block").status == 404
