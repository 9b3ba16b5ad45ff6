"""Forms: what people type, cleaned and checked by the rules, errors in their language."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from matchmaker.people.attendee import DEFAULT_WISH, LINE_LIMIT, NAME_LIMIT, TEXT_LIMIT, WISHES
from matchmaker.people.clean import clean_line, clean_text
from matchmaker.people.reach import read_email, read_phone, read_site
from matchmaker.people.refusals import InvalidField

LANGUAGE_NAMES = (("en", "English"), ("vi", "Tiếng Việt"), ("it", "Italiano"), ("he", "עברית"))


def line_field(label: Any, limit: int = LINE_LIMIT, **more: Any) -> StringField:
    """Return a field for one line of at most ``limit`` characters, cleaned."""
    return StringField(label, filters=[_cleaned(clean_line)], validators=[_at_most(limit)], **more)


def text_field(label: Any, limit: int = TEXT_LIMIT) -> TextAreaField:
    """Return a field for a text of at most ``limit`` characters, cleaned."""
    return TextAreaField(label, filters=[_cleaned(clean_text)], validators=[_at_most(limit)])


def _cleaned(clean: Callable[[str], str]) -> Callable[[str | None], str]:
    return lambda typed: clean(typed or "")


def _at_most(limit: int) -> Callable[[FlaskForm, Field], None]:
    def check(_form: FlaskForm, field: Field) -> None:
        over = len(field.data or "") - limit
        if over > 0:
            raise ValidationError(
                _(
                    "Please shorten this by %(over)s characters (at most %(limit)s).",
                    over=over,
                    limit=limit,
                )
            )

    return check


class PhoneForm(FlaskForm):  # type: ignore[misc]
    """A form from a phone; ``client_key`` is made there, so that sending twice does no harm."""

    client_key = HiddenField(filters=[_cleaned(clean_line)], validators=[_at_most(64)])


class ReachMixin:
    """One field for a phone number or an e-mail address."""

    reach: StringField
    country = ""

    def validate_reach(self, field: Field) -> None:
        """Read the field as what it looks like; keep a clear error at it."""
        self.email, self.phone = "", ""
        try:
            if "@" in field.data:
                self.email = read_email(field.data)
            else:
                self.phone = read_phone(field.data, country=self.country)
        except InvalidField as refused:
            raise ValidationError(word_invalid(refused)) from refused


MAILS: Final = lazy(
    "Send me my contacts by e-mail after the event, and at most one reminder a week to keep in "
    "touch"
)
"""What one tick agrees to: all mails that come by themselves, and no others."""


class JoinPage(ReachMixin, PhoneForm):
    """The first page: what one offers, what one needs, and how to be called."""

    offer = text_field(lazy("What could you help somebody with?"))
    need = text_field(lazy("What are you looking for?"))
    name = line_field(lazy("Your name"), NAME_LIMIT)
    reach = line_field(lazy("Phone or e-mail"), 254)
    wants_mail = BooleanField(MAILS)

    def validate_offer(self, field: Field) -> None:
        """Ask for one of the two texts at least: without any there is nothing to go by."""
        if not field.data and not self.need.data:
            raise ValidationError(
                _("Please write something here or in the next answer: it is how we find people.")
            )


class LeavePage(ReachMixin, PhoneForm):
    """A stranger leaves a card back."""

    name = line_field(lazy("Your name"), NAME_LIMIT)
    reach = line_field(lazy("Phone or e-mail"), 254)
    note = text_field(lazy("A few words"), 300)
    consent = BooleanField(lazy("They may keep this and write to me"))

    def validate_name(self, field: Field) -> None:
        """Nobody can keep a card without a name."""
        if not field.data:
            raise ValidationError(_("Please write your name."))

    def validate_consent(self, field: Field) -> None:
        """Nothing is kept without consent."""
        if not field.data:
            raise ValidationError(_("Please tick this, else we may not hand your card over."))


class MorePage(PhoneForm):
    """*Tell more*: everything that can wait until after the first suggestions."""

    country = ""

    offer = text_field(lazy("What could you help somebody with?"))
    need = text_field(lazy("What are you looking for?"))
    name = line_field(lazy("Your name"), NAME_LIMIT)
    call_name = line_field(lazy("How should people call you?"), 60)
    role = line_field(lazy("What you do"), NAME_LIMIT)
    organization = line_field(lazy("Organization or business"), NAME_LIMIT)
    line = line_field(lazy("How to introduce me, in one line"))
    spot = line_field(lazy("How to spot me"))
    can_introduce = text_field(lazy("I can introduce you to …"))
    serves = line_field(lazy("Whom you serve"), 200)
    decides = line_field(lazy("Who decides"), 200)
    sets_apart = line_field(lazy("What sets you apart"), 200)
    email = line_field(lazy("E-mail"), 254)
    phone = line_field(lazy("Phone"), 60)
    site = line_field(lazy("Web site"), 300)
    speaks = SelectMultipleField(
        lazy("Languages I can talk in"),
        choices=[SelectChoice(value=code, label=name) for code, name in LANGUAGE_NAMES],
    )
    wish = IntegerField(lazy("How many new people would you like to meet?"), default=DEFAULT_WISH)
    welcomes_newcomers = BooleanField(lazy("I can welcome newcomers"))
    hosts_table = BooleanField(lazy("I host a table"))
    meets_own_organization = BooleanField(
        lazy("People of my own organization may be suggested to me")
    )
    wants_mail = BooleanField(MAILS)

    def validate_email(self, field: Field) -> None:
        """Read the address into its normal form."""
        read_into(field, read_email)

    def validate_phone(self, field: Field) -> None:
        """Read the number into its international form."""
        read_into(field, lambda typed: read_phone(typed, country=self.country))

    def validate_site(self, field: Field) -> None:
        """Accept only a web address that is safe to show."""
        read_into(field, read_site)

    def validate_wish(self, field: Field) -> None:
        """Keep the wish within what an evening can hold."""
        if field.data is None or field.data not in WISHES:
            raise ValidationError(
                _(
                    "Please choose a number from %(low)s to %(high)s.",
                    low=WISHES[0],
                    high=WISHES[-1],
                )
            )


class KeepPage(PhoneForm):
    """The owner's own words on a contact."""

    promise = line_field(lazy("Something I said I’d send"))
    note = text_field(lazy("Note"), 2000)


