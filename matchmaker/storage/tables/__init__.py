"""Every table, one file per kind of thing; importing this package knows them all."""

from matchmaker.storage.tables.attendees import AttendeeRow
from matchmaker.storage.tables.base import Base
from matchmaker.storage.tables.contacts import ContactRow, ExchangeRow, PromiseRow
from matchmaker.storage.tables.events import EventRow
from matchmaker.storage.tables.organizers import EventOrganizerRow, OrganizerRow, SignInLinkRow
from matchmaker.storage.tables.people import CardCodeRow, DeskCodeRow, PersonRow
from matchmaker.storage.tables.suggestions import InvitationRow, PlanRow, SuggestionRow
from matchmaker.storage.tables.vectors import TextVectorRow
from matchmaker.storage.tables.work import AttemptRow, JobRow

__all__ = [
    "AttemptRow",
    "AttendeeRow",
    "Base",
    "CardCodeRow",
    "ContactRow",
    "DeskCodeRow",
    "EventOrganizerRow",
    "EventRow",
    "ExchangeRow",
    "InvitationRow",
    "JobRow",
    "OrganizerRow",
    "PersonRow",
    "PlanRow",
    "PromiseRow",
    "SignInLinkRow",
    "SuggestionRow",
    "TextVectorRow",
]
