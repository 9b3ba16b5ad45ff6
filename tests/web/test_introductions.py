"""Introductions: each is asked alone, both must say yes, and nobody learns of a no."""

import pytest
from fixtures.attendees import Cast
from fixtures.introductions import REASON, Answer, Exchange, Introduce
from fixtures.phones import Phone
from fixtures.venue import Books, SignIn, Suggest

ASKED = "Cy would like to introduce you"
WAITS = "Asked, waiting"


@pytest.fixture
def cys(cast: Cast, exchange: Exchange, sign_in: SignIn) -> Phone:
    """The phone of Cy, who has the cards of Ada and Bo."""
    for other in (cast.ada, cast.bo):
        exchange(cast.cy, other, cast.event, ago=30)
    return sign_in(cast.cy)


@pytest.fixture
def asked(cast: Cast, cys: Phone, introduce: Introduce) -> str:
    """Where the introduction of Ada and Bo stands."""
    return f"/me/introductions/{introduce(cast.cy, cast.ada, cast.bo)}"


def choose(phone: Phone, first: str, second: str, reason: str = REASON) -> None:
    """Fill in the form by the names that stand beside its buttons."""
    form = phone.page.form("Ask them both")
    keys = {
        one.text: one.all("input")[0] for one in phone.page.root.all("label") if one.all("input")
    }
    values = [pair for pair in form.values if pair[0] not in {"first", "second", "reason"}]
    values += [(field, keys[name].attributes["value"]) for field, name in
               (("first", first), ("second", second)) if name]  # fmt: skip
    phone._submit(form.action, form.method, [*values, ("reason", reason)])


def test_from_the_first_word_to_the_thanks(
    cast: Cast, cys: Phone, sign_in: SignIn, books: Books
) -> None:
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    [to_ada] = [c for c in books.contacts(cast.cy) if c.other == cast.ada.person.id]
    cys.open(f"/me/contacts/{to_ada.public_id}")
    cys.tap("Introduce them")
    choose(cys, "Ada", "Bo")
    assert cys.page.heading == "Ada and Bo"
    assert WAITS in cys.page.text
    for phone, other in ((adas, "Bo"), (bos, "Ada")):
        phone.open("/me/card")
        page = phone.tap(f"Cy would like to introduce you to {other}")
        assert page.heading == ASKED
        assert REASON in page.text
        assert other in page.text
        phone.tap("Yes, introduce us")
    assert "You both said yes" in bos.page.text
    assert {c.fields.name for c in books.contacts(cast.ada)} == {"Cy", "Bo"}
    assert {c.fields.name for c in books.contacts(cast.bo)} == {"Cy", "Ada"}
    bos.tap("Say thank you")
    bos.fill({"What came of it?": "We restore a mill together"}, "Save")
    cys.open("/me/card")
    page = cys.tap("There is news of Ada and Bo, whom you introduced")
    assert "They know each other now" in page.text
    assert "Thanks you for it." in page.text
    assert "We restore a mill together" in page.text
    assert "whom you introduced" not in cys.open("/me/card").text
    assert "mill" not in adas.open(cys.page.path).html


def test_before_both_agree_only_name_line_and_reason_are_shown(
    cast: Cast, cys: Phone, introduce: Introduce, sign_in: SignIn, books: Books
) -> None:
    bos = sign_in(cast.bo)
    bos.open(f"/e/{cast.event.slug}/me/more")
    bos.fill(
        {
            "How to introduce me, in one line": "I mend what rain has spoilt",
            "Phone": "+39 06 1234567",
            "E-mail": "bo@example.org",
            "Organization or business": "Glazier’s Yard",
        },
        "Save",
    )
    path = f"/me/introductions/{introduce(cast.cy, cast.ada, cast.bo)}"
    page = sign_in(cast.ada).open(path)
    assert "I mend what rain has spoilt" in page.text
    for secret in ("1234567", "bo@example.org", "Glazier", cast.bo.offer, cast.bo.need):
        assert secret not in page.html
    assert [c.fields.name for c in books.contacts(cast.ada)] == ["Cy"]


@pytest.mark.parametrize("said", [None, True, False])
def test_nobody_sees_what_the_other_said(
    cast: Cast, cys: Phone, asked: str, sign_in: SignIn, say: Answer, said: bool | None
) -> None:
    """Byte for byte, but for the forms’ tokens, the pages are those of a silent other."""
    readers = (cys, sign_in(cast.bo))
    paths = (asked, "/me/introductions", "/me/card")
    before = [reader.open(path).text for reader in readers for path in paths]
    if said is not None:
        say(cast.ada, asked.rsplit("/", 1)[1], yes=said)
    assert [reader.open(path).text for reader in readers for path in paths] == before


