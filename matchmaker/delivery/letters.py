"""The words of mails: templates rendered without Flask, in the reader's language."""

from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matchmaker.settings import find_shipped

_TRANSLATIONS: Final = "translations"


def render_letter(letter: str, *, language: str, **values: object) -> tuple[str, str]:
    """Return (subject, text) of the mail template ``mail/<letter>.txt``; its first line is the
    subject."""
    text = _environment(language).get_template(f"mail/{letter}.txt").render(**values)
    subject, _, body = text.lstrip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def word_meeting(day: date, event_name: str, *, language: str) -> str:
    """Return in the reader's language where and when two met, for the note of a card."""
    gettext = _translations(language).gettext
    words = {"day": word_day(day, language=language), "event": event_name}
    return gettext("Met on %(day)s at %(event)s") % words


def word_day(day: date, *, language: str) -> str:
    """Return a day as it is written in a language."""
    # A day in another language than the words round it would look like a mistake.
    known = language if isinstance(_translations(language), Translations) else "en"
    return format_date(day, "long", locale=_locale(known))


@lru_cache(maxsize=8)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(find_shipped("templates")),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Plain text: nothing to escape, and nobody's browser reads it as a page.
        autoescape=False,  # noqa: S701
    )
    found = _translations(language)
    environment.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda day: word_day(day, language=language)
    return environment


@lru_cache(maxsize=8)
def _translations(language: str) -> NullTranslations:
    return Translations.load(find_shipped(_TRANSLATIONS), [language])


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")
