"""A code to say aloud, and the code that somebody said to me."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.cards.codes import show_code
from matchmaker.my_card import asking, spoken
from matchmaker.people.attendee import Attendee
from matchmaker.people.connection_request import Via
from matchmaker.people.event import Event
from matchmaker.people.refusals import CardRevoked
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.asks import say_asked
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import parts, present, reading, writing


@card.get("/e/<slug>/code")
def say(slug: str) -> str:
    """Show the code that I may say now, and where to type one that I heard."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    return _page(event, attendee)


@card.post("/e/<slug>/code")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def new_spoken_code(slug: str) -> Response:
    """Make a code to say; the one before ends."""
    with writing() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
        spoken.say_code(session, attendee.person, event, now=present())
    return redirect(url_for("card.say", slug=slug))


@card.post("/e/<slug>/code/heard")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def heard(slug: str) -> Response | tuple[str, int]:
    """Ask whoever said this code to exchange cards."""
    typed = request.form.get("code", "")[:100]
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    now = present()
    me = str(attendee.id)
    try:
        owner = spoken.get_speaker(parts().database, event, typed, tried_by=me, now=now)
    except CardRevoked:
        return _page(event, attendee, typed=typed), 422
    with writing() as session:
        person = visitor.get_me(session)
        contact = asking.ask(session, person, owner, event, via=Via.SPOKEN, now=now)
    return say_asked(owner, contact)


def _page(event: Event, attendee: Attendee, *, typed: str = "") -> str:
    with reading() as session:
        mine = spoken.find_spoken_code(session, attendee.person, event, now=present())
    return render_template(
        "card/spoken.html",
        event=event,
        me=attendee,
        code=show_code(mine.code) if mine else "",
        minutes=_minutes_left(mine) if mine else 0,
        typed=typed,
    )


def _minutes_left(mine: spoken.SpokenCode) -> int:
    left = (mine.expires_at - present()).total_seconds()
    return max(1, round(left / 60))
