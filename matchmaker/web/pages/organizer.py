"""The organizer's pages: events, the match report, the poster."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker import match_report
from matchmaker import sign_in as story
from matchmaker.cards.qr import qr_svg
from matchmaker.cards.wifi import wifi_payload
from matchmaker.match_report import Report
from matchmaker.people.event import Event
from matchmaker.people.refusals import LinkExpired
from matchmaker.storage import events as stored_events
from matchmaker.storage import sign_in as stored
from matchmaker.web import visitor
from matchmaker.web.answers import csv_answer
from matchmaker.web.forms import LANGUAGE_NAMES, accept_next
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import parts, present, reading, writing
from matchmaker.web.report_view import Chosen, Part, ReportView, view_pair, view_report
from matchmaker.web.words import word_bands

organizer = Blueprint("organizer", __name__, url_prefix="/o")


@organizer.get("/in/<token>")
def confirm(token: str) -> str:
    """Show a button; opening the link alone uses nothing up."""
    with reading() as session:
        email = stored.find_link_owner(session, token, now=present())
    if email is None:
        raise LinkExpired
    return render_template(
        "organizer/sign_in_confirm.html",
        event=None,
        me=None,
        token=token,
        email=email,
        next=accept_next(""),
    )


@organizer.post("/in/<token>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def enter(token: str) -> Response:
    """Use the link up and sign in."""
    with writing() as session:
        who = story.enter_as_organizer(session, token, now=present())
        mine = stored.list_parts(session, who)
        only = stored_events.get_event(session, next(iter(mine))) if len(mine) == 1 else None
    visitor.sign_in_organizer(who)
    home = url_for("organizer.report", slug=only.slug) if only else url_for("organizer.events")
    return redirect(accept_next(home))


@organizer.post("/sign-out")
def sign_out() -> Response:
    """Forget the organizer on this device."""
    cookie.pop("organizer", None)
    return redirect(url_for("pages.home"))


@organizer.get("")
def events() -> str:
    """List the events I run or help at."""
    now = present()
    with reading() as session:
        mine = visitor.list_my_parts(session)
        found = [e for e in stored_events.list_events(session) if e.id in mine]
    return render_template(
        "organizer/events.html", event=None, me=None, events=[(e, e.phase(now)) for e in found]
    )


@organizer.get("/e/<slug>")
def report(slug: str) -> str:
    """Show whom to walk together, and what came of it."""
    chosen = Chosen(
        q=request.args.get("q", "")[:120],
        band=request.args.get("band", ""),
        mutual=request.args.get("mutual") == "1",
        here=request.args.get("here") == "1",
    )
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=True)
        found = match_report.make_report(session, event, now=present())
        fitting = [pair for pair in found.pairs if chosen.fits(pair)]
        part = Part.of(len(fitting), asked=request.args.get("page", 1, type=int))
        told = match_report.tell_reasons(session, fitting[part.start : part.stop])
    return render_template(
        "organizer/report.html",
        event=event,
        me=None,
        report=_view(found),
        chosen=chosen,
        part=part,
        pairings=[view_pair(pair, _nameless()) for pair in told],
    )


@organizer.get("/e/<slug>/for-others")
def report_public(slug: str) -> str:
    """Show the report without names or anybody's words."""
    event, shown = _read_report(slug)
    return render_template("organizer/report_public.html", event=event, me=None, report=shown)


@organizer.get("/e/<slug>/pairings.csv")
def pairings_csv(slug: str) -> Response:
    """Give the pairings as a table."""
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=True)
        found = match_report.make_report(session, event, now=present())
    header = (
        _("Who"), _("Whom"), _("Strength"), _("Who can give"), _("to the need"),
        _("Whom can give"), _("to the need of who"), _("How to spot who"), _("How to spot whom"),
    )  # fmt: skip
    data = match_report.pairings_csv(found, header, word_bands())
    return csv_answer(data, name=f"{event.slug}-pairings")


@organizer.get("/e/<slug>/poster")
def poster(slug: str) -> str:
    """Show the poster with the join code."""
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
    address = parts().settings.base_url + url_for("join.show", slug=event.slug)
    return render_template(
        "organizer/poster.html",
        event=event,
        me=None,
        qr=Markup(qr_svg(address, title=_("Scan to join"))),  # noqa: S704 - drawn by ourselves
        short_address=address.partition("://")[2],
        wifi_qr=_draw_wifi(event),
    )


def _draw_wifi(event: Event) -> Markup | None:
    if not event.wifi_name:
        return None
    payload = wifi_payload(event.wifi_name, event.wifi_password)
    return Markup(qr_svg(payload, title=_("Scan to join the wifi")))  # noqa: S704 - our drawing


def _read_report(slug: str) -> tuple[Event, ReportView]:
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=True)
        found = match_report.make_report(session, event, now=present())
    return event, _view(found)


def _view(found: Report) -> ReportView:
    return view_report(found, dict(LANGUAGE_NAMES), _nameless())


def _nameless() -> str:
    return _("Someone who gave no name")
