"""How we met, how often I greet, what somebody is to me: in the reader's language."""

from datetime import date, tzinfo

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from matchmaker.people.card_sides import Boundary
from matchmaker.people.contact import Contact
from matchmaker.people.rhythm import Rhythm


def word_day(day: date) -> str:
    """Return a day as it is written in the reader's language."""
    return str(format_date(day, "long"))


def word_moment(contact: Contact, zone: tzinfo) -> tuple[str, str]:
    """Return the day and the time at which two met, on the clock of that place."""
    moment = contact.met_at.astimezone(zone)
    return word_day(moment.date()), str(format_time(moment, "short", rebase=False))


def word_met(contact: Contact, zone: tzinfo) -> str:
    """Return when and where two met, on the clock of that place."""
    day, time = word_moment(contact, zone)
    if contact.event_name:
        return _(
            "Met on %(day)s, %(time)s, at %(event)s",
            day=day,
            time=time,
            event=contact.event_name,
        )
    return _("Met on %(day)s", day=day)


def word_how_we_met(contact: Contact, zone: tzinfo) -> str:
    """Return how two met and what they could give each other, each on a line of its own."""
    lines = [word_met(contact, zone)]
    if contact.could_give:
        lines.append(_("They were looking for: %(what)s", what=contact.could_give))
    if contact.could_get:
        lines.append(_("They offered: %(what)s", what=contact.could_get))
    return "\n".join(lines)


def word_boundaries() -> list[tuple[Boundary, str, str]]:
    """Return what somebody may be to me, each with a word and what they see of my card then."""
    return [
        (Boundary.BUSINESS, _("Business"), _("They see the business side of my card.")),
        (Boundary.PERSONAL, _("Personal"), _("They see the personal side.")),
        (Boundary.BOTH, _("Both"), _("They see both sides.")),
    ]


def word_rhythms() -> list[tuple[Rhythm, str, str]]:
    """Return the rhythms, each with a word and how long it is."""
    return [
        (Rhythm.CLOSE, _("Close"), _("A greeting every month.")),
        (Rhythm.REGULAR, _("Regular"), _("Every three months.")),
        (Rhythm.NOW_AND_THEN, _("Now and then"), _("Once a year.")),
        (Rhythm.OFF, _("No reminders"), ""),
    ]
