"""The words of mails: templates rendered without Flask, in the reader's language."""

from functools import lru_cache
from typing import Final

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
    found = Translations.load(find_shipped(_TRANSLATIONS), [language])
    translations = found if isinstance(found, Translations) else NullTranslations()
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    return environment
