"""Introductions: proposing one, answering, and what came of it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.introductions import answering, proposing
from matchmaker.introductions.candidates import contact_key, find_asker, list_candidates
from matchmaker.introductions.listing import (
    AskedOfMe,
    Kind,
    News,
    ProposedByMe,
    get_mine,
    list_mine,
    list_news,
)
from matchmaker.introductions.proposing import ProposeForm
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.storage.connect import Session
from matchmaker.storage.introduction_requests import find_request
from matchmaker.web import visitor
from matchmaker.web.forms import new_client_key
from matchmaker.web.introduction_forms import OutcomePage, ProposePage
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import present, reading, writing
from matchmaker.web.waiting import Waiting

introductions = Blueprint("introductions", __name__, url_prefix="/me/introductions")

_SEEN = "introductions"


@introductions.get("")
def list_all() -> str:
    """List what I am asked, what I proposed, and what came of it."""
    now = present()
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        found = list_mine(session, me, now=now)
    return render_template(
        "introductions/list.html",
        event=event,
        me=me,
        mine=found,
        may_be_introduced=me.may_be_introduced,
    )


@introductions.get("/new")
def new() -> str:
    """Ask which two I would bring together, and why."""
    form = ProposePage(formdata=None)
    form.client_key.data = new_client_key()
    form.request.data = request.args.get("request", "")
    if "contact" in request.args:
        form.first.data = contact_key(request.args["contact"])
    return _new_page(form)


@introductions.post("/new")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def propose() -> Response | tuple[str, int]:
    """Ask the two, each alone; once however often the form is sent."""
    form = ProposePage()
    if not form.validate_on_submit():
        return _new_page(form), 422
    try:
        with writing() as session:
            me = visitor.get_me(session)
            event = visitor.find_present_event(session, me)
            made = proposing.propose(session, me, event, _read(form), now=present())
    except InvalidField:
        form.second.errors = [_("Please choose two different people.")]
        return _new_page(form), 422
    flash(_("They are asked, each alone. You hear from us when both say yes."), "good")
    return redirect(url_for("introductions.show", introduction=made.public_id))


@introductions.get("/<introduction>")
def show(introduction: str) -> str:
    """Show one introduction as I may see it."""
    now = present()
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        found = get_mine(session, me, introduction, now=now)
    if isinstance(found, ProposedByMe):
        _note_news(found)
        return render_template("introductions/proposed.html", event=event, me=me, one=found)
    return _asked_page(me, event, found, _outcome_form(found))


@introductions.post("/<introduction>/agree")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def agree(introduction: str) -> Response:
    """I would like to know them."""
    return _answer(introduction, agrees=True)


@introductions.post("/<introduction>/decline")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def decline(introduction: str) -> Response:
    """Rather not; nobody is told."""
    return _answer(introduction, agrees=False)


@introductions.post("/<introduction>/withdraw")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def withdraw(introduction: str) -> Response:
    """Take an introduction back that I proposed."""
    with writing() as session:
        proposing.withdraw(session, visitor.get_me(session), introduction, now=present())
    flash(_("Taken back. Neither of them sees it any more."), "good")
    return redirect(url_for("introductions.list_all"))


@introductions.post("/<introduction>/thank")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def thank(introduction: str) -> Response:
    """Thank the one who introduced us."""
    with writing() as session:
        answering.thank(session, visitor.get_me(session), introduction, now=present())
    flash(_("They read it, and nobody else."), "good")
    return redirect(url_for("introductions.show", introduction=introduction))


@introductions.post("/<introduction>/outcome")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def tell_outcome(introduction: str) -> Response | tuple[str, int]:
    """Tell the one who introduced us what came of it."""
    form = OutcomePage()
    now = present()
    if not form.validate_on_submit():
        with reading() as session:
            me = visitor.get_me(session)
            event = visitor.find_present_event(session, me)
            found = get_mine(session, me, introduction, now=now)
        if isinstance(found, ProposedByMe):
            raise NotFound
        return _asked_page(me, event, found, form), 422
    with writing() as session:
        me, words = visitor.get_me(session), form.outcome.data
        answering.tell_outcome(session, me, introduction, words, now=now)
    flash(_("Saved."), "good")
    return redirect(url_for("introductions.show", introduction=introduction))


def list_waiting_introductions(
    session: Session, person: Person, _event: Event | None, now: datetime
) -> list[Waiting]:
    """Say who wants to bring me together with whom, and what came of those I proposed."""
    return [
        Waiting(
            words=_word_news(news),
            url=url_for("introductions.show", introduction=news.introduction.public_id),
            symbol="bridge",
            rank=3 if news.kind is Kind.ASKED else 6,
        )
        for news in list_news(session, person, since=_seen_until(), now=now)
    ]


def _word_news(news: News) -> str:
    one, other = (name or _("Someone who gave no name") for name in (news.one, news.other))
    match news.kind:
        case Kind.ASKED:
            return _("%(who)s would like to introduce you to %(whom)s", who=one, whom=other)
        case Kind.WHAT_CAME:
            return _("What came of meeting %(whom)s?", whom=other)
    return _("There is news of %(one)s and %(other)s, whom you introduced", one=one, other=other)


def _seen_until() -> datetime | None:
    seen = cookie.get(_SEEN)
    return datetime.fromtimestamp(seen, UTC) if isinstance(seen, float) else None


def _note_news(found: ProposedByMe) -> None:
    news, seen = found.introduction.news_at, _seen_until()
    # Kept on this phone: a page that is only shown writes nothing down on the server.
    if news and (seen is None or news > seen) and "Matchmaker-Copy" not in request.headers:
        cookie[_SEEN] = news.timestamp()


def _answer(introduction: str, *, agrees: bool) -> Response:
    with writing() as session:
        me = visitor.get_me(session)
        after = answering.answer(session, me, introduction, agrees=agrees, now=present())
    if after.made_at:
        flash(_("You both said yes: you now have each other’s card."), "good")
    elif agrees:
        flash(_("Good. When they say yes too, you have each other’s card."), "good")
    else:
        flash(_("Nobody is told. You can think again until it closes."), "good")
        return redirect(url_for("introductions.list_all"))
    return redirect(url_for("introductions.show", introduction=introduction))


def _asked_page(me: Person, event: Event | None, found: AskedOfMe, form: OutcomePage) -> str:
    return render_template("introductions/asked.html", event=event, me=me, one=found, form=form)


def _outcome_form(found: AskedOfMe) -> OutcomePage:
    form = OutcomePage(formdata=None, outcome=found.mine.outcome)
    form.client_key.data = new_client_key()
    return form


def _new_page(form: ProposePage) -> str:
    with reading() as session:
        me = visitor.get_me(session)
        event = visitor.find_present_event(session, me)
        found = list_candidates(session, me, event)
        asker = find_asker(session, me, form.request.data or "")
        wish = find_request(session, form.request.data) if asker else None
    if asker:
        form.first.data = form.first.data or asker.key
        found = [asker, *(one for one in found if one.person != asker.person)]
    return render_template(
        "introductions/new.html", event=event, me=me, form=form, candidates=found, wish=wish
    )


def _read(form: ProposePage) -> ProposeForm:
    return ProposeForm(
        first=form.first.data,
        second=form.second.data,
        reason=form.reason.data,
        request=form.request.data or "",
        client_key=form.client_key.data,
    )
