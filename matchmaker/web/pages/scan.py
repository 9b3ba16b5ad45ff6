"""Scanning inside the page: a picture read by the server, or a code that is typed."""

from http import HTTPStatus
from ipaddress import ip_address
from threading import BoundedSemaphore
from typing import Final

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.cards.code_reader import read_qr_codes
from matchmaker.cards.codes import find_card_code
from matchmaker.cards.photo import MOST_UPLOADED_OCTETS, PhotoFault, PhotoRefused
from matchmaker.web import visitor
from matchmaker.web.limits import limiter, per_device
from matchmaker.web.parts import parts, reading

scan = Blueprint("scan", __name__)

_PICTURES: Final = "150/minute"
"""Two frames a second, and a little more."""

_ROOM_FOR_THE_FORM: Final = 64 * 1024
_MOST_AT_ONCE: Final = 2
_PATIENCE: Final = 5.0
# A hall of phones may send frames at once: they wait for a moment, never pile up.
_READERS: Final = BoundedSemaphore(_MOST_AT_ONCE)


class _TooBusy(Exception):  # noqa: N818 - an answer, not an error of ours
    """Too many pictures came at once."""


@scan.url_value_preprocessor
def let_pictures_in(endpoint: str | None, _values: object) -> None:
    """Let a whole photo in, at this one address; before the form's token is looked for."""
    if endpoint == "scan.picture":
        request.max_content_length = MOST_UPLOADED_OCTETS + _ROOM_FOR_THE_FORM


@scan.get("/scan")
def show() -> Response:
    """Offer every way to read a card's code; a typed one comes back here and leads to the card."""
    typed = request.args.get("code", "").strip()
    code = find_card_code(typed, base_url=parts().settings.base_url)
    if code:
        return redirect(url_for("card.show", code=code.lower()))
    if typed:
        said = _("That is not a code of a card here. It has 16 letters and digits.")
        return _page(said, HTTPStatus.UNPROCESSABLE_ENTITY, typed=typed[:100])
    return _page("", HTTPStatus.OK)


@scan.post("/scan/picture")
@limiter.limit(_PICTURES, key_func=per_device)
def picture() -> Response:
    """Read the code in a picture and lead to its card; nothing of the picture is kept."""
    file = request.files.get("picture")
    try:
        found = _read(file.read() if file else b"")
    except PhotoRefused as refusal:
        return _answer(_word_fault(refusal.fault), HTTPStatus.UNPROCESSABLE_ENTITY)
    except _TooBusy:
        said = _("Many people scan at this moment. Try again in a few seconds, or type the code.")
        response = _answer(said, HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = "3"
        return response
    codes = [find_card_code(text, base_url=parts().settings.base_url) for text in found]
    code = next(filter(None, codes), None)
    if code is None:
        return _answer(_word_no_card(found), HTTPStatus.UNPROCESSABLE_ENTITY, seen=bool(found))
    address = url_for("card.show", code=code.lower())
    return jsonify(card=address) if _wants_json() else redirect(address)


def _read(data: bytes) -> list[str]:
    if not _READERS.acquire(timeout=_PATIENCE):
        raise _TooBusy
    try:
        return read_qr_codes(data)
    finally:
        _READERS.release()


def _word_fault(fault: PhotoFault) -> str:
    match fault:
        case PhotoFault.EMPTY:
            return _("No picture came with this. Take one of the code and send it again.")
        case PhotoFault.TOO_MANY_OCTETS | PhotoFault.TOO_MANY_PIXELS:
            return _("This picture is too large. Take it with fewer megapixels, or type the code.")
    return _("This file is not a picture that we can read. A photo (JPEG, PNG or WebP) works.")


def _word_no_card(found: list[str]) -> str:
    if not found:
        return _("There is no code in this picture that we can read. Go closer, and hold still.")
    if found[0].startswith("BEGIN:VCARD"):
        return _("This code holds the card itself. Your phone’s own camera can save it.")
    return _("This code is not a card of this event, so we did not open it.")


def _answer(said: str, status: HTTPStatus, *, seen: bool = True) -> Response:
    # Most frames of a camera show no code: to a script that is no mistake.
    if _wants_json():
        return make_response(jsonify(said=said if seen else ""), status if seen else HTTPStatus.OK)
    return _page(said, status)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(said: str, status: HTTPStatus, *, typed: str = "") -> Response:
    with reading() as session:
        me = visitor.find_me(session)
        event = visitor.find_present_event(session, me) if me else None
    page = render_template(
        "card/scan.html",
        event=event,
        me=me,
        said=said,
        typed=typed,
        base_url=parts().settings.base_url,
        can_use_camera=_is_secure_context(),
    )
    response = make_response(page, status)
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    return response


def _is_secure_context() -> bool:
    """Return whether browsers allow this page a camera and a worker (W3C Secure Contexts)."""
    if request.is_secure:
        return True
    name = request.host.rsplit(":", 1)[0].strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
