"""What is due today and what comes later, for one person."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from matchmaker.people.follow_up import FollowUp, list_greetings, list_promises, split_by_day
from matchmaker.people.person import Person
from matchmaker.storage import attendees, contacts, events, safety


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A person's follow-ups as of ``today`` on a clock of ``zone``; the most urgent first."""

    today: date
    zone: tzinfo
    promises: tuple[FollowUp, ...]
    later_promises: tuple[FollowUp, ...]
    greetings: tuple[FollowUp, ...]
    later_greetings: tuple[FollowUp, ...]

    @property
    def due(self) -> tuple[FollowUp, ...]:
        """All that is due today: promises, then greetings."""
        return self.promises + self.greetings

    @property
    def everything(self) -> tuple[FollowUp, ...]:
        """All that is open, due or not."""
        return self.due + self.later_promises + self.later_greetings


def find_zone(session: Session, person: Person) -> tzinfo:
    """Return the time zone of the latest event that a person attends, else UTC."""
    attended = attendees.list_attendances(session, person.id)
    if not attended:
        return UTC
    return ZoneInfo(events.get_event(session, attended[0].event_id).time_zone)


def read_agenda(session: Session, person: Person, *, zone: tzinfo, now: datetime) -> Agenda:
    """Return what a person has to follow up: of whom they block, only what they had promised."""
    found = contacts.list_contacts(session, person.id)
    apart = {block.person for block in safety.list_blocks_of(session, person.id)}
    to_greet = [contact for contact in found if contact.other not in apart]
    today = now.astimezone(zone).date()
    promises, later_promises = split_by_day(list_promises(found, zone), today)
    greetings, later_greetings = split_by_day(list_greetings(to_greet, zone), today)
    return Agenda(
        today=today,
        zone=zone,
        promises=tuple(promises),
        later_promises=tuple(later_promises),
        greetings=tuple(greetings),
        later_greetings=tuple(later_greetings),
    )
