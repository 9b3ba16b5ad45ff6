"""The desk for people without a phone: their badge's code, and exchanges on their behalf."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.cards.codes import show_code
from matchmaker.my_card import at_desk, codes, sides
from matchmaker.my_card.at_desk import Served
from matchmaker.people.attendee import Attendee
from matchmaker.people.card_sides import badge_fields
from matchmaker.people.event import Event
from matchmaker.people.refusals import CardRevoked, OwnCard
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.mine import draw_code
from matchmaker.web.pages.desk import get_attendee
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.parts import parts, present, reading, writing


@organizer.get("/e/<slug>/desk/<about>/card")
def desk_card(slug: str, about: str) -> str:
    """Show the badge of somebody who stands at the desk, and what can be done for them."""
    with reading() as session:
        event, attendee = get_attendee(session, slug, about)
    return _page(event, attendee)


@organizer.post("/e/<slug>/desk/<about>/badge")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_badge(slug: str, about: str) -> Response:
    """Make the code of somebody's badge, once."""
    with writing() as session:
        _event, attendee = get_attendee(session, slug, about)
        codes.get_badge_code(session, attendee.person, now=present())
    return redirect(url_for("organizer.desk_card", slug=slug, about=about))


@organizer.post("/e/<slug>/desk/<about>/enough")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_enough(slug: str, about: str) -> Response:
    """Note what somebody at the desk says: their badge is enough, or it only asks."""
    enough = request.form.get("enough") == "y"
    with writing() as session:
        _event, attendee = get_attendee(session, slug, about)
        sides.set_badge_is_enough(session, attendee.person, enough=enough)
    said = _("From now on their badge is enough.") if enough else _("Their badge asks first again.")
    flash(said, "good")
    return redirect(url_for("organizer.desk_card", slug=slug, about=about))


@organizer.post("/e/<slug>/desk/<about>/exchange")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_exchange(slug: str, about: str) -> Response | tuple[str, int]:
    """Exchange cards for somebody at the desk, who agrees, with whoever shows their code."""
    typed = request.form.get("code", "")[:100]
    with reading() as session:
        event, attendee = get_attendee(session, slug, about)
    if request.form.get("consent") != "y":
        return _page(event, attendee, typed, _("Ask them first, then tick that they agree.")), 422
    try:
        served = _serve(event, attendee, typed)
    except CardRevoked:
        said = _("This code is not of somebody here, too old, or typed wrong.")
        return _page(event, attendee, typed, said), 422
    except OwnCard:
        return _page(event, attendee, typed, _("This is their own code.")), 422
    name = badge_fields(served.other).name or _("the other")
    flash(
        _("%(one)s and %(other)s have each other’s card.", one=attendee.name, other=name)
        if served.exchanged
        else _("%(other)s is asked, and %(one)s gets the card on a yes.",
               one=attendee.name, other=name),
        "good",
    )  # fmt: skip
    return redirect(url_for("organizer.desk_card", slug=slug, about=about))


def _serve(event: Event, attendee: Attendee, typed: str) -> Served:
    now = present()
    helper = str(cookie.get("organizer", ""))
    other, via = at_desk.find_owner_at_desk(parts().database, event, typed, helper=helper, now=now)
    with writing() as session:
        event, attendee = get_attendee(session, event.slug, attendee.public_id)
        return at_desk.exchange_at_desk(session, event, attendee, other, via=via, now=now)


def _page(event: Event, attendee: Attendee, typed: str = "", problem: str = "") -> str:
    with reading() as session:
        visitor.get_my_event(session, event.slug, owner=False)
        code = codes.find_badge_code(session, attendee.person)
    return render_template(
        "organizer/desk_card.html",
        event=event,
        me=None,
        attendee=attendee,
        fields=badge_fields(attendee.person),
        code=show_code(code) if code else "",
        qr=draw_code(code, _("The code of this badge")) if code else "",
        typed=typed,
        problem=problem,
    )
