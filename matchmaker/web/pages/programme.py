"""The organizer says where people can meet, and when the breaks are."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.invitations import programme as story
from matchmaker.people.clean import clean_line
from matchmaker.people.event import Event
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.storage import programme as stored
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.forms import new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.meeting_forms import BreakPage, PointPage, put_problem
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.parts import reading, writing


@organizer.get("/e/<slug>/programme")
def programme(slug: str) -> str:
    """Show the places for meeting and the breaks of my event."""
    return _page(slug, PointPage(formdata=None), BreakPage(formdata=None))


@organizer.post("/e/<slug>/programme/points")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def add_point(slug: str) -> Response | tuple[str, int]:
    """Name one more place."""
    form = PointPage()
    try:
        if form.validate_on_submit():
            _write(slug, lambda session, event: story.add_point(session, event, form.point.data))
            return _back(slug, _("Added."))
    except InvalidField as refused:
        put_problem(form, refused)
    return _page(slug, form, BreakPage(formdata=None)), 422


@organizer.post("/e/<slug>/programme/points/remove")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def remove_point(slug: str) -> Response:
    """Take a place away."""
    name = clean_line(request.form.get("point", ""))
    _write(slug, lambda session, event: story.remove_point(session, event, name))
    return _back(slug, _("Taken away. Meetings that were agreed there keep it."))


@organizer.post("/e/<slug>/programme/breaks")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def add_break(slug: str) -> Response | tuple[str, int]:
    """Say when one more break begins."""
    form = BreakPage()
    try:
        if form.validate_on_submit():
            _write(slug, lambda session, event: story.add_break(session, event, form.read(event)))
            return _back(slug, _("Added."))
    except InvalidField as refused:
        put_problem(form, refused)
    return _page(slug, PointPage(formdata=None), form), 422


@organizer.post("/e/<slug>/programme/breaks/remove")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def remove_break(slug: str) -> Response:
    """Take a break away."""
    starts_at = _read_moment(request.form.get("starts_at", ""))
    _write(slug, lambda session, event: story.remove_break(session, event, starts_at))
    return _back(slug, _("Taken away."))


def _write(slug: str, change: Callable[[Session, Event], None]) -> None:
    with writing() as session:
        change(session, visitor.get_my_event(session, slug, owner=False))


def _back(slug: str, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("organizer.programme", slug=slug))


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotFound from None


def _page(slug: str, point: PointPage, pause: BreakPage) -> str:
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        points = stored.list_points(session, event.id)
        breaks = stored.list_breaks(session, event.id)
    if not point.is_submitted():
        point.client_key.data = new_client_key()
    return render_template(
        "organizer/programme.html",
        event=event,
        me=None,
        points=points,
        breaks=[(at, event.local(at)) for at in breaks],
        point=point,
        pause=pause,
        first=event.local(event.starts_at).strftime("%Y-%m-%dT%H:%M"),
    )
