"""Blocking and reporting somebody; the organizer's reports."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import contacts
from matchmaker import safety as story
from matchmaker.my_card import codes
from matchmaker.people.card_sides import stranger_fields
from matchmaker.people.event import Event
from matchmaker.people.ids import PersonId
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.safety import ReportForm
from matchmaker.storage import attendees, events, people
from matchmaker.storage import safety as stored
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.safety_forms import ReportPage

safety = Blueprint("safety", __name__)


@dataclass(frozen=True, kw_only=True)
class _Someone:
    """Whom the page is about; ``event`` is where both are, whose organizer would be told."""

    person: PersonId
    name: str
    event: Event | None
    back: str
    block_url: str
    report_url: str


Find = Callable[[Session, Person], _Someone]


@safety.get("/me/contacts/<contact>/safety")
def of_contact(contact: str) -> str:
    """Offer to block a contact or to tell the organizer about them."""
    return _page(_contact(contact), _empty_form())


@safety.get("/e/<slug>/people/<about>/safety")
def of_attendee(slug: str, about: str) -> str:
    """Offer to block somebody at the event or to tell the organizer about them."""
    return _page(_attendee(slug, about), _empty_form())


@safety.get("/c/<code>/safety")
def of_card(code: str) -> str:
    """Offer to block whose card somebody has before them."""
    return _page(_card(code), _empty_form())


@safety.post("/me/contacts/<contact>/block")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def block_contact(contact: str) -> Response:
    """Block a contact."""
    return _block(_contact(contact))


@safety.post("/e/<slug>/people/<about>/block")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def block_attendee(slug: str, about: str) -> Response:
    """Block somebody at the event."""
    return _block(_attendee(slug, about))


@safety.post("/c/<code>/block")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def block_card(code: str) -> Response:
    """Block whose card this is."""
    return _block(_card(code))


@safety.post("/me/contacts/<contact>/report")
@limiter.limit("20/hour", key_func=per_device)
def report_contact(contact: str) -> Response | tuple[str, int]:
    """Tell the organizer about a contact."""
    return _report(_contact(contact))


@safety.post("/e/<slug>/people/<about>/report")
@limiter.limit("20/hour", key_func=per_device)
def report_attendee(slug: str, about: str) -> Response | tuple[str, int]:
    """Tell the organizer about somebody at the event."""
    return _report(_attendee(slug, about))


@safety.get("/e/<slug>/reported")
def reported(slug: str) -> str:
    """Thank who told the organizer, and say what happens now."""
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
    return render_template("safety/reported.html", event=event, me=me)


@safety.get("/me/blocked")
def blocked() -> str:
    """List whom I block."""
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        found = stored.list_blocks_of(session, me.id)
    return render_template("safety/blocked.html", event=event, me=me, blocks=found)


@safety.post("/me/blocked/<person>/unblock")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unblock(person: str) -> Response:
    """End a block that I set."""
    with writing() as session:
        story.unblock(session, visitor.get_me(session), person, now=present())
    flash(_("You can be suggested to each other again."), "good")
    return redirect(url_for("safety.blocked"))


@safety.get("/o/e/<slug>/reports")
def reports(slug: str) -> str:
    """Show the event's owner what was reported."""
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=True)
        found = stored.list_reports(session, event.id)
        told = [(one, _name(session, one.reporter), _name(session, one.reported)) for one in found]
    return render_template("safety/reports.html", event=event, me=None, reports=told)


@safety.post("/o/e/<slug>/reports/<report>/handled")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def handled(slug: str, report: str) -> Response:
    """Note that a report was dealt with, or with ``again`` that it was not."""
    is_handled = request.form.get("again") != "y"
    with writing() as session:
        event = visitor.get_my_event(session, slug, owner=True)
        story.set_handled(session, event, report, handled=is_handled, now=present())
    return redirect(url_for("safety.reports", slug=slug))


def _contact(public_id: str) -> Find:
    def find(session: Session, me: Person) -> _Someone:
        found = contacts.get_contact(session, me, public_id)
        if found.other is None:
            raise NotFound
        event = events.find_event(session, found.event_slug) if found.event_slug else None
        are_there = event and all(
            attendees.find_attendee_of(session, event.id, who) for who in (me.id, found.other)
        )
        return _Someone(
            person=found.other,
            name=found.fields.name,
            event=event if are_there else None,
            back=url_for("contacts.show", contact=public_id),
            block_url=url_for("safety.block_contact", contact=public_id),
            report_url=url_for("safety.report_contact", contact=public_id),
        )

    return find


def _attendee(slug: str, about: str) -> Find:
    def find(session: Session, me: Person) -> _Someone:
        event, mine = visitor.get_my_attendance(session, slug)
        found = attendees.find_attendee(session, event.id, about)
        if found is None or found.id == mine.id:
            raise NotFound
        return _Someone(
            person=found.person.id,
            name=stranger_fields(found.person).name,
            event=event,
            back=url_for("people.show", slug=slug),
            block_url=url_for("safety.block_attendee", slug=slug, about=about),
            report_url=url_for("safety.report_attendee", slug=slug, about=about),
        )

    return find


def _card(code: str) -> Find:
    def find(session: Session, me: Person) -> _Someone:
        owner = codes.open_code(session, code).owner
        story.refuse_blocked(session, me, owner)
        if owner.id == me.id:
            raise NotFound
        return _Someone(
            person=owner.id,
            name=stranger_fields(owner).name,
            event=None,
            back=url_for("card.show", code=code),
            block_url=url_for("safety.block_card", code=code),
            report_url="",
        )

    return find


def _page(find: Find, form: ReportPage) -> str:
    with reading() as session:
        me = visitor.get_me(session)
        someone = find(session, me)
        event = visitor.find_present_event(session, me)
    return render_template("safety/someone.html", event=event, me=me, someone=someone, form=form)


def _block(find: Find) -> Response:
    with writing() as session:
        me = visitor.get_me(session)
        story.block(session, me, find(session, me).person, now=present())
    flash(_("Blocked. They are not told."), "good")
    return redirect(url_for("safety.blocked"))


def _report(find: Find) -> Response | tuple[str, int]:
    form = ReportPage()
    if not form.validate_on_submit():
        return _page(find, form), 422
    told = ReportForm(words=form.words.data, client_key=form.client_key.data)
    with writing() as session:
        me = visitor.get_me(session)
        someone = find(session, me)
        if someone.event is None:
            raise NotFound
        event, mine = visitor.get_my_attendance(session, someone.event.slug)
        story.report(session, event, mine, someone.person, told, now=present())
    return redirect(url_for("safety.reported", slug=event.slug))


def _empty_form() -> ReportPage:
    form = ReportPage(formdata=None)
    form.client_key.data = new_client_key()
    return form


def _name(session: Session, person: PersonId) -> str:
    return people.get_person(session, person).name
