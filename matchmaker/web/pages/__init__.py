"""The doors, one file per kind of page; each view loads and authorizes in its first lines."""

from flask import Flask

from matchmaker.web.pages import badges as _badges  # noqa: F401 - adds its routes to the organizer's
from matchmaker.web.pages import desk as _desk  # noqa: F401
from matchmaker.web.pages import desk_card as _desk_card  # noqa: F401
from matchmaker.web.pages import programme as _programme  # noqa: F401 - so does this one
from matchmaker.web.pages.card import card, list_waiting_asks
from matchmaker.web.pages.circles import circles, list_waiting_circles
from matchmaker.web.pages.contacts import contacts
from matchmaker.web.pages.evening import evening
from matchmaker.web.pages.exchange import exchange, list_waiting_exchanges
from matchmaker.web.pages.feed import feed
from matchmaker.web.pages.home import pages
from matchmaker.web.pages.introduction_requests import list_waiting_requests
from matchmaker.web.pages.introductions import introductions, list_waiting_introductions
from matchmaker.web.pages.invitations import invitations, list_waiting_invitations
from matchmaker.web.pages.join import join
from matchmaker.web.pages.keep_in_touch import keep_in_touch, list_waiting_follow_ups
from matchmaker.web.pages.me import me
from matchmaker.web.pages.meetings import list_waiting_meetings, meetings
from matchmaker.web.pages.offline import offline
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.pages.outbox import outbox
from matchmaker.web.pages.people import people
from matchmaker.web.pages.promises import promises
from matchmaker.web.pages.rounds import list_waiting_rounds, rounds
from matchmaker.web.pages.safety import safety
from matchmaker.web.pages.scan import scan
from matchmaker.web.pages.sign_in import sign_in
from matchmaker.web.pages.unsubscribe import unsubscribe
from matchmaker.web.waiting import Sources, init_waiting

_WAITING = Sources(
    of_person=(
        list_waiting_asks,
        list_waiting_exchanges,
        list_waiting_introductions,
        list_waiting_requests,
        list_waiting_follow_ups,
    ),
    of_attendee=(
        list_waiting_invitations,
        list_waiting_meetings,
        list_waiting_rounds,
        list_waiting_circles,
    ),
)
"""What may wait for somebody; each kind of page that asks for an answer adds its own."""

_BLUEPRINTS = (
    card, circles, contacts, evening, exchange, feed, introductions, invitations, join,
    keep_in_touch, me, meetings, offline, organizer, outbox, pages, people, promises, rounds,
    safety, scan, sign_in, unsubscribe,
)  # fmt: skip


def init_pages(app: Flask) -> None:
    """Register every page."""
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_waiting(app, _WAITING)
