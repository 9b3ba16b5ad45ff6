"""My contacts: mine to read, to write on, to take away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import contacts as story
from matchmaker.people.contact import Contact
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.phone import messenger_links
from matchmaker.storage import contacts as stored
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import csv_answer, vcf_answer
from matchmaker.web.forms import KeepPage, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import present, reading, writing

contacts = Blueprint("contacts", __name__, url_prefix="/me/contacts")


@contacts.get("")
def list_all() -> str:
    """List my contacts, the latest first."""
    with reading() as session:
        person, event = _who(session)
        found = stored.list_contacts(session, person.id)
    return render_template("contacts/list.html", event=event, me=person, contacts=found)


@contacts.get("/<contact>")
def show(contact: str) -> str:
    """Show one contact with the ways to reach them."""
    with reading() as session:
        person, event = _who(session)
        found = story.get_contact(session, person, contact)
    form = KeepPage(formdata=None, promise=found.promise, note=found.note)
    form.client_key.data = new_client_key()
    return _page(person, event, found, form)


@contacts.post("/<contact>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def save(contact: str) -> Response | tuple[str, int]:
    """Store my note and what I said I'd send."""
    form = KeepPage()
    with reading() as session:
        person, event = _who(session)
        found = story.get_contact(session, person, contact)
    if not form.validate_on_submit():
        return _page(person, event, found, form), 422
    only_promise = request.form.get("from") == "exchange"
    with writing() as session:
        found = story.get_contact(session, visitor.get_me(session), contact)
        note = found.note if only_promise else form.note.data
        story.save_words(session, found, note=note, promise=form.promise.data, now=present())
    flash(_("Saved."), "good")
    return redirect(url_for("contacts.show", contact=contact))


@contacts.get("/<contact>/delete")
def confirm_delete(contact: str) -> str:
    """Ask before a contact is deleted for good."""
    with reading() as session:
        person, event = _who(session)
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
    with reading() as session:
        person, event = _who(session)
        found = story.get_contact(session, person, contact)
    return vcf_answer(story.contact_vcard(found, _met(found, event)), name=found.fields.name)


@contacts.get("/all.vcf")
def all_vcf() -> Response:
    """Give all contacts as one file for the address book."""
    with reading() as session:
        person, event = _who(session)
        found = stored.list_contacts(session, person.id)
    data = story.all_vcards([(contact, _met(contact, event)) for contact in found])
    return vcf_answer(data, name=_("contacts"))


@contacts.get("/all.csv")
def all_csv() -> Response:
    """Give all contacts as a table."""
    with reading() as session:
        person, _event = _who(session)
        found = stored.list_contacts(session, person.id)
    return csv_answer(story.all_csv(found), name=_("contacts"))


def _who(session: Session) -> tuple[Person, Event | None]:
    person = visitor.get_me(session)
    return person, visitor.find_present_event(session, person)


def _page(person: Person, event: Event | None, found: Contact, form: KeepPage) -> str:
    return render_template(
        "contacts/one.html",
        event=event,
        me=person,
        contact=found,
        form=form,
        messengers=messenger_links(found.fields.phone),
    )


def _met(contact: Contact, event: Event | None) -> str:
    moment = event.local(contact.met_at) if event else contact.met_at
    day = format_date(moment.date(), "long", rebase=False)
    if contact.event_name:
        return _("Met on %(day)s at %(event)s", day=day, event=contact.event_name)
    return _("Met on %(day)s", day=day)
