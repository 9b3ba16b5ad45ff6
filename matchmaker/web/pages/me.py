"""My own pages at an event: here or leaving, hidden, my answers, my key."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from matchmaker import privacy, registration, sign_in
from matchmaker.cards.qr import qr_svg
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import NotFound
from matchmaker.registration import MoreForm
from matchmaker.storage.mail_jobs import MailOrder, add_mail
from matchmaker.web import visitor
from matchmaker.web.forms import MorePage, new_client_key
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.parts import parts, present, reading, writing

me = Blueprint("me", __name__, url_prefix="/e/<slug>/me")

_PERSON_FIELDS = ("serves", "decides", "sets_apart")
_CARD_FIELDS = (
    "name", "call_name", "role", "organization", "line", "email", "phone", "site",
)  # fmt: skip
_OWN_FIELDS = (
    "offer", "need", "can_introduce", "spot", "wish", "welcomes_newcomers", "hosts_table",
    "meets_own_organization", "wants_mail",
)  # fmt: skip


@me.get("")
def show(slug: str) -> str:
    """Show where I stand: here, hidden, my answers, my key."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    return render_template(
        "attendee/me.html", event=event, me=attendee, phase=event.phase(present())
    )


@me.get("/more")
def more(slug: str) -> str:
    """Show all my answers, to add to them."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    return _more_page(event, attendee, _fill(attendee))


@me.post("/more")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def save_more(slug: str) -> Response | tuple[str, int]:
    """Store my answers."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    form = MorePage()
    form.country = event.country
    if not form.validate_on_submit():
        return _more_page(event, attendee, form), 422
    with writing() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
        registration.tell_more(session, event, attendee, _read(form), now=present())
    flash(_("Saved."), "good")
    return redirect(url_for("people.show", slug=slug))


@me.post("/here")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def here(slug: str) -> Response:
    """I'm here."""
    return _set(slug, registration.arrive, _("Welcome! People can be sent to you now."))


@me.post("/leave")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def leave(slug: str) -> Response:
    """I'm leaving."""
    return _set(slug, registration.leave, _("Good night. Nobody is sent to you any more."))


@me.post("/hide")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def hide(slug: str) -> Response:
    """Hide me."""
    return _set(slug, registration.hide, _("You are hidden."))


@me.post("/unhide")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def unhide(slug: str) -> Response:
    """Show me again."""
    return _set(slug, registration.unhide, _("You can be suggested again."))


@me.get("/key")
def key(slug: str) -> str:
    """Show my private link."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    url = private_link(attendee.person)
    return render_template(
        "attendee/key.html",
        event=event,
        me=attendee,
        link=url,
        qr=Markup(qr_svg(url, title=_("My private link"))),  # noqa: S704 - drawn by ourselves
        can_mail=_can_mail(attendee.person),
    )


@me.post("/key")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def new_key(slug: str) -> Response:
    """Make a new private link; the old one and all other phones are signed out."""
    with writing() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
        renewed = sign_in.renew_key(session, attendee.person)
    visitor.sign_in_person(renewed, event)
    flash(_("This is your new link. The old one no longer works."), "good")
    return redirect(url_for("me.key", slug=slug))


@me.post("/key/mail")
@limiter.limit("5/hour", key_func=per_device)
def mail_key(slug: str) -> Response:
    """Mail me my private link."""
    with writing() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
        if not _can_mail(attendee.person):
            raise NotFound
        order = MailOrder(letter="private_link", attendee=attendee.id)
        add_mail(session, order, event_id=event.id, now=present())
    flash(_("It is on its way to %(email)s.", email=attendee.person.business.email), "good")
    return redirect(url_for("me.key", slug=slug))


@me.get("/forget")
def confirm_forget(slug: str) -> str:
    """Ask before everything a person wrote is erased."""
    with reading() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
    return render_template("attendee/forget.html", event=event, me=attendee)


@me.post("/forget")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def forget(slug: str) -> Response:
    """Erase me, here and at every other event on this server."""
    with writing() as session:
        _event, attendee = visitor.get_my_attendance(session, slug)
        privacy.forget(
            session,
            attendee.person,
            take_cards_back=request.form.get("take_cards_back") == "y",
            now=present(),
        )
    visitor.sign_out()
    flash(_("You are forgotten. Thank you for having been here."), "good")
    response = redirect(url_for("pages.home"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@me.post("/sign-out")
def sign_out(slug: str) -> Response:
    """Forget me on this phone."""
    visitor.sign_out()
    response = redirect(url_for("join.show", slug=slug))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def private_link(person: Person) -> str:
    """Return the address that signs a person in."""
    settings = parts().settings
    token = sign_in.private_key(person, settings.secret_key)
    return settings.base_url + url_for("sign_in.confirm", token=token)


def _can_mail(person: Person) -> bool:
    return bool(parts().settings.smtp_url and person.business.email)


def _set(slug: str, change: Callable[..., Attendee], said: str) -> Response:
    with writing() as session:
        event, attendee = visitor.get_my_attendance(session, slug)
        change(session, event, attendee, now=present())
    flash(said, "good")
    return redirect(url_for("people.show", slug=slug))


def _more_page(event: Event, attendee: Attendee, form: MorePage) -> str:
    return render_template("attendee/more.html", event=event, me=attendee, form=form)


def _fill(attendee: Attendee) -> MorePage:
    card = attendee.person.business
    form = MorePage(
        formdata=None,
        # Prefilled, and stated only when the form is sent.
        speaks=list(attendee.speaks) or [attendee.person.language],
        **{name: getattr(attendee.person, name) for name in _PERSON_FIELDS},
        **{name: getattr(card, name) for name in _CARD_FIELDS},
        **{name: getattr(attendee, name) for name in _OWN_FIELDS},
    )
    form.client_key.data = new_client_key()
    return form


def _read(form: MorePage) -> MoreForm:
    names = (*_PERSON_FIELDS, *_CARD_FIELDS, *_OWN_FIELDS)
    return MoreForm(speaks=tuple(form.speaks.data), **{name: form[name].data for name in names})
