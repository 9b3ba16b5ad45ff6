"""My card to edit: both sides, what of each shows, and how others would see it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.my_card import sides
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.storage import photos
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.card_forms import CardPage, fill_card, has_personal_side
from matchmaker.web.card_view import view_card
from matchmaker.web.forms import new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import present, reading, writing


@card.get("/me/card/edit")
def edit() -> str:
    """Show my card with all that may stand on it."""
    with reading() as session:
        person, event = _load(session)
    form = fill_card(person)
    form.client_key.data = new_client_key()
    return _edit_page(person, event, form, person)


@card.post("/me/card/edit")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def save() -> Response | tuple[str, int]:
    """Store my card; with ``look`` only show how others would see it."""
    with reading() as session:
        person, event = _load(session)
    form = CardPage()
    form.set_country(event.country if event else person.country)
    if not form.validate_on_submit():
        return _edit_page(person, event, form, person), 422
    typed = form.read(person)
    if request.form.get("look"):
        return _edit_page(person, event, form, sides.apply_card(person, typed)), 200
    with writing() as session:
        me = visitor.get_me(session)
        sides.save_card(session, me, form.read(me), now=present())
    flash(_("Saved."), "good")
    return redirect(url_for("card.mine"))


def _load(session: Session) -> tuple[Person, Event | None]:
    person = visitor.get_me(session)
    return person, visitor.find_present_event(session, person)


def _edit_page(person: Person, event: Event | None, form: CardPage, shown: Person) -> str:
    """Return the page for ``person``, whose readers would see ``shown``."""
    with reading() as session:
        stored_photo = photos.find_photo_id(session, person.id)
    return render_template(
        "card/edit.html",
        event=event,
        me=person,
        form=form,
        view=view_card(shown),
        personal_open=has_personal_side(form, person),
        stored_photo=stored_photo,
        photo_on=bool(person.business.photo),
        looked=shown is not person,
    )
