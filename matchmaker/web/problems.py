"""Refusals and errors as pages: a clear sentence in the product's own design, never a trace."""

import logging
from http import HTTPStatus

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from matchmaker.people.refusals import (
    AskFirst,
    CardRevoked,
    EventClosed,
    ExchangeUndone,
    IntroductionClosed,
    InvalidField,
    InvitationClosed,
    LinkExpired,
    MeetingCancelled,
    NotFound,
    OwnCard,
    Refusal,
    TooLate,
    TooManyInvitations,
    TooManyTries,
)
from matchmaker.storage.connect import DatabaseFault
from matchmaker.web.parts import parts

_LOG = logging.getLogger(__name__)
_PAUSE_AFTER_FLOOD = "60"
_STATUS: dict[type[Refusal], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    EventClosed: HTTPStatus.GONE,
    CardRevoked: HTTPStatus.NOT_FOUND,
    AskFirst: HTTPStatus.CONFLICT,
    OwnCard: HTTPStatus.CONFLICT,
    InvitationClosed: HTTPStatus.GONE,
    MeetingCancelled: HTTPStatus.GONE,
    TooManyInvitations: HTTPStatus.CONFLICT,
    ExchangeUndone: HTTPStatus.CONFLICT,
    TooLate: HTTPStatus.CONFLICT,
    IntroductionClosed: HTTPStatus.GONE,
    LinkExpired: HTTPStatus.GONE,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    InvalidField: HTTPStatus.BAD_REQUEST,
}


def init_problems(app: Flask) -> None:
    """Answer every refusal and every error with a page of our own."""
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(SecurityError, answer_strange_host)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(DatabaseFault, answer_database_error)
    app.register_error_handler(Exception, answer_fault)


def answer_refusal(refusal: Refusal) -> Response:
    """Return the page for something that the rules do not allow."""
    status = _STATUS.get(type(refusal), HTTPStatus.BAD_REQUEST)
    response = problem_page(status, *_words_of(refusal))
    if isinstance(refusal, TooManyTries):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def answer_stale_form(_error: CSRFError) -> Response:
    """Return the page for a form that was not ours or was kept too long."""
    return problem_page(
        HTTPStatus.BAD_REQUEST,
        _("This page was open for too long"),
        _("For your safety we did not take the form."),
        _("Go back, reload the page and send it again: what you typed is kept on your phone."),
    )


def answer_strange_host(_error: SecurityError) -> Response:
    """Return the page for a request to a host that is not ours."""
    # Addresses of pages can only be made for a host of ours, and this request names none.
    with current_app.test_request_context(base_url=parts().settings.base_url):
        return problem_page(HTTPStatus.BAD_REQUEST, *_words_of_status(HTTPStatus.BAD_REQUEST))


def answer_http_error(error: HTTPException) -> Response:
    """Return the page for what the server itself refused, such as an unknown address."""
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    status = HTTPStatus(error.code or 500)
    response = problem_page(status, *_words_of_status(status))
    if "Allow" in dict(error.get_headers()):
        response.headers["Allow"] = dict(error.get_headers())["Allow"]
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = _PAUSE_AFTER_FLOOD
    return response


def answer_database_error(error: DatabaseFault) -> Response:
    """Return the page for a database that cannot answer now; the cause goes to the log."""
    _LOG.error("database: %s", type(error.orig).__name__)
    response = problem_page(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("Too busy for a moment"),
        _("We could not save this just now."),
        _("Please try again in a few seconds: what you typed is kept on your phone."),
    )
    response.headers["Retry-After"] = "3"
    return response


def answer_fault(error: Exception) -> Response:
    """Return the page for a fault of ours; the cause goes to the log, without anybody's data."""
    _LOG.error("fault at %s", request.endpoint, exc_info=error)
    return problem_page(HTTPStatus.INTERNAL_SERVER_ERROR, *_words_of_status(HTTPStatus(500)))


