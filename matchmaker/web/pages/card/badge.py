"""My badge as it would be printed, with a code that only asks."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.cards.codes import show_code
from matchmaker.my_card import codes
from matchmaker.people.card_sides import badge_fields
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.pages.card.mine import draw_code
from matchmaker.web.parts import present, reading, writing


@card.get("/me/card/badge")
def badge() -> str:
    """Show what is printed on my badge."""
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        code = codes.find_badge_code(session, person)
    return render_template(
        "card/badge.html",
        event=event,
        me=person,
        fields=badge_fields(person),
        code=show_code(code) if code else "",
        qr=draw_code(code, _("The code of my badge")) if code else "",
    )


@card.post("/me/card/badge")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def make_badge() -> Response:
    """Make the code of my badge, once."""
    with writing() as session:
        codes.get_badge_code(session, visitor.get_me(session), now=present())
    return redirect(url_for("card.badge"))
