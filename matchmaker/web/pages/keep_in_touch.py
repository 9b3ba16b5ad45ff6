"""Today's promises and whom to greet; every word here can be sent, and none of them asks."""

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker import contacts as contact_story
from matchmaker.follow_ups import greeting, mailing, signed_links
from matchmaker.follow_ups.agenda import find_zone, read_agenda
from matchmaker.people.event import Event, Phase
from matchmaker.people.follow_up import FEW_GREETINGS
from matchmaker.people.mail_times import MailKind
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.people.rhythm import Rhythm
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import calendar_answer
from matchmaker.web.calendar_words import write_follow_up
from matchmaker.web.forms import accept_next
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.messages import write_greeting
from matchmaker.web.pages.contacts import who
from matchmaker.web.parts import parts, present, reading, writing
from matchmaker.web.waiting import Waiting

keep_in_touch = Blueprint("keep_in_touch", __name__, url_prefix="/me")


@keep_in_touch.get("/keep-in-touch")
def show() -> str:
    """Show what is due today, and what comes later."""
    settings = parts().settings
    with reading() as session:
        person, event = who(session)
        agenda = read_agenda(session, person, zone=find_zone(session, person), now=present())
        feed = signed_links.find_feed_key(session, person, settings.secret_key)
        is_reminded = mailing.wants_reminders(session, person)
    return render_template(
        "follow_ups/keep_in_touch.html",
        event=event,
        me=person,
        agenda=agenda,
        greetings=[(one, write_greeting(one.contact)) for one in agenda.greetings[:FEW_GREETINGS]],
        later=sorted(agenda.later_promises + agenda.later_greetings, key=lambda one: one.day),
        feed=settings.base_url + url_for("feed.calendar", feed=feed) if feed else "",
        can_mail=bool(settings.smtp_url and person.business.email),
        is_reminded=is_reminded,
    )


@keep_in_touch.post("/contacts/<contact>/greeting")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def greet(contact: str) -> Response:
    """Note that I greeted a contact, put it off by a week, or stop being reminded of it."""
    deed = request.form.get("deed", "")
    with writing() as session:
        found = contact_story.get_contact(session, visitor.get_me(session), contact)
        match deed:
            case "done":
                greeting.note_greeted(session, found, now=present())
                said = _("Good. The next time comes by itself.")
            case "later":
                greeting.put_off(session, found, now=present())
                said = _("Put off by a week.")
            case "never":
                greeting.set_rhythm(session, found, Rhythm.OFF)
                said = _("You are not reminded of them any more. They stay in your contacts.")
            case _:
                abort(400)
    flash(said, "good")
    return redirect(accept_next(url_for("keep_in_touch.show")))


@keep_in_touch.get("/contacts/<contact>/greeting.ics")
def greeting_ics(contact: str) -> Response:
    """Give the next greeting as a file for the calendar."""
    with reading() as session:
        me = visitor.get_me(session)
        found = contact_story.get_contact(session, me, contact)
        day = found.greeting_day(find_zone(session, me))
    if day is None:
        raise NotFound
    data = write_follow_up(found, day, None, now=present())
    return calendar_answer(data, name=found.fields.name)


@keep_in_touch.post("/contacts/<contact>/thanks")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def thank(contact: str) -> Response:
    """Note for myself that I thanked a contact, or take it back."""
    with writing() as session:
        found = contact_story.get_contact(session, visitor.get_me(session), contact)
        if request.form.get("deed") == "undo":
            greeting.undo_thanked(session, found)
        else:
            greeting.note_thanked(session, found, now=present())
    return redirect(accept_next(url_for("contacts.show", contact=contact)))


@keep_in_touch.post("/keep-in-touch/mail")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def mail() -> Response:
    """Turn the weekly mail on or off."""
    with writing() as session:
        person = visitor.get_me(session)
        if request.form.get("deed") == "on":
            mailing.ask_for_reminders(session, person, now=present())
            said = _("Good. One mail a week at most, and only if something is due.")
        else:
            mailing.stop_mail(session, person, MailKind.REMINDER, now=present())
            said = _("No more reminders by mail.")
    flash(said, "good")
    return redirect(url_for("keep_in_touch.show"))


@keep_in_touch.post("/keep-in-touch/feed")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def feed() -> Response:
    """Turn the calendar's secret address on, or end it for good."""
    with writing() as session:
        person = visitor.get_me(session)
        if request.form.get("deed") == "on":
            signed_links.turn_feed_on(session, person)
            said = ""
        else:
            signed_links.turn_feed_off(session, person)
            said = _("The address has ended. Calendars that had it see nothing any more.")
    if said:
        flash(said, "good")
    return redirect(url_for("keep_in_touch.show", _anchor="calendar"))


def list_waiting_follow_ups(
    session: Session, me: Person, event: Event | None, now: datetime
) -> Iterator[Waiting]:
    """Say in one line what is due today; nothing while an event runs: then people are there."""
    if event and event.phase(now) is Phase.DURING:
        return
    agenda = read_agenda(session, me, zone=find_zone(session, me), now=now)
    if not agenda.due:
        return
    first = agenda.due[0]
    name = first.contact.call_name or _("someone who gave no name")
    if first.promise:
        words = _("You said: %(what)s, for %(name)s", what=first.promise.text, name=name)
    else:
        words = _("A good day to say hello to %(name)s", name=name)
    yield Waiting(words=words, url=url_for("keep_in_touch.show"), symbol="check", rank=9)
