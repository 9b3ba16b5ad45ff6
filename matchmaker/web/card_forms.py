"""The form of one's own card: two sides, and of each what shows."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from wtforms import (
    BooleanField,
    Field,
    Form,
    FormField,
    SelectChoice,
    SelectMultipleField,
)
from wtforms.validators import ValidationError

from matchmaker.my_card.sides import CardForm
from matchmaker.people.attendee import LINE_LIMIT, NAME_LIMIT
from matchmaker.people.card import CardFields, clean_link
from matchmaker.people.card_sides import CHOICES, is_filled
from matchmaker.people.person import Person
from matchmaker.people.reach import read_email, read_phone, read_site
from matchmaker.web.forms import LANGUAGE_NAMES, PhoneForm, line_field, read_into, text_field

MOST_LINKS: Final = 5
LONGEST_LINK: Final = 300
_TYPED: Final = (
    "name", "call_name", "role", "organization", "line", "email", "phone", "site",
)  # fmt: skip
_OFFERED: Final = frozenset(code for code, _name in LANGUAGE_NAMES)


class SidePage(Form):  # type: ignore[misc]
    """One side of a card; ``shows`` names the fields that others see."""

    country = ""

    name = line_field(lazy("Your name"), NAME_LIMIT)
    call_name = line_field(lazy("How should people call you?"), 60)
    role = line_field(lazy("What you do"), NAME_LIMIT)
    organization = line_field(lazy("Organization or business"), NAME_LIMIT)
    line = line_field(lazy("How to introduce me, in one line"), LINE_LIMIT)
    phone = line_field(lazy("Phone"), 60)
    email = line_field(lazy("E-mail"), 254)
    site = line_field(lazy("Web site"), 300)
    links = text_field(lazy("More links, one on each line"), MOST_LINKS * (LONGEST_LINK + 1))
    languages = SelectMultipleField(
        lazy("Languages"),
        choices=[SelectChoice(value=code, label=name) for code, name in LANGUAGE_NAMES],
    )
    shows = SelectMultipleField(
        lazy("Shows"), choices=[SelectChoice(value=name, label=name) for name in CHOICES]
    )

    def validate_email(self, field: Field) -> None:
        """Read the address into its normal form."""
        read_into(field, read_email)

    def validate_phone(self, field: Field) -> None:
        """Read the number into its international form."""
        read_into(field, lambda typed: read_phone(typed, country=self.country))

    def validate_site(self, field: Field) -> None:
        """Accept only a web address that is safe to show."""
        read_into(field, read_site)

    def validate_links(self, field: Field) -> None:
        """Accept a few links that are safe to show, and no other."""
        typed = [line for line in field.data.split("\n") if line]
        links = [clean_link(line) for line in typed]
        wrong = next((line for line, link in zip(typed, links, strict=True) if not link), "")
        if wrong:
            raise ValidationError(_("“%(link)s” can’t be a link here.", link=wrong[:60]))
        if len(typed) > MOST_LINKS or any(len(link or "") > LONGEST_LINK for link in links):
            raise ValidationError(
                _(
                    "Please keep at most %(most)s links, each with at most %(limit)s characters.",
                    most=MOST_LINKS,
                    limit=LONGEST_LINK,
                )
            )
        field.data = "\n".join(dict.fromkeys(link for link in links if link))

    def read(self, known: CardFields) -> CardFields:
        """Return the side as typed; languages that we don't ask for stay as they were."""
        kept = tuple(code for code in known.languages if code not in _OFFERED)
        return CardFields(
            **{name: self[name].data for name in _TYPED},
            links=tuple(self.links.data.split("\n")) if self.links.data else (),
            languages=(*self.languages.data, *kept),
        )

    def hidden(self) -> frozenset[str]:
        """Return which fields nobody sees."""
        return frozenset(CHOICES) - frozenset(self.shows.data)


class CardPage(PhoneForm):
    """Both sides of one's own card."""

    business = FormField(SidePage)
    personal = FormField(SidePage)
    badge_is_enough = BooleanField(lazy("My badge is enough"))

    def set_country(self, country: str) -> None:
        """Complete phone numbers without a country code by this country's."""
        self.business.form.country = self.personal.form.country = country

    def read(self, person: Person) -> CardForm:
        """Return what was typed, for a form that was found right."""
        return CardForm(
            business=self.business.form.read(person.business),
            personal=self.personal.form.read(person.personal),
            hidden_business=self.business.form.hidden(),
            hidden_personal=self.personal.form.hidden(),
            badge_is_enough=self.badge_is_enough.data,
        )

    @property
    def wrong_fields(self) -> list[Field]:
        """The fields that need another look, in the order of the page."""
        sides = (self.business.form, self.personal.form)
        return [field for side in sides for field in side if field.errors]


def fill_card(person: Person) -> CardPage:
    """Return the form as it stands before anybody types."""
    return CardPage(
        formdata=None,
        business=_stored(person.business, person.hidden_business),
        personal=_stored(person.personal, person.hidden_personal),
        badge_is_enough=person.badge_is_enough,
    )


def has_personal_side(form: CardPage, person: Person) -> bool:
    """Return whether the personal side says anything yet, typed or stored."""
    return is_filled(person.personal) or is_filled(form.personal.form.read(CardFields()))


def _stored(side: CardFields, hidden: frozenset[str]) -> dict[str, object]:
    return {name: getattr(side, name) for name in _TYPED} | {
        "links": "\n".join(side.links),
        "languages": list(side.languages),
        "shows": [name for name in CHOICES if name not in hidden],
    }
