"""Ending a kind of mail by its link: a button for people, one POST for mail programs (RFC 8058)."""

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState

from matchmaker.follow_ups import mailing, signed_links
from matchmaker.people.mail_times import MailKind
from matchmaker.storage import mail_stops
from matchmaker.web.parts import parts, present, reading, writing

unsubscribe = Blueprint("unsubscribe", __name__)


@unsubscribe.record_once
def _take_posts_without_cookie(state: BlueprintSetupState) -> None:
    # A mail program sends neither cookie nor token; what stands in the address says whose it is.
    state.app.extensions["csrf"].exempt(unsubscribe)


@unsubscribe.get("/unsubscribe/<stop>")
def show(stop: str) -> str:
    """Show a button: programs that look at links before people do must not end anything."""
    with reading() as session:
        person, kind = signed_links.get_stop(session, stop, parts().settings.secret_key)
        is_stopped = mail_stops.is_stopped(session, person.id, kind)
    return _page(stop, kind, is_stopped=is_stopped)


@unsubscribe.post("/unsubscribe/<stop>")
def end(stop: str) -> str:
    """End a kind of mail, or with ``deed=again`` take that back."""
    wants_again = request.form.get("deed") == "again"
    with writing() as session:
        person, kind = signed_links.get_stop(session, stop, parts().settings.secret_key)
        if wants_again:
            mailing.resume_mail(session, person, kind)
        else:
            mailing.stop_mail(session, person, kind, now=present())
    return _page(stop, kind, is_stopped=not wants_again)


def _page(stop: str, kind: MailKind, *, is_stopped: bool) -> str:
    return render_template(
        "follow_ups/unsubscribe.html",
        event=None,
        me=None,
        stop=stop,
        kind=kind,
        is_stopped=is_stopped,
    )
