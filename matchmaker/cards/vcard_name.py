"""The two names of a vCard: FN as its owner writes it, N in the parts that are known.

Phones show the contact by N and mostly pass over FN, and RFC 2426 asks for both. So N always
holds the whole name, each word of it once:

* Both parts known: they take their places, and what the whole name has before, between and after
  them becomes prefix, additional names and suffix. ``Nguyễn Thị Minh Khai`` with *Nguyễn* and
  *Khai* is ``N:Nguyễn;Khai;Thị Minh;;``.
* Else the whole name stands in the *given* place, ``N:;Nguyễn Thị Minh Khai;;;``. In the family
  place an address book would write it before a comma, or leave it out where it shows first names.
"""

from matchmaker.cards.plain_text import as_line
from matchmaker.people.card import CardFields

NameParts = tuple[str, str, str, str, str]
"""Family, given, additional, prefixes, suffixes: the order of N."""


def formatted_name(fields: CardFields) -> str:
    """Return the value of FN: the whole name, else the next best thing the card shows."""
    parts = " ".join(filter(None, (as_line(fields.given_name), as_line(fields.family_name))))
    stand_ins = (fields.name, fields.call_name, parts, fields.organization, fields.email)
    return next(filter(None, map(as_line, (*stand_ins, fields.phone))), "")


def name_parts(fields: CardFields) -> NameParts:
    """Return the five components of N. A name is never taken apart by guessing."""
    whole = formatted_name(fields)
    given, family = as_line(fields.given_name), as_line(fields.family_name)
    if not (given and family):
        return ("", whole, "", "", "")
    rest = _around(whole, family, given) or _around(whole, given, family) or ("", "", "")
    before, between, after = rest
    return (family, given, between, before, after.lstrip(" ,،、"))


def _around(whole: str, first: str, second: str) -> tuple[str, str, str] | None:
    """Return what stands before, between and after two parts of a name, if both are in it."""
    start = whole.find(first)
    middle = start + len(first)
    end = whole.find(second, middle)
    if start < 0 or end < 0:
        return None
    before, between, after = whole[:start], whole[middle:end], whole[end + len(second) :]
    borders = before[-1:] + between[:1] + between[-1:] + after[:1]
    if any(map(_is_in_word, borders)):
        return None
    return before.strip(), between.strip(), after.strip()


def _is_in_word(character: str) -> bool:
    return not character.isspace() and character not in ",،、"
