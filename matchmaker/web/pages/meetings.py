"""Meetings: where and when, calling off, the calendar file, and what each thinks of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker.cards.calendar import CalendarEntry, write_event
from matchmaker.invitations import meetings as story
from matchmaker.invitations.meetings import MyMeeting
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event, Phase
from matchmaker.people.meeting import TALK, Meeting, When, find_time
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.storage import programme
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.answers import calendar_answer
from matchmaker.web.forms import new_client_key
from matchmaker.web.freshness import answer_fresh
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.meeting_forms import ArrangePage, OutcomePage, put_problem
from matchmaker.web.parts import parts, present, reading, writing
from matchmaker.web.waiting import Waiting

meetings = Blueprint("meetings", __name__, url_prefix="/e/<slug>/meetings")

ASKED_FOR: Final = timedelta(hours=12)
"""How long after a meeting we ask on every page how it was."""


@meetings.get("/<meeting>")
def show(slug: str, meeting: str) -> Response:
    """Show a meeting of mine: whom, where, when."""
    form = ArrangePage(formdata=None)
    form.client_key.data = new_client_key()
    page, told = _page(slug, meeting, form, OutcomePage(formdata=None))
    return answer_fresh(page, *told)


@meetings.post("/<meeting>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def arrange(slug: str, meeting: str) -> Response | tuple[str, int]:
    """Say where and when."""
    form = ArrangePage()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        mine = story.get_my_meeting(session, event, me, meeting)
        place = form.place(programme.list_points(session, event.id), mine.meeting.place)
    if not form.validate_on_submit():
        return _page(slug, meeting, form, OutcomePage(formdata=None))[0](), 422
    try:
        with writing() as session:
            event, me = visitor.get_my_attendance(session, slug)
            story.arrange(session, event, me, meeting, place, _read_when(), now=present())
    except InvalidField as refused:
        put_problem(form, refused)
        return _page(slug, meeting, form, OutcomePage(formdata=None))[0](), 422
    flash(_("Noted. They see it too."), "good")
    return redirect(url_for("meetings.show", slug=slug, meeting=meeting))


@meetings.post("/<meeting>/cancel")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def cancel(slug: str, meeting: str) -> Response:
    """Call the meeting off."""
    return _change(slug, meeting, story.cancel, _("Called off. They see it too."))


@meetings.post("/<meeting>/resume")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def resume(slug: str, meeting: str) -> Response:
    """Meet after all."""
    return _change(slug, meeting, story.resume, _("You meet after all."))


@meetings.post("/<meeting>/outcome")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def say(slug: str, meeting: str) -> Response | tuple[str, int]:
    """Keep for myself whether I could help them, and they me."""
    form = OutcomePage()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        story.get_my_meeting(session, event, me, meeting)
    if not form.validate_on_submit():
        return _page(slug, meeting, ArrangePage(formdata=None), form)[0](), 422
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        helps = [form[name].data == "yes" for name in ("could_help", "could_be_helped")]
        story.say(session, event, me, meeting, *helps, now=present())
    flash(_("Kept. Only you see it."), "good")
    return redirect(url_for("meetings.show", slug=slug, meeting=meeting))


@meetings.get("/<meeting>/meeting.ics")
def calendar(slug: str, meeting: str) -> Response:
    """Give the meeting as a calendar file, once it has a time."""
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        mine = story.get_my_meeting(session, event, me, meeting)
    found = mine.meeting
    if found.at is None:
        raise NotFound
    address = parts().settings.base_url + url_for("meetings.show", slug=slug, meeting=meeting)
    entry = CalendarEntry(
        uid=f"{found.public_id}@{request.host}",
        summary=_word_summary(mine.other),
        start=found.at,
        end=found.at + TALK,
        zone=event.time_zone,
        location=", ".join(part for part in (found.place, event.venue) if part),
        url=address,
        # It has to rise with each change; changes are seconds apart at least.
        sequence=int(((found.changed_at or found.made_at) - found.made_at).total_seconds()),
        cancelled=found.cancelled_at is not None,
    )
    return calendar_answer(write_event(entry, now=present()), name=entry.summary)


def list_waiting_meetings(
    session: Session, event: Event, me: Attendee, now: datetime
) -> list[Waiting]:
    """Say whom I meet where and when, or that both want it; afterwards ask how it was."""
    return [
        Waiting(words=words, url=address_of(event, mine.meeting), symbol=symbol, rank=rank)
        for mine in story.list_my_meetings(session, event, me)
        if mine.said is None
        for words, symbol, rank in _word_waiting(mine, event, now)
    ]


def address_of(event: Event, meeting: Meeting) -> str:
    """Return the path of a meeting's page."""
    return url_for("meetings.show", slug=event.slug, meeting=meeting.public_id)


