"""The phone's side without network: its worker, and the pages it shows then."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for
from flask import current_app as app
from werkzeug.wrappers import Response

from matchmaker.settings import find_shipped
from matchmaker.web.languages import choose_language

offline = Blueprint("offline", __name__)

_PAGES: Final = {"none": "offline/none.html", "kept": "offline/kept.html"}
_ORGANIZERS_ONLY: Final = frozenset({"poster.css", "report.css", "print.js"})
_SHIPPED: Final = ("css/*.css", "js/*.js", "icons/*.svg", "icons/code-check.png")
_WORKER: Final = "matchmaker-offline-worker"


@offline.get("/sw.js")
def worker() -> Response:
    """Give the worker: another one whenever a file or page that it keeps has changed."""
    # Browsers ask for it after every page, so it is put together once a language.
    known: dict[tuple[str, str], str] = app.extensions.setdefault(_WORKER, {})
    key = (choose_language(), request.script_root)
    if key not in known:
        known[key] = _write_worker()
    response = Response(known[key], content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@offline.get("/offline")
def none() -> str:
    """Say that there is no network, and what opens without."""
    return _show("none")


@offline.get("/offline/kept")
def kept() -> str:
    """Say what is kept on this phone; its script fills in what, the server doesn't know it."""
    return _show("kept")


def _show(name: str) -> str:
    # For nobody in particular: the worker keeps these pages whoever is signed in.
    return render_template(_PAGES[name], event=None, me=None)


def _write_worker() -> str:
    static_url: Callable[[str], str] = app.jinja_env.globals["static_url"]  # type: ignore[assignment]
    pages = {name: url_for(f"offline.{name}") for name in _PAGES}
    house: dict[str, Any] = {
        "version": _digest([_show(name) for name in _PAGES]),
        "files": [*pages.values(), *map(static_url, _list_kept_files())],
        **pages,
    }
    address = json.dumps(static_url("js/worker.js"))
    return f"import {{ start }} from {address};\nstart({json.dumps(house)});\n"


def _digest(pages: list[str]) -> str:
    # The addresses of all files stand in the pages, with the version that all files share.
    return hashlib.sha256("".join(pages).encode()).hexdigest()[:12]


def _list_kept_files() -> list[str]:
    folder = find_shipped("static")
    found = (file for pattern in _SHIPPED for file in sorted(folder.glob(pattern)))
    return [f.relative_to(folder).as_posix() for f in found if f.name not in _ORGANIZERS_ONLY]
