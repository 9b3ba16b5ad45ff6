"""The doors, one file per kind of page; each view loads and authorizes in its first lines."""

from flask import Flask

from matchmaker.web.pages import desk as _desk  # noqa: F401 - adds its routes to the organizer's
from matchmaker.web.pages.card import card
from matchmaker.web.pages.contacts import contacts
from matchmaker.web.pages.home import pages
from matchmaker.web.pages.join import join
from matchmaker.web.pages.me import me
from matchmaker.web.pages.offline import offline
from matchmaker.web.pages.organizer import organizer
from matchmaker.web.pages.outbox import outbox
from matchmaker.web.pages.people import people
from matchmaker.web.pages.scan import scan
from matchmaker.web.pages.sign_in import sign_in
from matchmaker.web.waiting import Source, init_waiting

_WAITING: tuple[Source, ...] = ()
"""What may wait for somebody; each kind of page that asks for an answer adds its own."""


def init_pages(app: Flask) -> None:
    """Register every page."""
    for blueprint in (card, contacts, pages, join, me, organizer, people, sign_in):
        app.register_blueprint(blueprint)
    for blueprint in (offline, outbox, scan):
        app.register_blueprint(blueprint)
    init_waiting(app, _WAITING)
