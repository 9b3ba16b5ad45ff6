"""My photo: sent from a phone, made small here, shown to those who get it with my card."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Final

from flask import Response as FlaskResponse
from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.cards.photo import PhotoFault, PhotoRefused, shrink_photo
from matchmaker.my_card import photo as story
from matchmaker.people.person import Person
from matchmaker.storage.connect import Session
from matchmaker.web import visitor
from matchmaker.web.limits import DEVICE_WRITES, limiter, per_device
from matchmaker.web.pages.card.blueprint import card
from matchmaker.web.parts import present, reading, writing

_LARGEST_PHOTO: Final = 12 * 1024 * 1024
"""What the cameras of phones make of one picture, with room."""

_ROOM_FOR_THE_FORM: Final = 64 * 1024
# Uploads lie on disk while they come in; only so many stand in memory to be drawn anew.
_DRAWERS: Final = BoundedSemaphore(2)


@card.url_value_preprocessor
def let_photos_in(endpoint: str | None, _values: object) -> None:
    """Let a whole photo in, at this one address; before the form's token is looked for."""
    if endpoint == "card.save_photo":
        request.max_content_length = _LARGEST_PHOTO + _ROOM_FOR_THE_FORM


@card.post("/me/card/photo")
@limiter.limit("20/minute", key_func=per_device)
def save_photo() -> Response:
    """Put a photo on my card."""
    with reading() as session:
        visitor.get_me(session)
    file = request.files.get("photo")
    try:
        with _DRAWERS:
            jpeg = shrink_photo(file.read(_LARGEST_PHOTO + 1) if file else b"")
    except PhotoRefused as refused:
        flash(_word_fault(refused.fault), "wrong")
        return redirect(url_for("card.edit") + "#photo")
    with writing() as session:
        story.set_photo(session, visitor.get_me(session), jpeg, now=present())
    flash(_("Your photo is on your card."), "good")
    return redirect(url_for("card.edit") + "#photo")


@card.post("/me/card/photo/off")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def take_photo_off() -> Response:
    """Take my photo off the card; I may put it back."""
    return _change(story.take_photo_off, _("Your photo is off your card. Nobody sees it."))


@card.post("/me/card/photo/back")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def put_photo_back() -> Response:
    """Put my photo back on the card."""
    return _change(story.put_photo_back, _("Your photo is back on your card."))


@card.post("/me/card/photo/delete")
@limiter.limit(DEVICE_WRITES, key_func=per_device)
def delete_photo() -> Response:
    """Delete my photo for good."""
    return _change(story.delete_photo, _("Your photo is deleted."))


@card.get("/photo/<photo>")
def show_photo(photo: str) -> Response:
    """Give somebody's photo to those who may see it."""
    with reading() as session:
        reader = visitor.find_me(session)
        code = request.args.get("code", "")
        jpeg = story.get_photo(session, photo, reader=reader, code=code)
    answer = FlaskResponse(jpeg, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer


def _change(change: Callable[[Session, Person], Person], said: str) -> Response:
    with writing() as session:
        change(session, visitor.get_me(session))
    flash(said, "good")
    return redirect(url_for("card.edit") + "#photo")


def _word_fault(fault: PhotoFault) -> str:
    match fault:
        case PhotoFault.EMPTY:
            return _("No photo came with this. Choose one and send it again.")
        case PhotoFault.TOO_MANY_OCTETS | PhotoFault.TOO_MANY_PIXELS:
            return _("This photo is too large. Make it smaller, or take it with fewer megapixels.")
        case PhotoFault.OTHER_FORMAT:
            return _("We can’t read this kind of picture. A JPEG, PNG or WebP works.")
    return _("This file is not a photo that we can read. A JPEG, PNG or WebP works.")
