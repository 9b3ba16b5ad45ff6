"""The door of the server, privacy in plain words, and a sign of life."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from matchmaker.people.event import Phase
from matchmaker.storage import events
from matchmaker.web import visitor
from matchmaker.web.parts import present, reading

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Say what this is and which events are open."""
    now = present()
    with reading() as session:
        me = visitor.find_me(session)
        event = visitor.find_present_event(session, me) if me else None
        found = [(e, e.phase(now)) for e in events.list_events(session)]
    shown = [(e, phase) for e, phase in found if phase is not Phase.AFTER]
    return render_template("home.html", event=event, me=me, events=shown)


@pages.get("/privacy")
def privacy() -> str:
    """Say who sees what."""
    with reading() as session:
        me = visitor.find_me(session)
        event = visitor.find_present_event(session, me) if me else None
    return render_template("attendee/privacy.html", event=event, me=me)


@pages.get("/healthz")
def healthz() -> Response:
    """Say whether pages can be served: the database answers."""
    with reading() as session:
        events.count_events(session)
    return Response("ok\n", content_type="text/plain; charset=utf-8")
