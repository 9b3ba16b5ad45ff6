"""My card with its code, and what whoever scans it gets."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker.cards.codes import card_url, show_code
from matchmaker.cards.qr import qr_svg
from matchmaker.cards.vcard_for_qr import vcard_for_qr
from matchmaker.my_card import codes
from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import shown_side
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import parts, present, reading, writing


@card.get("/me/card")
def mine() -> str:
    """Show my card with its code: the address online, the card itself offline."""
    side = "offline" if request.args.get("side") == "offline" else "online"
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        code = codes.find_my_code(session, person) or ""
    fields = shown_side(person)
    return render_template(
        "card/mine.html",
        event=event,
        me=person,
        fields=fields,
        side=side,
        qr=_draw_card(fields) if side == "offline" else draw_code(code, _("The code of my card")),
        code=show_code(code),
    )


@card.post("/me/card/new-code")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def new_code() -> Response:
    """End the old codes at once."""
    with writing() as session:
        person = visitor.get_me(session)
        codes.renew_code(session, person, now=present())
    flash(_("This is your new code. The old one no longer works."), "good")
    return redirect(url_for("card.mine"))


def draw_code(code: str, title: str) -> Markup:
    """Return the picture of a card's address."""
    drawn = qr_svg(card_url(parts().settings.base_url, code), title=title)
    return Markup(drawn)  # noqa: S704 - drawn by ourselves, from escaped words


def _draw_card(fields: CardFields) -> Markup:
    drawn = qr_svg(vcard_for_qr(fields), title=_("My card as a code, without network"))
    return Markup(drawn)  # noqa: S704 - drawn by ourselves, from escaped words