def _word_waiting(mine: MyMeeting, event: Event, now: datetime) -> list[tuple[str, str, int]]:
    meeting, name = mine.meeting, _named(mine.other)
    over_at = mine.met_at or (meeting.at + TALK if meeting.at else None)
    if over_at is not None and over_at <= now:
        words = Markup(_("How was it with %(name)s?")) % {"name": name}  # noqa: S704 - our words
        return [(words, "ask", 4)] if now < over_at + ASKED_FOR else []
    if event.phase(now) is Phase.AFTER:
        return []
    if meeting.at is None:
        words = Markup(_("You and %(name)s both want to meet")) % {"name": name}  # noqa: S704
        return [(words, "hand", 1)]
    words = Markup(_("Meet %(name)s at %(time)s: %(place)s")) % {  # noqa: S704 - our words
        "name": name,
        "time": event.local(meeting.at).strftime("%H:%M"),
        "place": Markup("<bdi>{}</bdi>").format(meeting.place),
    }
    return [(words, "spot", 1)]


def _named(other: Attendee) -> Markup:
    return Markup("<bdi>{}</bdi>").format(other.name or _("somebody who gave no name"))


def _word_summary(other: Attendee) -> str:
    return _("Meet %(name)s", name=other.name) if other.name else _("Meet somebody")


def _read_when() -> When:
    try:
        return When(request.form.get("when", ""))
    except ValueError:
        raise NotFound from None


def _yes_or_no(said: bool) -> str:
    return "yes" if said else "no"


def _change(slug: str, meeting: str, change: Callable[..., None], said: str) -> Response:
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        change(session, event, me, meeting, now=present())
    flash(said, "good")
    return redirect(url_for("meetings.show", slug=slug, meeting=meeting))


def _page(
    slug: str, meeting: str, form: ArrangePage, outcome: OutcomePage
) -> tuple[Callable[[], str], tuple[object, ...]]:
    """Return how the page is drawn, and what it is made from."""
    now = present()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        mine = story.get_my_meeting(session, event, me, meeting)
        points = programme.list_points(session, event.id)
        breaks = programme.list_breaks(session, event.id)
    form.offer(points)
    if mine.said and not outcome.is_submitted():
        outcome.could_help.data = _yes_or_no(mine.said.could_help)
        outcome.could_be_helped.data = _yes_or_no(mine.said.could_be_helped)
    if not form.is_submitted() and mine.meeting.place in points:
        form.where.data = mine.meeting.place
    has_begun = mine.met_at is not None or mine.meeting.may_have_begun(now)
    next_break = find_time(When.BREAK, breaks, now)

    def draw() -> str:
        return render_template(
            "attendee/meeting.html",
            event=event,
            me=me,
            mine=mine,
            meeting=mine.meeting,
            other=mine.other,
            form=form,
            outcome=outcome,
            has_begun=has_begun,
            next_break=next_break,
            phase=event.phase(now),
        )

    return draw, (me, mine, points, next_break, has_begun, event.phase(now))
