"""Who asks to exchange cards with me, and whom I asked."""

from collections.abc import Iterable
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.my_card import asking
from matchmaker.people.card_sides import stranger_fields
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import connection_requests
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting


@card.get("/me/asks")
def asks() -> str:
    """Show who waits for my answer, and whose answer I wait for."""
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        waiting = asking.list_waiting(session, person)
        asked = connection_requests.list_asked_by(session, person.id)
    return render_template(
        "card/asks.html",
        event=event,
        me=person,
        asking=[(request, stranger_fields(asker)) for request, asker in waiting],
        asked=[(request, stranger_fields(other)) for request, other in asked],
    )


@card.post("/me/asks/<asking_id>/accept")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def accept(asking_id: str) -> Response:
    """Say yes: both have each other's card."""
    with writing() as session:
        contact = asking.accept(session, visitor.get_me(session), asking_id, now=present())
    return redirect(url_for("exchange.show", contact=contact.public_id))


@card.post("/me/asks/<asking_id>/decline")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def decline(asking_id: str) -> Response:
    """Say no; the asker is not told."""
    with writing() as session:
        asking.decline(session, visitor.get_me(session), asking_id, now=present())
    flash(_("You keep your card. They are not told."), "good")
    return redirect(url_for("card.asks"))


@card.post("/me/asks/<asking_id>/withdraw")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def withdraw(asking_id: str) -> Response:
    """Take back what I asked."""
    with writing() as session:
        asking.withdraw(session, visitor.get_me(session), asking_id, now=present())
    flash(_("You no longer ask for their card."), "good")
    return redirect(url_for("card.asks"))


def say_asked(owner: Person, contact: Contact | None) -> Response:
    """Return the answer to who asked: the other's card if both want it, else that it waits."""
    if contact:
        return redirect(url_for("exchange.show", contact=contact.public_id))
    shown = stranger_fields(owner)
    name = shown.call_name or shown.name or _("them")
    flash(_("You asked %(name)s. Their page tells them; when they say yes, you both have each "
            "other’s card.", name=name), "good")  # fmt: skip
    return redirect(url_for("card.asks"))


def list_waiting_asks(
    session: Session, person: Person, _event: Event | None, _now: datetime
) -> Iterable[Waiting]:
    """Say on every page that somebody waits for an answer."""
    if not connection_requests.count_waiting_for(session, person.id):
        return
    waiting = asking.list_waiting(session, person)
    if waiting:
        shown = stranger_fields(waiting[0][1])
        words = ngettext(
            "%(name)s would like to exchange cards with you.",
            "%(num)s people would like to exchange cards with you.",
            len(waiting),
            name=shown.call_name or shown.name or _("Someone who gave no name"),
        )
        yield Waiting(words=words, url=url_for("card.asks"), symbol="card", rank=3)
