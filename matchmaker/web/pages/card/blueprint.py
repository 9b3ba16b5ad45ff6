"""What the pages of cards share: their blueprint, and languages by name."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from flask import Blueprint
from flask_babel import get_locale

from matchmaker.people.card_sides import stranger_fields

card = Blueprint("card", __name__)
card.add_app_template_filter(stranger_fields)


@card.app_template_filter("language_names")
def name_languages(codes: Iterable[str]) -> str:
    """Return languages in the reader's own language, one after another."""
    return ", ".join(map(_name, codes))


def _name(code: str) -> str:
    try:
        return Locale.parse(code).get_display_name(get_locale()) or code
    except (ValueError, UnknownLocaleError):
        return code
