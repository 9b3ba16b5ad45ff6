"""The form by which somebody tells the organizer about another."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from wtforms import Field
from wtforms.validators import ValidationError

from matchmaker.people.safety import REPORT_LIMIT
from matchmaker.web.forms import PhoneForm, text_field


class ReportPage(PhoneForm):
    """What happened, in the words of whom it happened to."""

    words = text_field(lazy("What happened?"), REPORT_LIMIT)

    def validate_words(self, field: Field) -> None:
        """Nobody can act on a report without words."""
        if not field.data:
            raise ValidationError(_("Please write what happened, in a few words."))
