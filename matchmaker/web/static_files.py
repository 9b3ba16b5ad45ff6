"""Static files under an address that changes with their content, kept by browsers for a year."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, request, url_for

_YEAR = 365 * 24 * 3600


def init_static_files(app: Flask, folder: Path) -> None:
    """Give templates ``static_url(path)``."""
    app.jinja_env.globals["static_url"] = _make_static_url(_version_of(folder))

    @app.after_request
    def keep_versioned(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v") and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


def _make_static_url(version: str) -> Callable[[str], str]:
    # One version for all files: the scripts import each other by relative names.
    return lambda path: url_for("static", filename=path, v=version)


def _version_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
