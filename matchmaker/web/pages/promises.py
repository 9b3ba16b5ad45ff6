"""What I said I would do for a contact: written down with a day, kept, put off, let go."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import contacts as contact_story
from matchmaker.follow_ups import promising
from matchmaker.follow_ups.agenda import find_zone
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import calendar_answer
from matchmaker.web.calendar_words import write_follow_up
from matchmaker.web.follow_up_forms import PromisePage
from matchmaker.web.forms import accept_next
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.contacts import contact_page
from matchmaker.web.parts import present, reading, writing

promises = Blueprint("promises", __name__, url_prefix="/me/contacts/<contact>/promises")


@promises.post("")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def add(contact: str) -> Response | tuple[str, int]:
    """Write a promise down."""
    form = PromisePage()
    with reading() as session:
        me = visitor.get_me(session)
        contact_story.get_contact(session, me, contact)
        form.today = present().astimezone(find_zone(session, me)).date()
        if not form.validate_on_submit():
            return contact_page(session, contact, promise_form=form), 422
    with writing() as session:
        found = contact_story.get_contact(session, visitor.get_me(session), contact)
        promising.promise(
            session,
            found,
            form.text.data,
            due_on=form.due_on,
            client_key=form.client_key.data,
            now=present(),
        )
    flash(_("Written down. We remind you on the day."), "good")
    return redirect(url_for("contacts.show", contact=contact))


@promises.post("/<promise>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def settle(contact: str, promise: str) -> Response:
    """Tick a promise off, put it off by a week, let it go, or take that back."""
    deed = request.form.get("deed", "")
    with writing() as session:
        said = _settle(session, contact, promise, deed)
    if said:
        flash(said, "good")
    return redirect(accept_next(url_for("contacts.show", contact=contact)))


@promises.get("/<promise>.ics")
def ics(contact: str, promise: str) -> Response:
    """Give a promise as a file for the calendar."""
    with reading() as session:
        me = visitor.get_me(session)
        found = contact_story.get_contact(session, me, contact)
        made = promising.get_promise(session, found, promise)
        zone = find_zone(session, me)
    data = write_follow_up(found, made.day(zone), made, now=present())
    return calendar_answer(data, name=made.text)


def _settle(session: Session, contact: str, promise: str, deed: str) -> str:
    me, now = visitor.get_me(session), present()
    found = contact_story.get_contact(session, me, contact)
    made = promising.get_promise(session, found, promise)
    said = ""
    match deed:
        case "kept":
            promising.keep(session, made, now=now)
            said = _("Kept. Well done.")
        case "later":
            today = now.astimezone(find_zone(session, me)).date()
            promising.put_off(session, made, today=today)
            said = _("Put off by a week.")
        case "never":
            promising.drop(session, made, now=now)
            said = _("Let go.")
        case "again":
            promising.reopen(session, made)
        case _:
            abort(400)
    return said
