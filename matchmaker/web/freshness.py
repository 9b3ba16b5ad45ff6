"""Pages that look again by themselves: nothing new costs next to nothing."""

from collections.abc import Callable
from hashlib import sha256

from flask import Response, make_response, request
from flask import session as cookie

from matchmaker import __version__
from matchmaker.web.languages import choose_language
from matchmaker.web.waiting import list_waiting


def answer_fresh(render: Callable[[], str], *told: object) -> Response:
    """Return a page, or 304 if its reader has seen all that it tells (RFC 9110, 13.1.2).

    ``told`` is what the page is made from; of the page itself no tag is made, since the tokens
    of its forms are new each time.
    """
    if "_flashes" in cookie:
        # What a deed before has to say stands on the page once.
        return make_response(render())
    everything = repr((__version__, choose_language(), told, list_waiting()))
    tag = sha256(everything.encode()).hexdigest()[:24]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = make_response(render())
    response.set_etag(tag, weak=True)
    return response


def is_looked_at() -> bool:
    """Return whether somebody sees the answer, rather than a phone that keeps a copy for later."""
    return not request.headers.get("Matchmaker-Copy")