class OutboxPage(PhoneForm):
    """What waited on a phone for the network; ``*_before`` is what the phone showed until then."""

    code = line_field("code", 100)
    contact = line_field("contact", 64)
    promise = line_field("promise")
    promise_before = line_field("promise before")
    note = text_field("note", 2000)
    note_before = text_field("note before", 2000)


class HaveCardPage(PhoneForm):
    """A private link, or a code from the desk."""

    proof = line_field(lazy("Private link, or code from the desk"), 400)
    next = HiddenField(filters=[_cleaned(clean_line)], validators=[_at_most(400)])


def new_client_key() -> str:
    """Return a key for a form whose phone made none (no JavaScript): one per page shown."""
    return secrets.token_urlsafe(16)


def word_invalid(refused: InvalidField) -> str:
    """Return what is wrong with a field, in words that say what to do."""
    match refused.problem:
        case "not_an_email":
            return _("This does not look like an e-mail address. It needs an @ and an ending.")
        case "not_a_phone":
            return _(
                "This can’t be a phone number. With the country code, as in +39 …, it always works."
            )
        case "not_a_link":
            return _("This can’t be a web address. It looks like example.org.")
        case "too_long":
            return _("This is too long.")
    return _("Please look at this again.")


def read_into(field: Field, read: Callable[[str], str]) -> None:
    """Replace what was typed by what ``read`` makes of it, or say at the field what is wrong."""
    try:
        field.data = read(field.data)
    except InvalidField as refused:
        raise ValidationError(word_invalid(refused)) from refused


def accept_next(default: str) -> str:
    """Return where a form wants to go on: a path of our own, never another site."""
    wanted = request.values.get("next", "")
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_ours and wanted.isprintable() and "\\" not in wanted else default
