"""Cards: mine with its code, somebody's opened by a scan, and the exchange."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker import card_exchange, my_card
from matchmaker import contacts as story
from matchmaker.card_exchange import LeftCard, shown_fields
from matchmaker.cards.codes import card_url, normalize_code, show_code
from matchmaker.cards.qr import qr_svg
from matchmaker.cards.vcard_for_qr import vcard_for_qr
from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import attendees, contacts
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import vcard_answer
from matchmaker.web.forms import KeepPage, LeavePage, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import parts, present, reading, writing

card = Blueprint("card", __name__)


@card.get("/me/card")
def mine() -> str:
    """Show my card with its code: the address online, the card itself offline."""
    side = "offline" if request.args.get("side") == "offline" else "online"
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        code = my_card.find_my_code(session, person) or ""
    fields = shown_fields(person)
    return render_template(
        "card/mine.html",
        event=event,
        me=person,
        fields=fields,
        side=side,
        qr=_draw_code(code, fields, side),
        code=show_code(code),
    )


@card.post("/me/card/new-code")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def new_code() -> Response:
    """End the old code at once."""
    with writing() as session:
        person = visitor.get_me(session)
        my_card.renew_code(session, person, now=present())
    flash(_("This is your new code. The old one no longer works."), "good")
    return redirect(url_for("card.mine"))


@card.get("/c/<code>")
@card.get("/C/<code>", endpoint="show_capital")
def show(code: str) -> str | Response:
    """Show somebody's card; looking changes nothing."""
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
    with writing() as session:
        contact = exchange_by_code(session, visitor.get_me(session), code)
    return redirect(url_for("card.exchanged", contact=contact.public_id))


def exchange_by_code(session: Session, person: Person, code: str) -> Contact:
    """Swap cards with whom a code belongs to, at once or later from a phone's outbox."""
    owner = my_card.get_card_owner(session, code)
    event = _find_common_event(session, person, owner)
    return card_exchange.exchange(session, person, owner, event, now=present())


@card.get("/me/exchanged/<contact>")
def exchanged(contact: str) -> str:
    """Show what both have now, with room for one line on what I said I'd send."""
    with reading() as session:
        person = visitor.get_me(session)
        event = visitor.find_present_event(session, person)
        found = story.get_contact(session, person, contact)
    form = KeepPage(formdata=None, promise=found.promise)
    form.client_key.data = new_client_key()
    return render_template(
        "card/exchanged.html",
        event=event,
        me=person,
        contact=found,
        mine=shown_fields(person),
        form=form,
    )


@card.get("/c/<code>/contact.vcf")
def vcf(code: str) -> Response:
    """Give the card as a file for the phone's address book."""
    with reading() as session:
        owner = my_card.get_card_owner(session, code)
    return vcard_answer(shown_fields(owner), uid=owner.public_id)


@card.post("/c/<code>/leave")
@limiter.limit("20/hour", key_func=per_device)
def leave(code: str) -> Response | tuple[str | Response, int]:
    """Take the card that a stranger leaves, with their consent."""
    form = LeavePage()
    if not keep_left_card(code, form):
        return _card_page(code, form), 422
    flash(_("They have your card now."), "good")
    return redirect(url_for("card.show", code=code))


def keep_left_card(code: str, form: LeavePage) -> bool:
    """Hand a stranger's card over; False if the form, which then says why, was not filled in."""
    with reading() as session:
        owner = my_card.get_card_owner(session, code)
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
        owner = my_card.get_card_owner(session, code)
        card_exchange.leave_card(session, owner, left, event, now=present())
    return True


def _card_page(code: str, form: LeavePage) -> str | Response:
    with reading() as session:
        owner = my_card.get_card_owner(session, code)
        person = visitor.find_me(session)
        event = visitor.find_present_event(session, person) if person else None
        known = contacts.find_contact_with(session, person.id, owner.id) if person else None
    if person and person.id == owner.id:
        return redirect(url_for("card.mine"))
    return render_template(
        "card/show.html",
        event=event,
        me=person,
        fields=shown_fields(owner),
        code=code,
        already=known.public_id if known else None,
        form=form,
    )


def _find_common_event(session: Session, one: Person, other: Person) -> Event | None:
    event = visitor.find_present_event(session, one)
    if event and attendees.find_attendee_of(session, event.id, other.id):
        return event
    return None


def _draw_code(code: str, fields: CardFields, side: str) -> Markup:
    if side == "offline":
        drawn = qr_svg(vcard_for_qr(fields), title=_("My card as a code, without network"))
    else:
        url = card_url(parts().settings.base_url, code)
        drawn = qr_svg(url, title=_("The code of my card"))
    return Markup(drawn)  # noqa: S704 - drawn by ourselves, from escaped words
