"""Badges on A4 sheets: who it is, what they do, and a code that asks first."""

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.my_card import codes
from matchmaker.people.attendee import Attendee
from matchmaker.people.card_sides import badge_fields
from matchmaker.people.clean import fold_key
from matchmaker.storage import attendees, card_codes
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.mine import draw_code
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.parts import present, reading, writing


@organizer.get("/e/<slug>/badges")
def badges(slug: str) -> str:
    """Show everybody's badge, ready to print."""
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        everybody = attendees.list_attendees(session, event.id)
        known = card_codes.list_codes(session, event.id, kind=card_codes.BADGE_CODE)
    listed = sorted((a for a in everybody if a.hidden_at is None), key=_by_name)
    return render_template(
        "organizer/badges.html",
        event=event,
        me=None,
        badges=[
            (badge_fields(a.person), a.spot, draw_code(known[a.person.id], ""))
            for a in listed
            if a.person.id in known
        ],
        without=sum(a.person.id not in known for a in listed),
    )


@organizer.post("/e/<slug>/badges")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def make_badges(slug: str) -> Response:
    """Make the codes that are missing."""
    with writing() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        made = codes.make_badge_codes(session, event, now=present())
    flash(ngettext("One badge is new.", "%(num)s badges are new.", made), "good")
    return redirect(url_for("organizer.badges", slug=slug))


def _by_name(attendee: Attendee) -> str:
    return fold_key(attendee.name)
