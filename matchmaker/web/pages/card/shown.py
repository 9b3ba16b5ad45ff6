"""Somebody's card, opened by a code: to exchange, to ask for, to save, to leave one's own."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import card_exchange, safety
from matchmaker.card_exchange import LeftCard
from matchmaker.cards.codes import normalize_code
from matchmaker.my_card import asking, codes
from matchmaker.my_card.photo import find_shown_jpeg
from matchmaker.people.card import CardFields
from matchmaker.people.card_sides import badge_fields, shown_side
from matchmaker.people.connection_request import Via
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import attendees, contacts
from matchmaker.storage import connection_requests as requests
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import vcard_answer
from matchmaker.web.forms import LeavePage, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.asks import say_asked
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import present, reading, writing


@card.get("/c/<code>")
@card.get("/C/<code>", endpoint="show_capital")
def show(code: str) -> str | Response:
    """Show somebody's card, or what stands on their badge; looking changes nothing."""
    plain = normalize_code(code)
    if plain and request.endpoint == "card.show_capital":
        return redirect(url_for("card.show", code=plain.lower()))
    form = LeavePage(formdata=None)
    form.client_key.data = new_client_key()
    return _card_page(code, form)


@card.post("/c/<code>/exchange")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def exchange(code: str) -> Response:
    """Swap cards: both have a contact afterwards, once."""
    key = request.form.get("client_key", "")[:64]
    with writing() as session:
        person, owner = visitor.get_me(session), codes.get_card_owner(session, code)
        contact = _swap(session, person, owner, client_key=key)
    return redirect(url_for("exchange.show", contact=contact.public_id))


@card.post("/c/<code>/ask")
@limiter.limit("60/hour", key_func=per_device)
def ask(code: str) -> Response:
    """Ask whoever wears this badge to exchange cards."""
    with writing() as session:
        person, owner = visitor.get_me(session), codes.open_code(session, code).owner
        contact = _ask(session, person, owner)
    return say_asked(owner, contact)


def exchange_or_ask(
    session: Session, person: Person, code: str, *, client_key: str = "", has_asked: bool = False
) -> Contact | Person:
    """Take in what a phone scanned without network: swap cards, or ask where it was a badge.

    Returns the contact, or whom it asks while it waits for their yes. Who ``has_asked`` doesn't
    ask again: they may have taken it back meanwhile.
    """
    opened = codes.open_code(session, code)
    if opened.is_consent:
        return _swap(session, person, opened.owner, client_key=client_key)
    if has_asked:
        return contacts.find_contact_with(session, person.id, opened.owner.id) or opened.owner
    return _ask(session, person, opened.owner) or opened.owner


def _swap(session: Session, person: Person, owner: Person, *, client_key: str) -> Contact:
    event = _find_common_event(session, person, owner)
    return card_exchange.exchange(
        session, person, owner, event, now=present(), client_key=client_key
    )


def _ask(session: Session, person: Person, owner: Person) -> Contact | None:
    event = _find_common_event(session, person, owner)
    return asking.ask(session, person, owner, event, via=Via.BADGE, now=present())


@card.get("/c/<code>/contact.vcf")
def vcf(code: str) -> Response:
    """Give the card as a file for the phone's address book."""
    with reading() as session:
        owner = codes.get_card_owner(session, code)
        safety.refuse_blocked(session, visitor.find_me(session), owner)
        photo = find_shown_jpeg(session, owner)
    return vcard_answer(shown_side(owner), uid=owner.public_id, photo_jpeg=photo)


@card.post("/c/<code>/leave")
@limiter.limit("20/hour", key_func=per_device)
def leave(code: str) -> Response | tuple[str | Response, int]:
    """Take the card that a stranger leaves, with their consent."""
    form = LeavePage()
    if not keep_left_card(code, form):
        return _card_page(code, form), 422
    flash(_("They have your card now."), "good")
    return redirect(url_for("exchange.left", code=code))


def keep_left_card(code: str, form: LeavePage) -> bool:
    """Hand a stranger's card over; False if the form, which then says why, was not filled in."""
    with reading() as session:
        owner = codes.open_code(session, code).owner
        safety.refuse_blocked(session, visitor.find_me(session), owner)
        event = visitor.find_present_event(session, owner)
    form.country = event.country if event else owner.country
    if not form.validate_on_submit():
        return False
    left = LeftCard(
        fields=CardFields(name=form.name.data, email=form.email, phone=form.phone),
        note=form.note.data,
        client_key=form.client_key.data,
    )
    with writing() as session:
        owner = codes.open_code(session, code).owner
        contact = card_exchange.leave_card(session, owner, left, event, now=present())
    visitor.note_left_card(contact.public_id)
    return True


def _card_page(code: str, form: LeavePage) -> str | Response:
    with reading() as session:
        opened = codes.open_code(session, code)
        owner = opened.owner
        person = visitor.find_me(session)
        if opened.is_consent:
            safety.refuse_blocked(session, person, owner)
        event = visitor.find_present_event(session, person) if person else None
        known = contacts.find_contact_with(session, person.id, owner.id) if person else None
        asked = requests.find_request(session, person.id, owner.id) if person else None
    if person and person.id == owner.id:
        return redirect(url_for("card.mine"))
    return render_template(
        "card/show.html" if opened.is_consent else "card/badge_scanned.html",
        event=event,
        me=person,
        fields=shown_side(owner) if opened.is_consent else badge_fields(owner),
        code=code,
        already=known.public_id if known else None,
        asked=bool(asked and asked.accepted_at is None),
        form=form,
    )


def _find_common_event(session: Session, one: Person, other: Person) -> Event | None:
    event = visitor.find_present_event(session, one)
    if event and attendees.find_attendee_of(session, event.id, other.id):
        return event
    return None
