"""Requests that no page of ours makes, turned away before any view sees them."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_request_checks(app: Flask) -> None:
    """Refuse NUL in addresses, and changes that another site asked for."""

    @app.before_request
    def check_request() -> None:
        # No address of ours has a NUL, and PostgreSQL would call it an error of ours.
        if "\0" in request.path:
            abort(404)
        if any("\0" in value for value in request.args.values()):
            abort(400)
        if request.method not in _SAFE and _comes_from_elsewhere():
            abort(403)


def _comes_from_elsewhere() -> bool:
    """Return whether a browser says that another site made it send this (RFC 6454)."""
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host
