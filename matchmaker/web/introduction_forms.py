"""Forms of introductions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from wtforms import Field, HiddenField, RadioField
from wtforms.validators import ValidationError

from matchmaker.people.attendee import TEXT_LIMIT
from matchmaker.people.introduction import OUTCOME_LIMIT, REASON_LIMIT
from matchmaker.web.forms import PhoneForm, text_field


class ProposePage(PhoneForm):
    """Which two should know each other, and why."""

    first = RadioField(lazy("Whom"), validate_choice=False)
    second = RadioField(lazy("To whom"), validate_choice=False)
    reason = text_field(lazy("Why they should know each other"), REASON_LIMIT)
    request = HiddenField()

    def validate_first(self, field: Field) -> None:
        """Nobody is brought together with nobody."""
        if not field.data:
            raise ValidationError(_("Please choose somebody."))

    def validate_second(self, field: Field) -> None:
        """Two are needed, and not the same one twice."""
        if not field.data:
            raise ValidationError(_("Please choose somebody."))
        if field.data == self.first.data:
            raise ValidationError(_("Please choose two different people."))

    def validate_reason(self, field: Field) -> None:
        """Both decide by this reason."""
        if not field.data:
            raise ValidationError(_("Please say why: it is what both of them decide by."))


class WantedPage(PhoneForm):
    """What somebody looks for, in their own words."""

    wanted = text_field(lazy("What are you looking for?"), TEXT_LIMIT)

    def validate_wanted(self, field: Field) -> None:
        """Nobody can ask for nothing."""
        if not field.data:
            raise ValidationError(_("Please say what you are looking for."))


class OutcomePage(PhoneForm):
    """What came of an introduction; may stay empty."""

    outcome = text_field(lazy("What came of it?"), OUTCOME_LIMIT)
