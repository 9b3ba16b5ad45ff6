"""What an attendee was invited to, and what they answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.invitations.places import place_both
from matchmaker.invitations.sending import is_reachable
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event
from matchmaker.people.ids import PublicId
from matchmaker.people.invitation import Invitation, Move, Side, move
from matchmaker.people.meeting import Meeting
from matchmaker.people.refusals import NotFound
from matchmaker.storage import (
    attendees,
    contacts,
    events,
    invitations,
    jobs,
    meetings,
    suggestions,
)


@dataclass(frozen=True, kw_only=True)
class Received:
    """An invitation and who sent it."""

    invitation: Invitation
    sender: Attendee


def list_waiting(
    session: Session, event: Event, me: Attendee, *, now: datetime
) -> tuple[Received, ...]:
    """Return the invitations that wait for an answer of ``me``, the oldest first.

    Those of people who can't be met now, or who met ``me`` meanwhile, are left out.
    """
    if not me.is_listed:
        return ()
    received = [one for one in invitations.list_received(session, me.id) if one.waits(event, now)]
    if not received:
        return ()
    senders = attendees.list_attendees(session, event.id, among=[i.sender for i in received])
    by_id = {sender.id: sender for sender in senders}
    return tuple(
        Received(invitation=one, sender=by_id[one.sender])
        for one in received
        if one.sender in by_id
        and is_reachable(session, event, me, by_id[one.sender], now=now)
        and not _have_met(session, me, by_id[one.sender], one)
    )


def get_received(
    session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime
) -> Received:
    """Return an invitation to ``me``, in whatever state.

    Raises
    ------
    NotFound
        If there is none of that public id for ``me``, or its sender can't be met.
    """
    found = invitations.find_invitation(session, event.id, public_id)
    if found is None or found.receiver != me.id or not me.is_listed:
        raise NotFound
    sender = attendees.get_attendee(session, event.id, found.sender)
    if not is_reachable(session, event, me, sender, now=now):
        raise NotFound
    return Received(invitation=found, sender=sender)


def find_meeting(session: Session, received: Received) -> PublicId | None:
    """Return the meeting that an invitation has become, unless it was called off."""
    one = received.invitation
    found = meetings.find_meeting_of(session, one.sender, one.receiver)
    return found.public_id if found and found.cancelled_at is None else None


def accept(
    session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime
) -> Meeting:
    """Say *let's meet*, and return the meeting that it makes.

    Raises
    ------
    NotFound
        If no invitation of that public id is for ``me``.
    InvitationClosed
        If it was taken back, or has run out.
    """
    answered = _answer(session, event, me, public_id, Move.ACCEPT, now=now)
    place_both(session, me, answered.sender, now=now)
    return meetings.agree_on_meeting(session, event.id, answered.sender, answered.receiver, now=now)


def put_off(session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime) -> None:
    """Say *not now*: nobody is told. Raises as ``accept`` does."""
    _answer(session, event, me, public_id, Move.PUT_OFF, now=now)


def decline(session: Session, event: Event, me: Attendee, public_id: str, *, now: datetime) -> None:
    """Say *not for me*: nobody is told, and the two are not suggested. Raises as ``accept``."""
    answered = _answer(session, event, me, public_id, Move.DECLINE, now=now)
    suggestions.set_dismissed(session, me.id, answered.sender, at=now)


def _answer(
    session: Session, event: Event, me: Attendee, public_id: str, made: Move, *, now: datetime
) -> Invitation:
    events.raise_revision(session, event.id)
    received = get_received(session, event, me, public_id, now=now)
    answered = move(received.invitation, made, Side.RECEIVER, event, now)
    invitations.save_invitation(session, answered)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return answered


def _have_met(session: Session, me: Attendee, sender: Attendee, invitation: Invitation) -> bool:
    place = suggestions.find_place(session, me.id, sender.id)
    if place is not None and place.met_at is not None:
        return True
    contact = contacts.find_contact_with(session, me.person.id, sender.person.id)
    return contact is not None and contact.met_at >= invitation.sent_at
