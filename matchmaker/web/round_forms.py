"""The organizer's form for rounds."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange

from matchmaker.people.event import Event
from matchmaker.people.refusals import InvalidField
from matchmaker.people.seating import MOST_ROUNDS, ROUND_MINUTES
from matchmaker.rounds.programme import RoundsForm


def _between(low: int, high: int) -> list[Any]:
    said = lazy("Please give a whole number from %(low)s to %(high)s.", low=low, high=high)
    return [InputRequired(said), NumberRange(low, high, said)]


class ClockField(TimeField):  # type: ignore[misc]
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; what is no time is said in the reader's language."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please give a time, such as 19:30.")) from None


class RoundsPage(FlaskForm):  # type: ignore[misc]
    """Rounds one after another, by the clock of the event's place."""

    starts = ClockField(
        lazy("First round at"), validators=[InputRequired(lazy("Please give a time."))]
    )
    count = IntegerField(lazy("How many rounds"), default=3, validators=_between(1, MOST_ROUNDS))
    minutes = IntegerField(
        lazy("Minutes at a table"),
        default=8,
        validators=_between(ROUND_MINUTES[0], ROUND_MINUTES[-1]),
    )
    pause = IntegerField(lazy("Minutes to change tables"), default=3, validators=_between(1, 60))
    table_size = SelectField(
        lazy("At each table"),
        choices=[
            SelectChoice(value="2", label=lazy("two people")),
            SelectChoice(value="3", label=lazy("three people")),
        ],
        default="2",
    )

    def read(self, event: Event, now: datetime) -> RoundsForm:
        """Return what was typed: the time is the next such time at the event."""
        zone = ZoneInfo(event.time_zone)
        day = max(now, event.starts_at).astimezone(zone)
        start = datetime.combine(day.date(), self.starts.data, tzinfo=zone)
        if start < max(now, event.starts_at) and start + timedelta(days=1) < event.ends_at:
            start += timedelta(days=1)
        return RoundsForm(
            count=self.count.data,
            starts_at=start,
            minutes=self.minutes.data,
            pause=self.pause.data,
            table_size=int(self.table_size.data),
        )


def word_rounds_problem(refused: InvalidField) -> str:
    """Return what is wrong with the plan, in the reader's language."""
    return {
        "after_the_end": _("So many rounds would go on after the event has ended."),
        "taken": _("Other rounds are planned at that time. Call them off first."),
        "past": _("That time has passed."),
        "outside": _("The event is not running at that time."),
    }.get(refused.problem, _("Please check this."))
