"""My contacts: mine to read, to write on, to take away."""

from collections.abc import Callable
from datetime import tzinfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import contacts as story
from matchmaker.follow_ups import greeting
from matchmaker.people.card_sides import Boundary, is_filled
from matchmaker.people.clean import clean_line
from matchmaker.people.contact import Contact
from matchmaker.people.contact_search import LONGEST_QUERY, search_contacts
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.phone import messenger_links
from matchmaker.people.rhythm import Rhythm
from matchmaker.storage import contacts as stored
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import csv_answer, json_answer, vcf_answer
from matchmaker.web.follow_up_forms import PromisePage
from matchmaker.web.forms import KeepPage, accept_next, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.meeting_words import (
    word_boundaries,
    word_how_we_met,
    word_moment,
    word_rhythms,
)
from matchmaker.web.parts import present, reading, writing

contacts = Blueprint("contacts", __name__, url_prefix="/me/contacts")


@contacts.get("")
def list_all() -> str:
    """List my contacts, those who help me and whom I help on top, or search them."""
    query = clean_line(request.args.get("q", ""))[:LONGEST_QUERY]
    with reading() as session:
        person, event = who(session)
        everybody = stored.list_contacts(session, person.id)
    return render_template(
        "contacts/list.html",
        event=event,
        me=person,
        has_any=bool(everybody),
        query=query,
        found=search_contacts(everybody, query) if query else [],
        both_help=[one for one in everybody if one.helps_both],
        by_event=_group_by_event(everybody),
    )


@contacts.get("/<contact>")
def show(contact: str) -> str:
    """Show one contact with the ways to reach them."""
    with reading() as session:
        return contact_page(session, contact)


@contacts.post("/<contact>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def save(contact: str) -> Response | tuple[str, int]:
    """Store my note, and from the page after an exchange what I said I'd send."""
    form = KeepPage()
    if not form.validate_on_submit():
        with reading() as session:
            return contact_page(session, contact, note_form=form), 422
    only_promise = request.form.get("from") == "exchange"
    with writing() as session:
        found = story.get_contact(session, visitor.get_me(session), contact)
        has_note = "note" in request.form and not only_promise
        story.save_words(
            session,
            found,
            note=form.note.data if has_note else found.note,
            promise=form.promise.data if "promise" in request.form else found.promise,
            now=present(),
        )
    flash(_("Saved."), "good")
    return redirect(url_for("contacts.show", contact=contact))


@contacts.post("/<contact>/relation")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def relate(contact: str) -> Response:
    """Store how often I greet a contact, and what they are to me."""
    boundary, rhythm = request.form.get("boundary"), request.form.get("rhythm")
    if boundary not in {None, *Boundary} or rhythm not in {None, *Rhythm}:
        abort(400)
    with writing() as session:
        me = visitor.get_me(session)
        found = story.get_contact(session, me, contact)
        if boundary is not None and boundary != found.boundary:
            story.set_boundary(session, me, found, Boundary(boundary))
        if rhythm is not None and rhythm != found.rhythm:
            greeting.set_rhythm(session, found, Rhythm(rhythm))
    flash(_("Saved."), "good")
    return redirect(accept_next(url_for("contacts.show", contact=contact)))


@contacts.get("/<contact>/delete")
def confirm_delete(contact: str) -> str:
    """Ask before a contact is deleted for good."""
    with reading() as session:
        person, event = who(session)
        found = story.get_contact(session, person, contact)
    return render_template("contacts/confirm_delete.html", event=event, me=person, contact=found)


@contacts.post("/<contact>/delete")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def delete(contact: str) -> Response:
    """Delete a contact."""
    with writing() as session:
        found = story.get_contact(session, visitor.get_me(session), contact)
        story.delete_contact(session, found)
    flash(_("Deleted."), "good")
    return redirect(url_for("contacts.list_all"))


@contacts.get("/<contact>/contact.vcf")
def vcf(contact: str) -> Response:
    """Give one contact as a file for the address book."""
    return _give(_write_address_book, vcf_answer, contact)


@contacts.get("/<contact>/contact.csv")
def csv(contact: str) -> Response:
    """Give one contact as a table."""
    return _give(_write_table, csv_answer, contact)


@contacts.get("/<contact>/contact.json")
def json(contact: str) -> Response:
    """Give one contact as JSON."""
    return _give(_write_json, json_answer, contact)


@contacts.get("/all.vcf")
def all_vcf() -> Response:
    """Give all contacts as one file for the address book."""
    return _give(_write_address_book, vcf_answer)


@contacts.get("/all.csv")
def all_csv() -> Response:
    """Give all contacts as a table."""
    return _give(_write_table, csv_answer)


@contacts.get("/all.json")
def all_json() -> Response:
    """Give all contacts as JSON."""
    return _give(_write_json, json_answer)


def who(session: Session) -> tuple[Person, Event | None]:
    """Return who is signed in on this phone, and the event it is at; raise NotFound if nobody."""
    person = visitor.get_me(session)
    return person, visitor.find_present_event(session, person)


def contact_page(
    session: Session,
    contact: str,
    *,
    note_form: KeepPage | None = None,
    promise_form: PromisePage | None = None,
) -> str:
    """Return the page of one of my contacts; a form that was refused stands there with its words.

    Raises
    ------
    NotFound
        If the contact is not mine.
    """
    person, event = who(session)
    found = story.get_contact(session, person, contact)
    zone = story.find_zones(session, [found])[found.event_slug]
    note_form = note_form or _fill(KeepPage(formdata=None, note=found.note))
    return render_template(
        "contacts/one.html",
        event=event,
        me=person,
        contact=found,
        met=word_moment(found, zone),
        form=note_form,
        promise_form=promise_form or _fill(PromisePage(formdata=None)),
        messengers=messenger_links(found.fields.phone),
        boundaries=word_boundaries(),
        has_personal_side=is_filled(person.personal),
        rhythms=word_rhythms(),
        greet_on=found.greeting_day(zone),
    )


def _group_by_event(everybody: list[Contact]) -> dict[str, list[Contact]]:
    groups: dict[str, list[Contact]] = {}
    for one in everybody:
        groups.setdefault(one.event_name, []).append(one)
    return groups


def _fill(form: KeepPage | PromisePage) -> KeepPage | PromisePage:
    form.client_key.data = new_client_key()
    return form


_Zones = dict[str, tzinfo]


def _give(
    write: Callable[[Session, list[Contact], _Zones], bytes],
    answer: Callable[..., Response],
    contact: str | None = None,
) -> Response:
    with reading() as session:
        person = visitor.get_me(session)
        if contact is None:
            found = stored.list_contacts(session, person.id)
        else:
            found = [story.get_contact(session, person, contact)]
        data = write(session, found, story.find_zones(session, found))
    name = found[0].fields.name or _("contact") if contact else _("contacts")
    return answer(data, name=name)


def _write_address_book(session: Session, found: list[Contact], zones: _Zones) -> bytes:
    notes = [(one, word_how_we_met(one, zones[one.event_slug])) for one in found]
    return story.write_address_book(session, notes)


def _write_table(_session: Session, found: list[Contact], zones: _Zones) -> bytes:
    return story.write_table(found, zones)


def _write_json(_session: Session, found: list[Contact], zones: _Zones) -> bytes:
    return story.write_json(found, zones)
