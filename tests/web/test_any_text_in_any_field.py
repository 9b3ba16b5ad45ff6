"""Whatever is typed into whatever field: no error of ours, and the page keeps its form."""

from collections.abc import Callable

import pytest
from fixtures.attendees import Cast
from fixtures.invitations import AddInvitations
from fixtures.pages import Element
from fixtures.phones import MakePhone, Phone
from fixtures.venue import KeyOf, SignIn, SignInOrganizer, Suggest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NASTY = st.sampled_from(
    [
        "<b>",
        "</form>",
        "&lt;",
        '"',
        "'",
        "\0",
        "\u202e",
        "\u2028",
        "{{",
        "]]>",
        "-->",
        "\ufffd",
        "=",
    ]
)
TEXTS = st.lists(st.one_of(st.text(max_size=40), NASTY), max_size=6).map("".join)
SHARED = [HealthCheck.function_scoped_fixture]

FORMS = {
    "join": ("offer", "need", "name", "reach", "wants_mail", "client_key"),
    "more": (
        "offer", "need", "name", "call_name", "role", "organization", "line", "spot",
        "can_introduce", "serves", "decides", "sets_apart", "email", "phone", "site", "speaks",
        "wish", "welcomes_newcomers", "meets_own_organization", "wants_mail", "client_key",
    ),
    "leave": ("name", "reach", "note", "consent", "client_key"),
    "contact": ("note", "client_key"),
    "have-card": ("proof", "next", "client_key"),
    "desk": ("q",),
}  # fmt: skip


def skeleton(root: Element) -> list[str]:
    """Return the tags of a page in order, without what answers may add or take away."""
    main = root.by_id("main")
    assert main is not None
    gone = {id(one) for name in ("notice", "field__error") for e in main.of_class(name)
            for one in e}  # fmt: skip
    return [one.tag for one in main if id(one) not in gone]


@pytest.mark.parametrize("form", FORMS)
def test_no_text_breaks_a_form_or_its_page(
    form: str,
    cast: Cast,
    make_phone: MakePhone,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    code_of: KeyOf,
) -> None:
    slug = cast.event.slug
    contact = sign_in(cast.cy).send(f"/c/{code_of(cast.bo)}/exchange").headers["Location"]
    contact = contact.replace("exchanged", "contacts")
    paths: dict[str, tuple[str, str, Callable[[], Phone]]] = {
        "join": (f"/e/{slug}/join", f"/e/{slug}", make_phone),
        "more": (f"/e/{slug}/me/more", f"/e/{slug}/me/more", lambda: sign_in(cast.ada)),
        "leave": (f"/c/{code_of(cast.bo)}/leave", f"/c/{code_of(cast.bo)}", make_phone),
        "contact": (contact, contact, lambda: sign_in(cast.cy)),
        "have-card": ("/have-card", "/have-card", make_phone),
        "desk": (
            f"/o/e/{slug}/desk/{cast.bo.public_id}/here",
            f"/o/e/{slug}/desk",
            lambda: sign_in_organizer(cast.event),
        ),
    }
    path, shown, take_phone = paths[form]
    phone = take_phone()
    before = skeleton(phone.open(shown).root)

    @settings(max_examples=40, suppress_health_check=SHARED)
    @given(st.fixed_dictionaries({name: TEXTS for name in FORMS[form]}))
    def send(values: dict[str, str]) -> None:
        # Text that is no UTF-8 never comes this far: servers replace what they cannot read.
        sent = {name: text.encode(errors="replace") for name, text in values.items()}
        # Strangers may not leave cards or guess codes as often as this test does.
        phone_now = take_phone() if form in {"leave", "have-card"} else phone
        # Where joining succeeds the answer is another page.
        answer = phone_now.send(
            path, {**sent, "reach": b"@"} if form in {"join", "leave"} else sent
        )
        assert answer.status in {302, 422}
        shows = answer if answer.status == 422 else phone_now.open(shown)
        assert skeleton(shows.root) == before

    send()


def test_no_text_breaks_a_note_a_meeting_or_its_place(
    cast: Cast,
    sign_in: SignIn,
    sign_in_organizer: SignInOrganizer,
    suggest: Suggest,
    add_invitations: AddInvitations,
) -> None:
    slug, ada, laptop = cast.event.slug, sign_in(cast.ada), sign_in_organizer(cast.event)
    suggest(cast.ada, cast.bo)
    known = add_invitations(cast.event, cast.ada, cast.cy)
    note = f"/e/{slug}/people/{cast.bo.public_id}"
    meeting, programme = f"/e/{slug}/meetings/{known['meeting']}", f"/o/e/{slug}/programme"
    before = skeleton(laptop.open(programme).root)

    @settings(max_examples=40, suppress_health_check=SHARED)
    @given(TEXTS, TEXTS)
    def send(one: str, other: str) -> None:
        first, second = (text.encode(errors="replace") for text in (one, other))
        answer = ada.send(f"{note}/invite", {"give": first, "ask": second, "client_key": second})
        assert answer.status in {302, 422}
        if answer.status == 302:
            assert ada.send(f"{note}/unwant").status == 302
        assert ada.open(f"{note}/invite").status == 200
        sent = {"own": first, "where": second, "when": "now", "client_key": second}
        assert ada.send(meeting, sent).status in {302, 422}
        said = {"could_help": first, "could_be_helped": second}
        assert ada.send(f"{meeting}/outcome", said).status == 422
        assert ada.open(meeting).heading
        assert ada.open(f"{meeting}/meeting.ics").status == 200
        for deed, name in (("points", "point"), ("breaks", "starts_at")):
            assert laptop.send(f"{programme}/{deed}", {name: first}).status in {302, 422}
            assert laptop.send(f"{programme}/{deed}/remove", {name: first}).status in {302, 404}
        assert skeleton(laptop.open(programme).root) == before

    send()
