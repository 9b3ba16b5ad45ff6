"""My circle: three people of whom each gives to the next, and a table for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.people.attendee import Attendee
from matchmaker.people.circle import Circle, CircleAnswer
from matchmaker.people.event import Event
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.suggestion import Direction
from matchmaker.storage.connect import Session
from matchmaker.suggestions import circles as story
from matchmaker.suggestions.circles import MyCircle
from matchmaker.web import visitor
from matchmaker.web.freshness import answer_fresh
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting

circles = Blueprint("circles", __name__, url_prefix="/e/<slug>/circle")


@dataclass(frozen=True, kw_only=True)
class Gift:
    """One of the three ways round: who gives what to whom."""

    giver: Attendee
    taker: Attendee
    way: Direction
    is_coming: bool


@dataclass(frozen=True, kw_only=True)
class CircleView:
    """A circle as one of the three sees it, beginning with what they give."""

    circle: Circle
    gifts: tuple[Gift, ...]
    my_answer: CircleAnswer
    is_open: bool


@circles.get("")
def mine(slug: str) -> Response:
    """Show why the three of us form a circle, and where we meet."""
    now = present()
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        mine = story.find_my_circle(session, event, me, now=now)
    found = _view(me, mine) if mine else None
    return answer_fresh(
        lambda: render_template("attendee/circle.html", event=event, me=me, found=found), me, found
    )


@circles.post("/<circle>/<any(coming, not_free, undo):answer>")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def answer(slug: str, circle: str, answer: str) -> Response:
    """I'll be there; I'm not free; or neither, after all."""
    said = CircleAnswer.NONE if answer == "undo" else CircleAnswer(answer)
    with writing() as session:
        event, me = visitor.get_my_attendance(session, slug)
        story.answer_circle(session, event, me, circle, said, now=present())
    if said is CircleAnswer.NOT_FREE:
        flash(_("Thank you for saying so. The others are not told who it was."), "good")
    elif said is CircleAnswer.COMING:
        flash(_("Good. The other two see that you will be there."), "good")
    return redirect(url_for("circles.mine", slug=slug))


def list_waiting_circles(
    session: Session, event: Event, me: Attendee, now: datetime
) -> list[Waiting]:
    """Say that a circle of three waits, until I answered that I'm coming and it is over."""
    mine = story.find_my_circle(session, event, me, now=now)
    if mine is None or not mine.is_open:
        return []
    start = event.local(mine.circle.starts_at).strftime("%H:%M")
    seat = mine.circle.seat_of(me.id)
    if seat and seat.answer is CircleAnswer.COMING:
        table = mine.circle.table
        words = _("Your circle of three: %(time)s, circle table %(table)s", time=start, table=table)
    else:
        words = _("A circle of three for you at %(time)s", time=start)
    address = url_for("circles.mine", slug=event.slug)
    return [Waiting(words=words, url=address, symbol="people", rank=2)]


def _view(me: Attendee, mine: MyCircle) -> CircleView:
    at = mine.circle.members.index(me.id)
    return CircleView(
        circle=mine.circle,
        gifts=tuple(_gift(mine.circle, mine.people, (at + n) % 3) for n in range(3)),
        my_answer=mine.circle.seats[at].answer,
        is_open=mine.is_open,
    )


def _gift(circle: Circle, people: Mapping[AttendeeId, Attendee], place: int) -> Gift:
    seat = circle.seats[place]
    giver, taker = people[seat.attendee], people[circle.members[(place + 1) % 3]]
    reasons = fresh_reasons(seat.gives, giver, taker)
    affinity = float(seat.gives.get("give", {}).get("affinity", 0.0))
    return Gift(
        giver=giver,
        taker=taker,
        way=read_direction(reasons, "give", giver, taker, affinity),
        is_coming=seat.answer is CircleAnswer.COMING,
    )
