"""Every table, one file per kind of thing; importing this package knows them all."""

from matchmaker.storage.tables.attendees import AttendeeRow
from matchmaker.storage.tables.base import Base
from matchmaker.storage.tables.contacts import (
    ConnectionRequestRow,
    ContactRow,
    ExchangeRow,
    PromiseRow,
)
from matchmaker.storage.tables.events import EventRow
from matchmaker.storage.tables.introductions import (
    IntroducedRow,
    IntroductionRequestRow,
    IntroductionRow,
)
from matchmaker.storage.tables.invitations import (
    BreakRow,
    InvitationRow,
    MeetingOutcomeRow,
    MeetingPointRow,
    MeetingRow,
)
from matchmaker.storage.tables.mail import MailStopRow, SentMailRow
from matchmaker.storage.tables.organizers import EventOrganizerRow, OrganizerRow, SignInLinkRow
from matchmaker.storage.tables.people import (
    CardCodeRow,
    DeskCodeRow,
    PersonRow,
    PhotoRow,
    SpokenCodeRow,
)
from matchmaker.storage.tables.safety import BlockRow, ReportRow
from matchmaker.storage.tables.seatings import CircleRow, CircleSeatRow, RoundRow, SeatRow
from matchmaker.storage.tables.suggestions import PlanRow, SuggestionRow
from matchmaker.storage.tables.vectors import TextVectorRow
from matchmaker.storage.tables.work import AttemptRow, JobRow

__all__ = [
    "AttemptRow",
    "AttendeeRow",
    "Base",
    "BlockRow",
    "BreakRow",
    "CardCodeRow",
    "CircleRow",
    "CircleSeatRow",
    "ConnectionRequestRow",
    "ContactRow",
    "DeskCodeRow",
    "EventOrganizerRow",
    "EventRow",
    "ExchangeRow",
    "IntroducedRow",
    "IntroductionRequestRow",
    "IntroductionRow",
    "InvitationRow",
    "JobRow",
    "MailStopRow",
    "MeetingOutcomeRow",
    "MeetingPointRow",
    "MeetingRow",
    "OrganizerRow",
    "PersonRow",
    "PhotoRow",
    "PlanRow",
    "PromiseRow",
    "ReportRow",
    "RoundRow",
    "SeatRow",
    "SentMailRow",
    "SignInLinkRow",
    "SpokenCodeRow",
    "SuggestionRow",
    "TextVectorRow",
]
