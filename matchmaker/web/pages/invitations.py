"""Invitations: a note that gives first, and the answer to one."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker.invitations import answering, sending
from matchmaker.invitations.sending import Blank
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.invitation import State
from matchmaker.people.refusals import InvalidField, InvitationClosed, TooManyInvitations
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import new_client_key
from matchmaker.web.freshness import answer_fresh, is_looked_at
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.looks import note_invitations
from matchmaker.web.meeting_forms import InvitePage, put_problem
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting
from matchmaker.web.words import word_start

invitations = Blueprint("invitations", __name__, url_prefix="/e/<slug>")

_MOST_LINES = 2


@invitations.get("/people/<about>/invite")
def write(slug: str, about: str) -> str | Response:
    """Show a note to somebody, started with what I can give them."""
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        blank = sending.find_blank(session, event, me, about, now=present())
    if blank.meeting:
        return redirect(url_for("meetings.show", slug=slug, meeting=blank.meeting))
    if blank.received:
        return redirect(url_for("invitations.show", slug=slug, invitation=blank.received))
    if blank.sent is State.WAITING:
        return redirect(url_for("people.show", slug=slug))
    if blank.sent is not State.WITHDRAWN and blank.sent is not None:
        raise InvitationClosed
    form = InvitePage(formdata=None, give=word_start(blank.start))
    form.client_key.data = new_client_key()
    return _note_page(event, me, blank, form)


@invitations.post("/people/<about>/invite")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def send(slug: str, about: str) -> Response | tuple[str, int]:
    """Send the note; if both would like to meet, it is a meeting at once."""
    form = InvitePage()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        blank = sending.find_blank(session, event, me, about, now=present())
    if not form.validate_on_submit():
        return _note_page(event, me, blank, form), 422
    try:
        with writing() as session:
            event, me = visitor.get_my_attendance(session, slug)
            meeting = sending.send(
                session, event, me, about, form.give.data, form.ask.data, now=present()
            )
    except (InvalidField, TooManyInvitations) as refused:
        put_problem(form, refused)
        return _note_page(event, me, blank, form), 422
    if meeting:
        return _go_to_meeting(slug, meeting.public_id)
    flash(_("Sent. You can still walk up to them at any time."), "good")
    return redirect(url_for("people.show", slug=slug))


@invitations.get("/invitations/<invitation>")
def show(slug: str, invitation: str) -> Response:
    """Show one invitation to me, with the ways to answer it."""
    now = present()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        received = answering.get_received(session, event, me, invitation, now=now)
        meeting = answering.find_meeting(session, received)
    if meeting:
        return redirect(url_for("meetings.show", slug=slug, meeting=meeting))
    if not received.invitation.waits(event, now):
        raise InvitationClosed
    if received.invitation.seen_at is None and is_looked_at():
        note_invitations(me.id, [received.invitation.public_id], now=now)
    return answer_fresh(
        lambda: render_template("attendee/invitation.html", event=event, me=me, received=received),
        me,
        received.sender,
        received.invitation.note,
    )


@invitations.post("/invitations/<invitation>/accept")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def accept(slug: str, invitation: str) -> Response:
    """Let's meet."""
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        meeting = answering.accept(session, event, me, invitation, now=present())
    return _go_to_meeting(slug, meeting.public_id)


@invitations.post("/invitations/<invitation>/not-now")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def put_off(slug: str, invitation: str) -> Response:
    """Not now."""
    return _answer(slug, invitation, answering.put_off)


@invitations.post("/invitations/<invitation>/not-for-me")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def decline(slug: str, invitation: str) -> Response:
    """Not for me."""
    return _answer(slug, invitation, answering.decline)


def list_waiting_invitations(
    session: Session, event: Event, me: Attendee, now: datetime
) -> list[Waiting]:
    """Say who would like to meet me: the two who have waited longest, and that there are more."""
    found = answering.list_waiting(session, event, me, now=now)
    lines = [
        Waiting(
            words=_word_waiting(one.sender),
            url=url_for("invitations.show", slug=event.slug, invitation=one.invitation.public_id),
            symbol="hand",
            rank=0,
        )
        for one in found[:_MOST_LINES]
    ]
    if len(found) > _MOST_LINES:
        others = _("Others would like to meet you too")
        address = url_for("people.show", slug=event.slug)
        lines.append(Waiting(words=others, url=address, symbol="hand", rank=0))
    return lines


def _word_waiting(sender: Attendee) -> str:
    if not sender.name:
        return _("Somebody who gave no name would like to meet you")
    named = Markup("<bdi>{}</bdi>").format(sender.name)
    return Markup(_("%(name)s would like to meet you")) % {"name": named}  # noqa: S704 - our words


def _answer(slug: str, invitation: str, answer: Callable[..., None]) -> Response:
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        answer(session, event, me, invitation, now=present())
    flash(_("They are not told."), "good")
    return redirect(url_for("people.show", slug=slug))


def _go_to_meeting(slug: str, meeting: str) -> Response:
    flash(_("You both want to meet. Say where and when, or just go and say hello."), "good")
    return redirect(url_for("meetings.show", slug=slug, meeting=meeting))


def _note_page(event: Event, me: Attendee, blank: Blank, form: InvitePage) -> str:
    return render_template("attendee/invite.html", event=event, me=me, about=blank.other, form=form)
