"""Which fields of a card which reader gets."""

from collections.abc import Collection
from dataclasses import fields, replace
from enum import StrEnum
from typing import Final

from matchmaker.people.card import CardFields, clean_link
from matchmaker.people.person import Person


class Boundary(StrEnum):
    """What somebody is to the owner of a card: a partner, a friend, or both."""

    BUSINESS = "business"
    PERSONAL = "personal"
    BOTH = "both"


CHOICES: Final = (
    "name", "call_name", "role", "organization", "line", "email", "phone", "site", "links",
    "languages", "photo",
)  # fmt: skip
"""The fields whose owner may show or hide each, on either side, in the order of the card."""

_OF_STRANGERS: Final = frozenset({"name", "call_name", "role", "organization", "line", "languages"})
_OF_BADGES: Final = frozenset({"name", "call_name", "role", "organization"})
_NAME_PARTS: Final = frozenset({"given_name", "family_name"})


def shown_side(person: Person, boundary: str = Boundary.BUSINESS) -> CardFields:
    """Return what a contact gets of a person's card; what is hidden is empty.

    ``boundary`` is what the person made of this contact; anything unknown counts as business.
    A personal side that is not filled yet shows nothing: its reader gets the business side. For
    both, the personal side fills the gaps of the business side, and where the two differ in
    e-mail, phone or site, the personal one stands among the links.
    """
    business = _without(person.business, person.hidden_business)
    personal = _without(person.personal, person.hidden_personal)
    if boundary not in {Boundary.PERSONAL, Boundary.BOTH} or not is_filled(personal):
        return business
    if boundary == Boundary.BOTH:
        return _join(business, personal)
    named = personal.name or personal.call_name
    return personal if named else _with_name_of(personal, business)


def stranger_fields(person: Person) -> CardFields:
    """Return what those see to whom a person is suggested: no way to reach them."""
    return _only(shown_side(person), _OF_STRANGERS)


def badge_fields(person: Person) -> CardFields:
    """Return what stands on a person's printed badge, and what its code opens."""
    return _only(shown_side(person), _OF_BADGES)


def is_filled(side: CardFields) -> bool:
    """Return whether a side says anything; a photo alone, which both sides share, does not."""
    return replace(side, photo="") != CardFields()


def _without(side: CardFields, hidden: Collection[str]) -> CardFields:
    return _only(side, frozenset(CHOICES) - frozenset(hidden))


def _only(side: CardFields, kept: Collection[str]) -> CardFields:
    wanted = {*kept, *(_NAME_PARTS if "name" in kept else ())}
    return CardFields(
        **{one.name: getattr(side, one.name) for one in fields(side) if one.name in wanted}
    )


def _with_name_of(side: CardFields, named: CardFields) -> CardFields:
    return replace(
        side,
        name=named.name,
        given_name=named.given_name,
        family_name=named.family_name,
        call_name=side.call_name or named.call_name,
    )


def _join(business: CardFields, personal: CardFields) -> CardFields:
    """Return both sides as one: a gap is filled, nothing that either shows is lost."""
    first = business if business.name else _with_name_of(business, personal)
    gaps = ("call_name", "organization", "role", "line", "email", "phone", "site", "photo")
    filled = {name: getattr(first, name) or getattr(personal, name) for name in gaps}
    second = (
        ("email", f"mailto:{personal.email}"),
        ("phone", f"tel:{personal.phone}"),
        ("site", personal.site),
    )
    more = [link for name, link in second if getattr(personal, name) not in {"", filled[name]}]
    links = (*business.links, *filter(None, map(clean_link, more)), *personal.links)
    return replace(
        first,
        **filled,
        links=tuple(dict.fromkeys(links)),
        languages=tuple(dict.fromkeys((*business.languages, *personal.languages))),
    )
