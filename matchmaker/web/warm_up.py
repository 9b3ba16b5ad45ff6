"""Getting the matcher ready while the first reader is still reading the first page."""

import logging
import threading

from flask import Flask

from matchmaker.people.event import Phase
from matchmaker.storage import events
from matchmaker.web.parts import parts, present

_LOG = logging.getLogger(__name__)


def init_warm_up(app: Flask) -> None:
    """At the first request, load the matching and follow the rooms of open events.

    Not when the app is made: gunicorn makes it before it forks, and threads don't survive that.
    """
    started = threading.Event()

    @app.before_request
    def start_once() -> None:
        if not started.is_set():
            started.set()
            threading.Thread(target=_warm_up, args=(app,), name="warm-up", daemon=True).start()


def _warm_up(app: Flask) -> None:
    try:
        with app.app_context(), parts().database.reading() as session:
            for event in events.list_events(session):
                if event.phase(present()) is not Phase.AFTER:
                    parts().follower.catch_up(session, event)
    except Exception:
        # The first join then pays for it; whatever is wrong will show there too.
        _LOG.exception("warming up failed")