def problem_page(status: HTTPStatus, title: str, sentence: str, todo: str = "") -> Response:
    """Return a page that says what is the matter and what to do."""
    slug = (request.view_args or {}).get("slug")
    actions = []
    if slug and request.endpoint not in {"join.show", "join.submit"}:
        actions.append((url_for("join.show", slug=slug), _("To the event")))
    actions.append((url_for("sign_in.have_card"), _("I already have a card")))
    g.problem_status = int(status)
    page = render_template(
        "problem.html",
        title=title,
        sentence=sentence,
        todo=todo,
        actions=actions,
        event=None,
        me=None,
        status=int(status),
    )
    return make_response(page, status)


def word_refusal(refusal: Refusal) -> tuple[str, str]:
    """Return in words what the rules do not allow, and what to do, where no page is shown."""
    title, sentence, todo = _words_of(refusal)
    return title, f"{sentence} {todo}".strip()


def _words_of(refusal: Refusal) -> tuple[str, str, str]:
    match refusal:
        case EventClosed():
            return (
                _("This event is over"),
                _("Nobody can join it any more."),
                _("If you were there, your private link still opens your contacts."),
            )
        case CardRevoked():
            return (
                _("This card can’t be opened"),
                _("Its code is old or was typed wrong."),
                _("Ask them to show the code on their phone now, and scan it again."),
            )
        case AskFirst():
            return (
                _("This badge asks first"),
                _("Its owner says yes before you get each other’s card."),
                _("Open it and tap “Ask to connect”."),
            )
        case InvitationClosed():
            return (
                _("This invitation is no longer open"),
                _("It was taken back, answered, or its time is over."),
                _("Walking up to somebody on your list never needs an answer."),
            )
        case MeetingCancelled():
            return (
                _("This meeting was called off"),
                _("Its place and time can’t be changed any more."),
                "",
            )
        case OwnCard():
            return (
                _("This is your own card"),
                _("It works: that is what others see."),
                _("Let somebody else scan it."),
            )
        case TooManyTries():
            return (
                _("Too many tries"),
                _("To keep everybody’s codes safe we wait a little."),
                _("Try again in a few minutes."),
            )
    return _words_of_what_is_over(refusal) or _words_of_status(
        _STATUS.get(type(refusal), HTTPStatus.BAD_REQUEST)
    )


def _words_of_what_is_over(refusal: Refusal) -> tuple[str, str, str] | None:
    match refusal:
        case LinkExpired():
            return (
                _("This link or code is used up"),
                _("It works once, and only for a short time."),
                _("Ask for a new one at the desk, or open your private link."),
            )
        case ExchangeUndone():
            return (
                _("This exchange was undone"),
                _("One of you took it back, so nothing was exchanged."),
                _("If you both want to, scan the code once more."),
            )
        case TooLate():
            return (
                _("It can no longer be undone"),
                _("That is possible for ten minutes."),
                _("You can still delete the contact: they are not told."),
            )
        case IntroductionClosed():
            return (
                _("This introduction is closed"),
                _("It was made, taken back, or is too old."),
                "",
            )
    return None


def _words_of_status(status: HTTPStatus) -> tuple[str, str, str]:
    match status:
        case HTTPStatus.NOT_FOUND:
            return (
                _("Nothing here"),
                _("This page does not exist, or it belongs to somebody else."),
                _("If it is yours, open your private link or ask at the desk to get back in."),
            )
        case HTTPStatus.FORBIDDEN:
            return (
                _("Another site asked for this"),
                _("We only take forms from our own pages."),
                _("Open the page here and send it again."),
            )
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return (_("That does not work this way"), _("Please go back to the page before."), "")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return (
                _("That is too much at once"),
                _("What you sent is larger than any of our forms needs."),
                _("Please shorten it and send it again."),
            )
        case HTTPStatus.TOO_MANY_REQUESTS:
            return (
                _("Too many requests"),
                _("This device asked for a lot in a short time."),
                _("Please wait a moment and try again."),
            )
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return (
                _("Something went wrong on our side"),
                _("It was noted, and it is not your fault."),
                _("Please try again. What you typed is kept on your phone."),
            )
    return (
        _("This request makes no sense to us"),
        _("Something in it was damaged on the way."),
        _("Please go back and try again."),
    )
