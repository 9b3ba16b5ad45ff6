"""Forms of invitations, meetings, and of the places and breaks in which people meet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from matchmaker.invitations.programme import POINT_LIMIT
from matchmaker.people.event import Event
from matchmaker.people.invitation import ASK_LIMIT, GIVE_LIMIT
from matchmaker.people.meeting import PLACE_LIMIT
from matchmaker.people.refusals import InvalidField, Refusal, TooManyInvitations
from matchmaker.web.forms import PhoneForm, line_field, text_field


class InvitePage(PhoneForm):
    """A note that starts with what one can give."""

    give = text_field(lazy("What I can give"), GIVE_LIMIT)
    ask = text_field(lazy("What I would like to ask"), ASK_LIMIT)

    def validate_give(self, field: Field) -> None:
        """An ask alone is not sent."""
        if not field.data:
            raise ValidationError(_word_missing_gift())


class ArrangePage(PhoneForm):
    """Where to meet; when is the button that sends it."""

    where = RadioField(lazy("Where?"), validate_choice=False)
    own = line_field(lazy("I am at …"), PLACE_LIMIT)

    def offer(self, points: Sequence[str]) -> None:
        """Let the reader choose among the organizer's meeting points."""
        self.where.choices = [SelectChoice(value=point, label=point) for point in points]

    def place(self, points: Sequence[str], before: str) -> str:
        """Return the place that was typed, else chosen, else the one from before."""
        if self.own.data:
            return str(self.own.data)
        return str(self.where.data) if self.where.data in points else before


class OutcomePage(PhoneForm):
    """What one alone thinks of a meeting."""

    could_help = RadioField(lazy("Could you help them?"), validate_choice=False)
    could_be_helped = RadioField(lazy("Could they help you?"), validate_choice=False)

    def validate_could_help(self, field: Field) -> None:
        """Each question has its own answer."""
        _check_answered(field)

    def validate_could_be_helped(self, field: Field) -> None:
        """Each question has its own answer."""
        _check_answered(field)


class PointPage(PhoneForm):
    """One more place for meeting."""

    point = line_field(lazy("Name of the place"), POINT_LIMIT)


class BreakPage(FlaskForm):  # type: ignore[misc]
    """One more break, on the clock of the event's place."""

    starts_at = DateTimeLocalField(
        lazy("The break begins"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        validators=[InputRequired(lazy("Please give a day and a time."))],
    )

    def read(self, event: Event) -> datetime:
        """Return the moment that was typed."""
        typed: datetime = self.starts_at.data
        return typed.replace(tzinfo=ZoneInfo(event.time_zone))


def put_problem(form: Any, refused: Refusal) -> None:
    """Say at its field why a form was refused."""
    match refused:
        case TooManyInvitations():
            form.give.errors = [_word_too_many(refused)]
        case InvalidField():
            name = {"place": "own", "when": "own"}.get(refused.field, refused.field)
            form[name].errors = [_word_problem(refused)]


def _word_too_many(refused: TooManyInvitations) -> str:
    return _(
        "You have %(most)s open invitations, as many as the people you wish to meet. Take one "
        "back first. You can walk up to anybody on your list without asking.",
        most=refused.most,
    )


def _word_missing_gift() -> str:
    return _("Please start with something you can give, however small. An ask alone is not sent.")


def _word_problem(refused: InvalidField) -> str:
    match (refused.field, refused.problem):
        case ("give", "missing"):
            return _word_missing_gift()
        case ("place", "missing"):
            return _("Please choose a place, or say where you are.")
        case ("when", "no_break"):
            return _("There is no break left. Please choose another time.")
        case ("point", "missing"):
            return _("Please name a place.")
        case ("starts_at", "outside_event"):
            return _("This is not while the event runs.")
        case ("point" | "starts_at", "too_many"):
            return _("There are thirty already. Please take one away first.")
    return _("This is too long.")


def _check_answered(field: Field) -> None:
    if field.data not in {"yes", "no"}:
        raise ValidationError(_("Please choose yes or no. Only you see it."))
