"""What a phone kept while it had no network, taken in one by one, each once."""

import hashlib

from flask import Blueprint, Response, abort, g, jsonify, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from matchmaker import contacts as story
from matchmaker.people.card_sides import stranger_fields
from matchmaker.people.contact import Contact
from matchmaker.people.ids import PublicId
from matchmaker.people.kept_note import merge_note
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound, Refusal, TooManyTries
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import LeavePage, OutboxPage
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card import exchange_or_ask, keep_left_card
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.problems import word_refusal

outbox = Blueprint("outbox", __name__)


@outbox.after_app_request
def say_whose_page(response: Response) -> Response:
    """Tell the worker on the phone for whom a page was made, so that it keeps nobody else's."""
    if "shown_to" in g:
        who = g.shown_to
        response.headers["Matchmaker-Person"] = person_mark(who) if who else "-"
    return response


def person_mark(who: PublicId) -> str:
    """Return what tells a phone's owner from the next one, and leads to neither."""
    return hashlib.sha256(f"phone:{who}".encode()).hexdigest()[:16]


@outbox.get("/me/outbox")
def door() -> Response:
    """Give a fresh token for the form below, and say whose phone this is now."""
    with reading() as session:
        me = visitor.find_me(session)
    return jsonify(token=generate_csrf(), person=person_mark(me.public_id) if me else None)


def _leaves_no_card() -> bool:
    return request.form.get("kind") != "leave"


@outbox.post("/me/outbox")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
@limiter.limit("20/hour", key_func=per_device, exempt_when=_leaves_no_card)
def take() -> Response:
    """Take one thing in; what the rules refuse is refused for good, with the reason in words."""
    kind = request.form.get("kind", "")
    if kind == "leave":
        return _answer_to_left_card()
    with reading() as session:
        # Nobody signed in is no refusal of the thing: the phone keeps it and says so.
        visitor.get_me(session)
    take_one = {"exchange": _exchange, "note": _write_note}.get(kind) or abort(400)
    form = OutboxPage()
    if not form.validate_on_submit():
        return _refuse_form(form)
    try:
        with writing() as session:
            done = take_one(session, form)
    except TooManyTries:
        raise
    except Refusal as refusal:
        return _refuse(refusal)
    if isinstance(done, Person):
        return _tell_asked(done)
    address = url_for("contacts.show", contact=done.public_id)
    return jsonify(state="stored", contact=address, name=done.fields.name)


def _exchange(session: Session, form: OutboxPage) -> Contact | Person:
    done = exchange_or_ask(
        session,
        visitor.get_me(session),
        form.code.data,
        client_key=form.client_key.data,
        has_asked=request.form.get("asked") == "1",
    )
    if isinstance(done, Contact) and form.note.data:
        _save(session, done, form)
    return done


def _write_note(session: Session, form: OutboxPage) -> Contact:
    contact = story.get_contact(session, visitor.get_me(session), form.contact.data)
    _save(session, contact, form)
    return contact


def _tell_asked(owner: Person) -> Response:
    """Say that a badge has asked: the phone keeps the note until there is a contact to keep it."""
    shown = stranger_fields(owner)
    name = shown.call_name or shown.name or _("them")
    return jsonify(
        state="asked",
        title=_("You asked %(name)s", name=name),
        why=_("When they say yes, you both have each other’s card, and your note is with it."),
    )


def _save(session: Session, contact: Contact, form: OutboxPage) -> None:
    note = merge_note(contact.note, form.note.data, before=form.note_before.data)
    stored, written, before = contact.promise, form.promise.data, form.promise_before.data
    promise = stored if written == before else written
    if promise != stored and stored not in {"", before}:
        # A promise is one line; another one was stored meanwhile, so this one becomes a note.
        note, promise = merge_note(note, written, before=""), stored
    story.save_words(session, contact, note=note, promise=promise, now=present())


def _answer_to_left_card() -> Response:
    form = LeavePage()
    try:
        if not keep_left_card(request.form.get("code", ""), form):
            return _refuse_form(form)
    except TooManyTries:
        raise
    except Refusal as refusal:
        return _refuse(refusal)
    return jsonify(state="stored", contact="", name="")


def _refuse(refusal: Refusal) -> Response:
    title, why = word_refusal(refusal)
    if isinstance(refusal, NotFound):
        title, why = _("This contact is no longer there"), _("It was deleted meanwhile.")
    return jsonify(state="refused", title=title, why=why)


def _refuse_form(form: OutboxPage | LeavePage) -> Response:
    why = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return jsonify(state="refused", title=_("This could not be taken"), why=why)
