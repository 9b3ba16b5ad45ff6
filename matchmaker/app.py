"""The only place where all rooms meet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.settings import Settings, find_shipped, read_settings
from matchmaker.storage.connect import Database
from matchmaker.suggestions.follower import Follower
from matchmaker.web.headers import init_headers
from matchmaker.web.languages import init_languages
from matchmaker.web.limits import init_limits
from matchmaker.web.looks import init_looks
from matchmaker.web.pages import init_pages
from matchmaker.web.parts import Parts
from matchmaker.web.problems import init_problems
from matchmaker.web.request_checks import init_request_checks
from matchmaker.web.static_files import init_static_files
from matchmaker.web.warm_up import init_warm_up

if TYPE_CHECKING:
    from matchmaker.affinity.matcher import MutualMatcher

_LARGEST_REQUEST = 256 * 1024


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """Return the web application; nothing is connected before the first request."""
    settings = settings or read_settings()
    database = database or Database(settings.database_url)
    app = Flask(
        "matchmaker",
        template_folder=str(find_shipped("templates")),
        static_folder=str(find_shipped("static")),
    )
    _configure(app, settings)
    app.extensions["matchmaker"] = Parts(
        settings=settings, database=database, follower=Follower(make_light_matcher)
    )
    init_languages(app)
    CSRFProtect(app)
    init_limits(app, settings)
    init_request_checks(app)
    init_headers(app, https=settings.is_https)
    init_static_files(app, find_shipped("static"))
    init_looks(app, database)
    init_problems(app)
    if settings.warm_up:
        init_warm_up(app)
    init_pages(app)
    return app


def make_light_matcher() -> MutualMatcher:
    """Return the matcher of newcomers' first lists, which needs no encoder."""
    # scikit-learn takes seconds to import: pages must not wait for it when the server starts.
    from matchmaker.affinity.matcher import MutualMatcher

    return MutualMatcher(encoder="light")


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.is_https
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST,
        TRUSTED_HOSTS=trusted_hosts(settings),
        SESSION_COOKIE_NAME="__Host-matchmaker" if secure else "matchmaker",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
        # A copy made in the background must not bring back the cookie of before a sign-out.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def trusted_hosts(settings: Settings) -> list[str]:
    """Return the hosts that requests may name: ours, and this machine's own for its checks."""
    name = urlsplit(settings.base_url).hostname or ""
    return [f"[{name}]" if ":" in name else name, "127.0.0.1", "localhost", "[::1]"]
