"""After an exchange: what both have now, undoing it, and the way in for who left a card."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import card_exchange, safety
from matchmaker import contacts as story
from matchmaker.card_exchange import shown_fields
from matchmaker.my_card import codes
from matchmaker.people.event import Event, Phase
from matchmaker.people.person import Person
from matchmaker.storage import exchanges
from matchmaker.storage import safety as stored_safety
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import KeepPage, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.looks import note_told
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting

exchange = Blueprint("exchange", __name__)


@exchange.get("/me/exchanged/<contact>")
def show(contact: str) -> str | Response:
    """Show what both have now, to the one who scanned and to the one who was scanned."""
    now = present()
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        found = story.get_contact(session, person, contact)
        known = exchanges.find_exchange(session, person.id, found.other) if found.other else None
    if known is None or found.other is None or known.undone_at:
        return redirect(url_for("contacts.show", contact=contact))
    was_scanned = known.scanner == found.other
    # A copy that the phone takes for later was seen by nobody.
    if was_scanned and known.told_at is None and "Matchmaker-Copy" not in request.headers:
        note_told(person.id, found.other, now=now)
    form = KeepPage(formdata=None, promise=found.promise)
    form.client_key.data = new_client_key()
    return render_template(
        "card/exchanged.html",
        event=event,
        me=person,
        contact=found,
        mine=shown_fields(person, found.boundary),
        was_scanned=was_scanned,
        can_be_undone=known.can_be_undone(now),
        form=form,
    )


@exchange.post("/me/exchanged/<contact>/undo")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def undo(contact: str) -> Response:
    """Undo the exchange, on both sides."""
    with writing() as session:
        found = story.get_contact(session, visitor.get_me(session), contact)
        card_exchange.undo_exchange(session, found, now=present())
    flash(_("Undone. It is as if nothing had been exchanged."), "good")
    return redirect(url_for("contacts.list_all"))


@exchange.get("/c/<code>/left")
def left(code: str) -> str:
    """Show a stranger who left a card the way in: one step, with what they typed filled in."""
    with reading() as session:
        opened = codes.open_code(session, code)
        owner = opened.owner
        me = visitor.find_me(session)
        safety.refuse_blocked(session, me, owner)
        mine = visitor.find_present_event(session, me) if me else None
        theirs = visitor.find_present_event(session, owner)
    is_open = theirs is not None and theirs.phase(present()) is not Phase.AFTER
    return render_template(
        "card/left.html",
        event=mine,
        me=me,
        code=code,
        gives_card=opened.is_consent,
        name=shown_fields(owner).call_name or shown_fields(owner).name,
        join=theirs if is_open and me is None else None,
    )


def list_waiting_exchanges(
    session: Session, person: Person, _event: Event | None, _now: datetime
) -> list[Waiting]:
    """Say who scanned my card, until I have seen of it."""
    untold = exchanges.list_untold(session, person.id)
    apart = stored_safety.list_blocked_with(session, person.id) if untold else frozenset()
    return [
        Waiting(
            words=_("%(name)s has your card, you have theirs.", name=one.name)
            if one.name
            else _("Somebody has your card, you have theirs."),
            url=url_for("exchange.show", contact=one.contact),
            symbol="again",
            rank=1,
        )
        for one in untold
        if one.scanner not in apart
    ]
