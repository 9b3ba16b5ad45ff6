"""In which language a page speaks: the reader's choice, else what their phone asks for."""

from typing import Final

from flask import Flask, request
from flask import session as cookie
from flask_babel import Babel, get_locale

from matchmaker.people.event import LANGUAGES

_OLD_CODES: Final = {"iw": "he"}


def init_languages(app: Flask) -> None:
    """Let every page speak one of our languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=choose_language, default_locale="en")
    app.context_processor(_describe_page)


def choose_language() -> str:
    """Return the language of the present reader."""
    chosen = cookie.get("language")
    if chosen in _offered():
        return str(chosen)
    return _preferred(_offered()) or "en"


def guess_language() -> str:
    """Return which of the languages that our matching reads a phone is set to."""
    return _preferred(LANGUAGES) or "en"


def _preferred(offered: tuple[str, ...]) -> str | None:
    for code, _quality in request.accept_languages:
        base = code.replace("_", "-").split("-")[0].lower()
        base = _OLD_CODES.get(base, base)
        if base in offered:
            return base
    return None


def _offered() -> tuple[str, ...]:
    # Only languages with a catalogue; a page half in English would help nobody.
    return ("en",)


def _describe_page() -> dict[str, str]:
    locale = get_locale()
    return {
        "page_language": locale.language if locale else "en",
        "page_direction": locale.text_direction if locale else "ltr",
    }
