"""Asking a contact for an introduction, and being asked."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.introductions import asking
from matchmaker.introductions.finding import find_who_may_know
from matchmaker.introductions.listing import list_waiting_wishes
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import attendees, contacts
from matchmaker.storage.connect import Session
from matchmaker.storage.people import get_person
from matchmaker.web import visitor
from matchmaker.web.forms import new_client_key
from matchmaker.web.introduction_forms import WantedPage
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.introductions import introductions
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting


@introductions.get("/ask")
def ask() -> str:
    """Ask what I look for, filled in with what I need at the event."""
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        mine = attendees.find_attendee_of(session, event.id, me.id) if event else None
    form = WantedPage(formdata=None, wanted=mine.need if mine else "")
    form.client_key.data = new_client_key()
    return _ask_page(form, request.args.get("contact", ""))


@introductions.post("/ask/who")
@limiter.limit("20/minute", key_func=per_device)
def find() -> str | tuple[str, int]:
    """Show who among my contacts may know somebody; never whom, and never by what."""
    form = WantedPage()
    if not form.validate_on_submit():
        return _ask_page(form, ""), 422
    return _ask_page(form, "", looks=True)


@introductions.post("/ask")
@limiter.limit("20/hour", key_func=per_device)
def send_wish() -> Response | tuple[str, int]:
    """Ask one of my contacts."""
    form = WantedPage()
    contact = request.form.get("contact", "")
    if not form.validate_on_submit():
        return _ask_page(form, contact), 422
    with writing() as session:
        asking.ask(session, visitor.get_me(session), contact, form.wanted.data, now=present())
    flash(_("Asked. They decide in peace; if they bring you together with somebody, you hear."))
    return redirect(url_for("introductions.list_all"))


@introductions.get("/wishes/<wish>")
def show_wish(wish: str) -> str:
    """Show what a contact of mine looks for."""
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        found = asking.get_asked_of_me(session, me, wish)
        name = get_person(session, found.asker).name
    return render_template(
        "introductions/wish.html",
        event=event,
        me=me,
        wish=found,
        name=name,
        is_open=found.is_open(present()),
    )


@introductions.post("/wishes/<wish>/set-aside")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def set_aside(wish: str) -> Response:
    """Set a wish aside; nobody is told."""
    with writing() as session:
        asking.set_aside(session, visitor.get_me(session), wish, now=present())
    flash(_("Set aside. They are not told."), "good")
    return redirect(url_for("introductions.list_all"))


@introductions.post("/found")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def let_find() -> Response:
    """Say whether my contacts may introduce me and find me this way."""
    agrees = request.form.get("agrees") == "y"
    with writing() as session:
        asking.let_introduce(session, visitor.get_me(session), agrees=agrees)
    flash(_("Saved."), "good")
    return redirect(url_for("introductions.list_all"))


def list_waiting_requests(
    session: Session, person: Person, _event: Event | None, now: datetime
) -> list[Waiting]:
    """Say who asks me for an introduction."""
    return [
        Waiting(
            words=_("%(name)s asks whether you can introduce them", name=wish.name)
            if wish.name
            else _("Somebody asks whether you can introduce them"),
            url=url_for("introductions.show_wish", wish=wish.request.public_id),
            symbol="bridge",
            rank=5,
        )
        for wish in list_waiting_wishes(session, person, now=now)
    ]


def _ask_page(form: WantedPage, contact: str, *, looks: bool = False) -> str:
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        known = contacts.find_contact(session, me.id, contact) if contact else None
        wanted = form.wanted.data if looks else ""
        found = find_who_may_know(session, me, wanted, language=me.language)
    return render_template(
        "introductions/ask.html",
        event=event,
        me=me,
        form=form,
        contact=known if known and known.other else None,
        found=found,
        looks=looks,
    )
