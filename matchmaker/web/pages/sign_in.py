"""Getting back in, and the organizers' door. Every link acts only on a button."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import registration
from matchmaker import sign_in as story
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import LinkExpired
from matchmaker.storage import attendees, events
from matchmaker.storage.attempts import count_attempt
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import HaveCardPage, accept_next, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import parts, present, reading, writing

sign_in = Blueprint("sign_in", __name__)

_TRIES_PER_DEVICE = 10
_TRIES_IN_ALL = 300


@sign_in.get("/have-card")
def have_card() -> str:
    """Ask for the private link, or for the code from the desk."""
    form = HaveCardPage(formdata=None)
    form.client_key.data = new_client_key()
    form.next.data = accept_next("")
    return _have_card_page(form)


@sign_in.post("/have-card")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def use_code() -> Response | tuple[str, int]:
    """Take a pasted private link, or use a desk code up."""
    form = HaveCardPage()
    if not form.validate_on_submit():
        return _have_card_page(form), 422
    token = _token_in(form.proof.data)
    if token:
        return redirect(url_for("sign_in.confirm", token=token, next=accept_next("")))
    now = present()
    database = parts().database
    count_attempt(database, f"desk:{visitor.device_id()}", most=_TRIES_PER_DEVICE, now=now)
    count_attempt(database, "desk:all", most=_TRIES_IN_ALL, now=now)
    try:
        with writing() as session:
            owner = story.enter_by_desk_code(session, form.proof.data, now=now)
            attendee = attendees.get_any_attendee(session, owner)
            event = events.get_event(session, attendee.event_id)
            registration.agree(session, event, attendee, now=now)
    except LinkExpired:
        form.proof.errors = [_("This code is used up, too old, or typed wrong. Ask for a new one.")]
        return _have_card_page(form), 422
    visitor.sign_in_person(attendee.person, event)
    return redirect(accept_next(url_for("people.show", slug=event.slug)))


@sign_in.get("/in/<token>")
def confirm(token: str) -> str:
    """Show a button: previews of chats open links too, and must not sign anybody in."""
    with reading() as session:
        person = _get_owner(session, token)
        event = visitor.find_present_event(session, person)
        attendee = attendees.find_attendee_of(session, event.id, person.id) if event else None
    return render_template(
        "attendee/sign_in_confirm.html",
        event=event,
        me=None,
        token=token,
        name=person.name,
        agrees=attendee is not None and attendee.claimed_at is None,
        next=accept_next(""),
    )


@sign_in.post("/in/<token>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def enter(token: str) -> Response:
    """Sign in; an imported row is claimed, and put together with who joined on this phone."""
    with writing() as session:
        person = _get_owner(session, token)
        event = visitor.find_present_event(session, person)
        if event:
            person = _claim(session, person, event)
    visitor.sign_in_person(person, event)
    flash(_("Good to see you again."), "good")
    if event is None:
        return redirect(accept_next(url_for("contacts.list_all")))
    return redirect(accept_next(url_for("people.show", slug=event.slug)))


def _have_card_page(form: HaveCardPage) -> str:
    return render_template("attendee/have_card.html", event=None, me=None, form=form)


def _token_in(pasted: str) -> str:
    """Return the token of a pasted private link; empty if it is something else."""
    try:
        path = urlsplit(pasted).path if "://" in pasted else ""
    except ValueError:
        return ""
    return path.rpartition("/in/")[2] if "/in/" in path else ""


def _get_owner(session: Session, token: str) -> Person:
    person = story.find_key_owner(session, token, parts().settings.secret_key)
    if person is None:
        raise LinkExpired
    return person


def _find_joined_here(session: Session, person: Person, event: Event | None) -> Person | None:
    """Return somebody else who joined the same event on this phone, if there is one."""
    mine = visitor.find_me(session)
    if event is None or mine is None or mine.id == person.id:
        return None
    return mine if attendees.find_attendee_of(session, event.id, mine.id) else None


def _claim(session: Session, person: Person, event: Event) -> Person:
    imported = attendees.find_attendee_of(session, event.id, person.id)
    if imported is None or imported.claimed_at is not None:
        return person
    mine = _find_joined_here(session, person, event)
    # The link proves the import to be theirs, the cookie the join; the same address on both
    # says that it is one human being, not somebody who opened a neighbour's invitation.
    twin = story.find_twin(session, event, imported)
    if mine and twin and twin.person.id == mine.id:
        return story.put_together(session, event, imported, twin, now=present()).person
    return registration.agree(session, event, imported, now=present()).person
