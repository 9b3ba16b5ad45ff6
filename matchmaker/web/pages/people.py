"""People to meet, and what one does with a suggestion."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.invitations import answering, sending
from matchmaker.invitations import meetings as agreed
from matchmaker.invitations.answering import Received
from matchmaker.invitations.meetings import MyMeeting
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event, Phase
from matchmaker.storage import presence
from matchmaker.storage.connect import Session
from matchmaker.suggestions import acting, hosts
from matchmaker.suggestions.listing import PeopleToMeet, list_people_to_meet
from matchmaker.web import visitor
from matchmaker.web.freshness import answer_fresh, is_looked_at
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.looks import note_invitations, note_look
from matchmaker.web.pages.meetings import address_of
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.words import stranger_question, view_suggestion

people = Blueprint("people", __name__, url_prefix="/e/<slug>/people")

FEW = 8
"""Below so many people here a newcomer is told their number: it's early, not empty."""


@dataclass(frozen=True, kw_only=True)
class Evening:
    """What one attendee's page of people is made from."""

    # Its revision rises with what others do: no tag of a page may tell of that.
    event: Event = field(repr=False)
    me: Attendee
    phase: Phase
    found: PeopleToMeet
    received: tuple[Received, ...]
    meetings: tuple[MyMeeting, ...]
    hosts: tuple[tuple[Attendee, bool], ...]
    here: int
    position: int | None


@people.get("")
def show(slug: str) -> Response:
    """Show who would like to meet me, then the few to meet, with what I can give them first."""
    now = present()
    with reading() as session:
        event = visitor.get_event(session, slug)
        me = visitor.find_my_attendance(session, event)
        if me is None:
            return redirect(url_for("join.show", slug=slug))
        if event.phase(now) is Phase.AFTER and "stay" not in request.args:
            # What began there counts now; those one did not meet are a link away.
            return redirect(url_for("evening.show", slug=slug))
        evening = _read_evening(session, event, me, now)
    if is_looked_at():
        _note_looks(evening, now)
    return answer_fresh(lambda: _page(evening), evening)


@people.post("/<about>/unwant")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unwant(slug: str, about: str) -> Response:
    """Take back that I'd like to meet them."""
    return _act(slug, about, sending.withdraw, "")


@people.post("/<about>/met")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def met(slug: str, about: str) -> Response:
    """We met."""
    return _act(slug, about, acting.mark_met, _("Good. A place on your list is free again."))


@people.post("/<about>/unmet")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unmet(slug: str, about: str) -> Response:
    """We have not met after all."""
    return _act(slug, about, acting.undo_met, "")


@people.post("/<about>/dismiss")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def dismiss(slug: str, about: str) -> Response:
    """Not for me."""
    return _act(slug, about, acting.dismiss, _("Set aside. They are not told."))


@people.post("/<about>/undismiss")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def undismiss(slug: str, about: str) -> Response:
    """Bring somebody back."""
    return _act(slug, about, acting.undo_dismiss, "")


def _act(slug: str, about: str, act: Callable[..., None], said: str) -> Response:
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        act(session, event, me, about, now=present())
    if said:
        flash(said, "good")
    return redirect(url_for("people.show", slug=slug))


def _read_evening(session: Session, event: Event, me: Attendee, now: datetime) -> Evening:
    found = list_people_to_meet(session, event, me, now=now)
    phase = event.phase(now)
    counts = presence.count_presence(session, event.id)
    early = phase is Phase.DURING and counts["here"] < FEW and me.here_since is not None
    earlier = presence.count_arrived_before(session, event.id, me.here_since or now)
    return Evening(
        event=event,
        me=me,
        phase=phase,
        found=found,
        received=answering.list_waiting(session, event, me, now=now),
        meetings=agreed.list_my_meetings(session, event, me),
        hosts=hosts.list_hosts_for(session, event, me, found, now=now),
        here=counts["here"],
        position=earlier + 1 if early else None,
    )


def _note_looks(evening: Evening, now: datetime) -> None:
    if evening.found.unseen:
        note_look(evening.me.id, evening.found.unseen, now=now)
    unseen = [r.invitation for r in evening.received if r.invitation.seen_at is None]
    if unseen:
        note_invitations(evening.me.id, [one.public_id for one in unseen], now=now)


def _page(evening: Evening) -> str:
    event, found, slug = evening.event, evening.found, evening.event.slug
    on_top = {one.sender.id for one in evening.received}
    listed = {s.about.id: s for s in found.open}
    meetings = {one.other.id: one for one in evening.meetings if one.other.id in listed}
    told_here = [address_of(event, one.meeting) for one in meetings.values()]
    told_here += [
        url_for("invitations.show", slug=slug, invitation=one.invitation.public_id)
        for one in evening.received
    ]
    return render_template(
        "attendee/people.html",
        event=event,
        me=evening.me,
        phase=evening.phase,
        received=[
            (one, view_suggestion(listed[one.sender.id]) if one.sender.id in listed else None)
            for one in evening.received
        ],
        suggestions=[view_suggestion(s) for s in found.open if s.about.id not in on_top],
        dismissed=[view_suggestion(s) for s in found.dismissed],
        met=[view_suggestion(s) for s in found.met],
        meetings=meetings,
        hosts=evening.hosts,
        told_here=[*told_here, url_for("people.show", slug=slug)],
        here_count=evening.here,
        position=evening.position,
        stranger_question=stranger_question(evening.me.public_id),
    )
