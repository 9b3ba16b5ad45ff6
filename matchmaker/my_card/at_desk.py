"""Who has no phone or no battery is served at the desk, and says yes there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker import card_exchange
from matchmaker.cards.codes import SPOKEN_CODE_LENGTH, normalize_code
from matchmaker.my_card import asking, codes, spoken
from matchmaker.people.attendee import Attendee
from matchmaker.people.connection_request import Via
from matchmaker.people.event import Event
from matchmaker.people.person import Person
from matchmaker.people.refusals import CardRevoked
from matchmaker.storage import attendees
from matchmaker.storage.connect import Database


@dataclass(frozen=True, kw_only=True)
class Served:
    """Whom the code belonged to, and whether cards were exchanged or only asked for."""

    other: Person
    exchanged: bool


def find_owner_at_desk(
    database: Database, event: Event, typed: str, *, helper: str, now: datetime
) -> tuple[Person, Via | None]:
    """Return whose code a helper typed, and how to ask, or None where the code is consent.

    Raises
    ------
    CardRevoked
        If it is nobody's of this event, old or revoked.
    TooManyTries
        If this helper typed too many spoken codes.
    """
    if normalize_code(typed, length=SPOKEN_CODE_LENGTH):
        by = f"desk:{helper}"
        return spoken.get_speaker(database, event, typed, tried_by=by, now=now), Via.SPOKEN
    with database.reading() as session:
        opened = codes.open_code(session, typed)
        if attendees.find_attendee_of(session, event.id, opened.owner.id) is None:
            raise CardRevoked
    return opened.owner, None if opened.is_consent else Via.BADGE


def exchange_at_desk(
    session: Session,
    event: Event,
    served: Attendee,
    other: Person,
    *,
    via: Via | None,
    now: datetime,
) -> Served:
    """Exchange cards for somebody who stands at the desk, or ask for the other's.

    Raises
    ------
    OwnCard, CardRevoked
        As ``card_exchange.exchange`` does.
    """
    if via is None:
        card_exchange.exchange(session, served.person, other, event, now=now)
        return Served(other=other, exchanged=True)
    contact = asking.ask(session, served.person, other, event, via=via, now=now)
    return Served(other=other, exchanged=contact is not None)
