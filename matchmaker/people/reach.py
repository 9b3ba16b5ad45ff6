"""How somebody can be reached: typed addresses, numbers and sites read into one form."""

from email_validator import EmailNotValidError, validate_email

from matchmaker.people.card import clean_link
from matchmaker.people.clean import clean_line
from matchmaker.people.phone import normalize_phone
from matchmaker.people.refusals import InvalidField

_LONGEST_EMAIL = 254


def read_email(text: str) -> str:
    """Return a typed e-mail address in its normal form; empty stays empty.

    Raises
    ------
    InvalidField
        If it cannot be an address (RFC 5321 and 5322; nothing is looked up).
    """
    text = clean_line(text)
    if not text:
        return ""
    if len(text) > _LONGEST_EMAIL:
        raise InvalidField("email", "too_long")
    try:
        # Sample people live at the domains that RFC 2606 reserves for examples.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InvalidField("email", "not_an_email") from error
    return found.normalized


def read_phone(text: str, *, country: str) -> str:
    """Return a typed phone number as E.164; empty stays empty.

    Raises
    ------
    InvalidField
        If no such number can exist; ``country`` completes numbers without a country code.
    """
    text = clean_line(text)
    if not text:
        return ""
    number = normalize_phone(text, country=country)
    if number is None:
        raise InvalidField("phone", "not_a_phone")
    return number


def read_site(text: str) -> str:
    """Return a typed web address, completed to https; empty stays empty.

    Raises
    ------
    InvalidField
        If it is not a link that is safe to show.
    """
    text = clean_line(text)
    if not text:
        return ""
    link = clean_link(text)
    if link is None or not link.startswith(("http://", "https://")):
        raise InvalidField("site", "not_a_link")
    return link
