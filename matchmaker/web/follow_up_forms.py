"""Forms for following up: a promise with its day."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from matchmaker.people.clean import clean_line
from matchmaker.people.promise import PROMISE_LIMIT, is_possible_day
from matchmaker.web.forms import PhoneForm


def _clean(typed: Any) -> str:
    return clean_line(typed or "")


class PromisePage(PhoneForm):
    """What I said I would do for a contact, and by when."""

    text = StringField(lazy("What I said I’d do"), filters=[_clean])
    day = StringField(lazy("By when (may stay empty)"), filters=[_clean])
    today: date
    due_on: date | None = None

    def validate_text(self, field: Field) -> None:
        """Ask for words, and not too many."""
        if not field.data:
            raise ValidationError(_("Please write what you said you’d do."))
        over = len(field.data) - PROMISE_LIMIT
        if over > 0:
            raise ValidationError(
                _(
                    "Please shorten this by %(over)s characters (at most %(limit)s).",
                    over=over,
                    limit=PROMISE_LIMIT,
                )
            )

    def validate_day(self, field: Field) -> None:
        """Read the day; a day that has gone by can't be promised for."""
        if not field.data:
            return
        try:
            day = date.fromisoformat(field.data)
        except ValueError:
            raise ValidationError(_("This is no day. Write it as 2027-01-31.")) from None
        if not is_possible_day(day, today=self.today):
            raise ValidationError(_("Please choose a day from today on, within five years."))
        self.due_on = day
