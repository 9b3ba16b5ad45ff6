"""The helper's desk: find somebody, tick them as here, let them back in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import registration
from matchmaker import sign_in as story
from matchmaker.cards.codes import show_code
from matchmaker.people.attendee import Attendee
from matchmaker.people.clean import fold_key
from matchmaker.people.event import Event
from matchmaker.people.refusals import NotFound
from matchmaker.storage import attendees, presence
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.parts import present, reading, writing

_MOST_SHOWN = 50


@organizer.get("/e/<slug>/desk")
def desk(slug: str) -> str:
    """Show the list, or those who fit a search."""
    q = request.args.get("q", "")[:120]
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        everybody = attendees.list_attendees(session, event.id)
        counts = presence.count_presence(session, event.id)
        found = [a for a in everybody if _fits(a, fold_key(q))]
        found = sorted(found, key=lambda a: fold_key(a.name))[:_MOST_SHOWN]
        twins = {a.id: story.find_twin(session, event, a) for a in found if a.shadowed}
    return render_template(
        "organizer/desk.html",
        event=event,
        me=None,
        attendees=found,
        q=q,
        twins=twins,
        here_count=counts["here"],
        all_count=len(everybody),
    )


@organizer.post("/e/<slug>/desk/<about>/here")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_here(slug: str, about: str) -> Response:
    """Tick somebody as here."""
    with writing() as session:
        event, attendee = get_attendee(session, slug, about)
        registration.arrive(session, event, attendee, now=present())
    flash(_("%(name)s is here.", name=attendee.name), "good")
    return redirect(url_for("organizer.desk", slug=slug, q=request.form.get("q", "")[:120]))


@organizer.post("/e/<slug>/desk/<about>/agree")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_agree(slug: str, about: str) -> Response:
    """Note that somebody who stands at the desk agrees to be suggested; they are here.

    Where somebody joined with the address of this row, and the helper sees that it is the same
    human being, the two become one.
    """
    with writing() as session:
        event, attendee = get_attendee(session, slug, about)
        twin = story.find_twin(session, event, attendee)
        if twin and request.form.get("together") == twin.public_id:
            attendee = story.put_together(session, event, attendee, twin, now=present())
        registration.agree(session, event, attendee, now=present())
        registration.arrive(session, event, attendee, now=present())
    flash(_("%(name)s agreed and is here.", name=attendee.name), "good")
    return redirect(url_for("organizer.desk", slug=slug, q=request.form.get("q", "")[:120]))


@organizer.post("/e/<slug>/desk/<about>/code")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def desk_code(slug: str, about: str) -> str:
    """Make a one-use code for somebody who stands at the desk."""
    with writing() as session:
        event, attendee = get_attendee(session, slug, about)
        code = story.make_code_at_desk(session, attendee, now=present())
    return render_template(
        "organizer/desk_code.html", event=event, me=None, name=attendee.name, code=show_code(code)
    )


def get_attendee(session: Session, slug: str, about: str) -> tuple[Event, Attendee]:
    """Return the event that the helper signed in here works at, and one who attends it."""
    event = visitor.get_my_event(session, slug, owner=False)
    attendee = attendees.find_attendee(session, event.id, about)
    if attendee is None:
        raise NotFound
    return event, attendee


def _fits(attendee: Attendee, wanted: str) -> bool:
    card = attendee.person.business
    texts = (card.name, card.call_name, attendee.ticket, card.email, card.phone)
    return any(wanted in fold_key(text) for text in texts) or not wanted
