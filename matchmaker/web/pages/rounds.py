"""Rounds: my table on the phone, and the organizer's plan of them."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.refusals import InvalidField
from matchmaker.people.seating import RoundState
from matchmaker.rounds import programme
from matchmaker.rounds.my_table import MyTable, find_my_rounds
from matchmaker.storage import attendees
from matchmaker.storage import rounds as stored
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.freshness import answer_fresh
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.round_forms import RoundsPage, word_rounds_problem
from matchmaker.web.waiting import Waiting
from matchmaker.web.words import view_suggestion

rounds = Blueprint("rounds", __name__)


@rounds.get("/e/<slug>/round")
def mine(slug: str) -> Response:
    """Show my table now, with whom and why, and when the next round begins."""
    now = present()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        found = find_my_rounds(session, event, me, now=now)
    return answer_fresh(
        lambda: render_template(
            "attendee/round.html",
            event=event,
            me=me,
            phase=event.phase(now),
            rounds=found,
            views=[view_suggestion(s) for s in found.present.company] if found.present else [],
            moment=milliseconds,
            now=now,
        ),
        event.phase(now),
        me,
        found,
    )


@rounds.get("/o/e/<slug>/rounds")
def plan(slug: str) -> str:
    """Show the rounds of my event and the form for more."""
    return _plan_page(slug, RoundsPage(formdata=None))


@rounds.post("/o/e/<slug>/rounds")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def schedule(slug: str) -> Response | tuple[str, int]:
    """Plan rounds one after another."""
    form = RoundsPage()
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
    if not form.validate_on_submit():
        return _plan_page(slug, form), 422
    try:
        with writing() as session:
            visitor.get_my_event(session, slug, owner=False)
            programme.schedule_rounds(session, event, form.read(event, present()), now=present())
    except InvalidField as refused:
        field = form.starts if refused.field == "starts_at" else form[refused.field]
        field.errors = [word_rounds_problem(refused)]
        return _plan_page(slug, form), 422
    flash(_("Planned. Each table is shown on the phones three minutes before its round."), "good")
    return redirect(url_for("rounds.plan", slug=slug))


@rounds.post("/o/e/<slug>/rounds/<int:number>/cancel")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def cancel(slug: str, number: int) -> Response:
    """Call one round off."""
    with writing() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        programme.cancel_round(session, event, number, now=present())
    flash(_("Called off. The phones say so."), "good")
    return redirect(url_for("rounds.plan", slug=slug))


def list_waiting_rounds(
    session: Session, event: Event, me: Attendee, now: datetime
) -> list[Waiting]:
    """Say that my table is ready, or that the round is running."""
    table = find_my_rounds(session, event, me, now=now).present
    if table is None or not table.table:
        return []
    words = _word_table(table, event)
    address = url_for("rounds.mine", slug=event.slug)
    return [Waiting(words=words, url=address, symbol="people", rank=1)] if words else []


def milliseconds(moment: datetime) -> int:
    """Return a moment as scripts count: milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def _word_table(table: MyTable, event: Event) -> str:
    if table.state is RoundState.CALLED:
        start = event.local(table.round.starts_at).strftime("%H:%M")
        return _("Your table at %(time)s: table %(table)s", time=start, table=table.table)
    if table.state is RoundState.RUNNING:
        return _("Now: table %(table)s", table=table.table)
    return ""


def _plan_page(slug: str, form: RoundsPage) -> str:
    now = present()
    with reading() as session:
        event = visitor.get_my_event(session, slug, owner=False)
        planned = stored.list_rounds(session, event.id)
        names = {a.id: a.name for a in attendees.list_attendees(session, event.id)}
        shown = next((r for r in planned if _is_on(r.state(now)) and r.seated_at), None)
        seats = stored.list_seats(session, shown.id) if shown else []
    tables: dict[int, list[str]] = {}
    for seat in seats:
        tables.setdefault(seat.table, []).append(names.get(seat.attendee, ""))
    return render_template(
        "organizer/rounds.html",
        event=event,
        me=None,
        form=form,
        rounds=[(r, r.state(now)) for r in planned],
        shown=shown,
        tables=tables,
    )


def _is_on(state: RoundState) -> bool:
    return state in {RoundState.CALLED, RoundState.RUNNING}