def test_one_no_is_enough_and_both_may_think_again(
    cast: Cast, cys: Phone, asked: str, sign_in: SignIn, books: Books
) -> None:
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    adas.open(asked)
    adas.tap("Rather not")
    assert "Bo" not in adas.page.part("Introductions").text
    bos.open(asked)
    bos.tap("Yes, introduce us")
    assert len(books.contacts(cast.bo)) == 1
    assert WAITS in cys.open(asked).text
    adas.open(asked)
    adas.tap("Yes, introduce us")
    assert len(books.contacts(cast.bo)) == 2


def test_it_closes_quietly_after_two_weeks(
    cast: Cast, cys: Phone, introduce: Introduce, sign_in: SignIn
) -> None:
    path = f"/me/introductions/{introduce(cast.cy, cast.ada, cast.bo, days_ago=14)}"
    adas = sign_in(cast.ada)
    assert "would like to introduce you" not in adas.open("/me/card").text
    assert "This introduction is closed." in adas.open(path).text
    assert adas.send(f"{path}/agree").status == 410
    assert "It did not come about" in cys.open(path).text


def test_what_was_taken_back_is_gone_for_both(
    cast: Cast, cys: Phone, asked: str, sign_in: SignIn
) -> None:
    adas = sign_in(cast.ada)
    cys.open(asked)
    cys.tap("Take it back")
    assert "You took it back" in cys.page.text
    assert adas.open(asked).status == 404
    assert adas.send(f"{asked}/agree").status == 410


def test_a_week_later_each_is_asked_what_came_of_it(
    cast: Cast, cys: Phone, introduce: Introduce, say: Answer, sign_in: SignIn
) -> None:
    introduction = introduce(cast.cy, cast.ada, cast.bo, days_ago=9)
    for who in (cast.ada, cast.bo):
        say(who, introduction, yes=True, days_ago=8)
    adas = sign_in(cast.ada)
    adas.open("/me/card")
    adas.tap("What came of meeting Bo?")
    adas.fill({}, "Save")
    assert "What came of meeting Bo?" not in adas.open("/me/card").text
    # Who has nothing to tell says nothing.
    assert "What came" not in cys.open(adas.page.path).text


def test_somebody_who_is_suggested_may_be_introduced_too(
    cast: Cast, exchange: Exchange, suggest: Suggest, sign_in: SignIn
) -> None:
    exchange(cast.cy, cast.ada, cast.event)
    suggest(cast.cy, cast.bo)
    phone = sign_in(cast.cy)
    phone.open("/me/introductions/new")
    choose(phone, "Ada", "Bo")
    assert WAITS in phone.page.text
    assert "Cy would like to introduce you to Ada" in sign_in(cast.bo).open("/me/card").text


def test_a_form_sent_twice_asks_once(cast: Cast, cys: Phone, sign_in: SignIn) -> None:
    cys.open("/me/introductions/new")
    page = cys.page
    for _twice in range(2):
        cys.page = page
        choose(cys, "Ada", "Bo")
    text = sign_in(cast.bo).open("/me/introductions").text
    assert text.count("asks whether you would like to know them") == 1


def test_two_different_people_and_a_reason_are_needed(cys: Phone) -> None:
    for first, second, reason, told in (
        ("Ada", "Ada", REASON, "Please choose two different people."),
        ("Ada", "", REASON, "Please choose somebody."),
        ("Ada", "Bo", "", "Please say why"),
    ):
        cys.open("/me/introductions/new")
        choose(cys, first, second, reason)
        assert cys.page.status == 422
        assert told in cys.page.text


def test_nobody_introduces_people_they_do_not_know(
    cast: Cast, cys: Phone, sign_in: SignIn, phone: Phone, books: Books
) -> None:
    ada, bo = (f"contact:{c.public_id}" for c in books.contacts(cast.cy))
    form = {"first": ada, "second": bo, "reason": REASON}
    for stranger in (phone, sign_in(cast.ada), sign_in(cast.dee)):
        assert stranger.send("/me/introductions/new", form).status == 404
    unknown = {**form, "second": f"attendee:{cast.dee.public_id}"}
    assert cys.send("/me/introductions/new", unknown).status == 404


def test_each_does_only_what_is_theirs(
    cast: Cast, cys: Phone, asked: str, phone: Phone, sign_in: SignIn, say: Answer
) -> None:
    for stranger in (phone, sign_in(cast.dee)):
        assert stranger.open(asked).status == 404
        for deed in ("agree", "decline", "withdraw", "thank", "outcome"):
            assert stranger.send(f"{asked}/{deed}").status == 404
    for deed in ("agree", "decline", "thank", "outcome"):
        assert cys.send(f"{asked}/{deed}").status == 404
    adas = sign_in(cast.ada)
    assert adas.send(f"{asked}/withdraw").status == 404
    for deed in ("thank", "outcome"):
        assert adas.send(f"{asked}/{deed}").status == 410


def test_no_page_counts_or_ranks_anybody(cast: Cast, cys: Phone, asked: str) -> None:
    words = cys.open("/me/introductions").text.lower()
    assert not [word for word in ("point", "score", "rank", "%", "top ") if word in words]
