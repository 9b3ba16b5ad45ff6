"""People to meet, and what one does with a suggestion."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import __version__
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event, Phase
from matchmaker.storage import attendees
from matchmaker.suggestions import acting
from matchmaker.suggestions.listing import PeopleToMeet, list_people_to_meet
from matchmaker.web import visitor
from matchmaker.web.languages import choose_language
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.looks import note_look
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import list_waiting
from matchmaker.web.words import stranger_question, view_suggestion

people = Blueprint("people", __name__, url_prefix="/e/<slug>/people")

FEW = 8
"""Below so many people here a newcomer is told their number: it's early, not empty."""


@people.get("")
def show(slug: str) -> Response:
    """Show the few people to meet, with what one can give them first."""
    now = present()
    with reading() as session:
        event = visitor.get_event(session, slug)
        me = visitor.find_my_attendance(session, event)
        if me is None:
            return redirect(url_for("join.show", slug=slug))
        found = list_people_to_meet(session, event, me, now=now)
        counts = attendees.count_presence(session, event.id)
        since = me.here_since or now
        earlier = attendees.count_arrived_before(session, event.id, since)
    if found.unseen:
        note_look(me.id, found.unseen, now=now)
    has_news = "_flashes" in cookie
    position = earlier + 1 if counts["here"] < FEW and me.here_since else None
    response = make_response(_page(event, me, found, counts, position))
    if not has_news:
        # Not of the page itself: the form tokens in it are new each time.
        response.set_etag(_digest(event, me, found, counts, now), weak=True)
        response.make_conditional(request)
    return response


@people.post("/<about>/want")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def want(slug: str, about: str) -> Response:
    """I'd like to meet them."""
    return _act(slug, about, acting.want, "")


@people.post("/<about>/unwant")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unwant(slug: str, about: str) -> Response:
    """Take back that I'd like to meet them."""
    return _act(slug, about, acting.unwant, "")


@people.post("/<about>/met")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def met(slug: str, about: str) -> Response:
    """We met."""
    return _act(slug, about, acting.mark_met, _("Good. A place on your list is free again."))


@people.post("/<about>/unmet")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unmet(slug: str, about: str) -> Response:
    """We have not met after all."""
    return _act(slug, about, acting.undo_met, "")


@people.post("/<about>/dismiss")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def dismiss(slug: str, about: str) -> Response:
    """Not for me."""
    return _act(slug, about, acting.dismiss, _("Set aside. They are not told."))


@people.post("/<about>/undismiss")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def undismiss(slug: str, about: str) -> Response:
    """Bring somebody back."""
    return _act(slug, about, acting.undo_dismiss, "")


def _act(slug: str, about: str, act: Callable[..., None], said: str) -> Response:
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        act(session, event, me, about, now=present())
    if said:
        flash(said, "good")
    return redirect(url_for("people.show", slug=slug))


def _digest(
    event: Event, me: Attendee, found: PeopleToMeet, counts: dict[str, int], now: datetime
) -> str:
    told = repr(
        (__version__, choose_language(), event.phase(now), me, found, counts, list_waiting())
    )
    return sha256(told.encode()).hexdigest()[:24]


def _page(
    event: Event,
    me: Attendee,
    found: PeopleToMeet,
    counts: dict[str, int],
    position: int | None,
) -> str:
    phase = event.phase(present())
    here = counts["here"] if phase is Phase.DURING else counts["here"] + counts["coming"]
    return render_template(
        "attendee/people.html",
        event=event,
        me=me,
        phase=phase,
        suggestions=[view_suggestion(s) for s in found.open],
        dismissed=[view_suggestion(s) for s in found.dismissed],
        met=[view_suggestion(s) for s in found.met],
        here_count=here,
        position=position if phase is Phase.DURING else None,
        stranger_question=stranger_question(me.public_id),
    )
