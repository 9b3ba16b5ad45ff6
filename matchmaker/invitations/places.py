"""Two who both want to meet stand on each other's list."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.ids import AttendeeId
from matchmaker.people.reasons import fresh_reasons, texts_digest
from matchmaker.people.suggestion import Bridge
from matchmaker.storage import attendees, suggestions
from matchmaker.storage.suggestions import Place


def place_both(session: Session, one: Attendee, other: AttendeeId, *, now: datetime) -> None:
    """Put each of the two on the other's list, if one of them is on the other's already.

    It is one more than a list else holds, if need be: they are agreed.
    """
    second = attendees.get_attendee(session, one.event_id, other)
    for to, about in ((one, second), (second, one)):
        mirror = suggestions.find_place(session, about.id, to.id)
        if mirror is not None and suggestions.find_place(session, to.id, about.id) is None:
            turned = _turn(mirror, to, about, now)
            suggestions.add_places(session, one.event_id, [turned])


def _turn(mirror: Place, to: Attendee, about: Attendee, now: datetime) -> Place:
    pairing = replace(
        mirror.pairing,
        to=to.id,
        about=about.id,
        give=mirror.pairing.get,
        get=mirror.pairing.give,
        bridge=Bridge.NONE,
        # The next plan tells the reasons anew.
        provisional=True,
    )
    told = fresh_reasons(mirror.reasons, about, to)
    reasons: dict[str, Any] = {
        "texts": texts_digest(to, about),
        "give": told.get("get"),
        "get": told.get("give"),
    }
    return Place(pairing=pairing, reasons=reasons, placed_at=now, seen_at=now)
