"""Joining an event."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import registration
from matchmaker.card_exchange import link_left_cards
from matchmaker.people.attendee import Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.event import Event
from matchmaker.registration import JoinForm
from matchmaker.storage import presence
from matchmaker.storage.connect import Session
from matchmaker.storage.left_cards import find_left_card
from matchmaker.suggestions import newcomer
from matchmaker.suggestions.room_fit import RoomFit, find_room_fit
from matchmaker.web import visitor
from matchmaker.web.forms import JoinPage, new_client_key
from matchmaker.web.languages import guess_language
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import parts, present, reading, writing

join = Blueprint("join", __name__)


@join.get("/e/<slug>")
def show(slug: str) -> str:
    """Show the two questions."""
    with reading() as session:
        event = visitor.get_event(session, slug)
        me = visitor.find_my_attendance(session, event)
        counts = presence.count_presence(session, event.id)
        known = visitor.find_me(session)
        card = known.business if known else _find_left_card(session)
    form = JoinPage(formdata=None, name=card.name, reach=card.phone or card.email)
    form.client_key.data = new_client_key()
    return _page(event, me, form, counts)


@join.post("/e/<slug>/join")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def submit(slug: str) -> Response | tuple[str, int]:
    """Join, once however often the form is sent, and find the first people at once."""
    with reading() as session:
        event = visitor.get_event(session, slug)
        me = visitor.find_my_attendance(session, event)
        counts = presence.count_presence(session, event.id)
    if me:
        return redirect(url_for("people.show", slug=slug))
    form = JoinPage()
    form.country = event.country
    is_valid = form.validate_on_submit()
    form.client_key.data = form.client_key.data or new_client_key()
    if not is_valid:
        return _page(event, None, form, counts), 422
    if "look" in request.form:
        return _page(event, None, form, counts, _find_fit(event, form)), 200
    now = present()
    with writing() as session:
        known = visitor.find_me(session)
        attendee = registration.register(session, event, _read(form), now=now, person=known)
        link_left_cards(session, attendee.person, visitor.list_left_cards())
    found = _find_first_people(event, attendee)
    visitor.sign_in_person(attendee.person, event)
    if found:
        flash(_("You’re in. Here are the first people to meet."), "good")
    else:
        flash(_("You’re in."), "good")
    return redirect(url_for("people.show", slug=slug))


def _page(
    event: Event,
    me: Attendee | None,
    form: JoinPage,
    counts: dict[str, int],
    fit: RoomFit | None = None,
) -> str:
    return render_template(
        "attendee/join.html",
        event=event,
        me=me,
        form=form,
        phase=event.phase(present()),
        counts=counts,
        fit=fit,
    )


def _find_left_card(session: Session) -> CardFields:
    found = (find_left_card(session, contact) for contact in reversed(visitor.list_left_cards()))
    return next((left.fields for left in found if left), CardFields())


def _read(form: JoinPage) -> JoinForm:
    return JoinForm(
        offer=form.offer.data,
        need=form.need.data,
        name=form.name.data,
        email=form.email,
        phone=form.phone,
        wants_mail=form.wants_mail.data,
        client_key=form.client_key.data,
        language=guess_language(),
    )


def _find_fit(event: Event, form: JoinPage) -> RoomFit:
    with reading() as session:
        event = visitor.get_event(session, event.slug)
        with parts().follower.room(session, event) as room:
            return find_room_fit(
                room,
                event,
                offer=form.offer.data,
                need=form.need.data,
                language=guess_language(),
                now=present(),
            )


def _find_first_people(event: Event, attendee: Attendee) -> bool:
    with reading() as session:
        event = visitor.get_event(session, event.slug)
        with parts().follower.room(session, event) as room:
            first = newcomer.draft_first_list(session, room, event, attendee, now=present())
    if first.places:
        with writing() as session:
            newcomer.store_first_list(session, event, first)
    return bool(first.places)
