"""A person's follow-ups as a calendar to subscribe to, at a secret address."""

from flask import Blueprint
from flask_babel import force_locale
from werkzeug.wrappers import Response

from matchmaker.follow_ups import signed_links
from matchmaker.follow_ups.agenda import find_zone, read_agenda
from matchmaker.web.answers import calendar_answer
from matchmaker.web.calendar_words import write_feed
from matchmaker.web.parts import parts, present, reading

feed = Blueprint("feed", __name__)


@feed.get("/feed/<feed>.ics")
def calendar(feed: str) -> Response:
    """Give the calendar, in its owner's language: programs that fetch it have none of their own."""
    now = present()
    with reading() as session:
        owner = signed_links.get_feed_owner(session, feed, parts().settings.secret_key)
        agenda = read_agenda(session, owner, zone=find_zone(session, owner), now=now)
    with force_locale(owner.language):
        data = write_feed(agenda.everything, now=now)
    return calendar_answer(data, name="keep-in-touch")
