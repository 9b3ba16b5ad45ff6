"""An attendee invites another, giving first; and takes it back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.invitations.places import place_both
from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import AttendeeId, PublicId, make_public_id
from matchmaker.people.invitation import (
    Answer,
    Invitation,
    Move,
    Side,
    State,
    move,
    write_note,
)
from matchmaker.people.meeting import Meeting
from matchmaker.people.reasons import fresh_reasons, read_direction
from matchmaker.people.refusals import InvitationClosed, NotFound, TooManyInvitations
from matchmaker.people.suggestion import Marked
from matchmaker.storage import attendees, events, invitations, jobs, meetings, safety, suggestions

_MOST_QUOTED: Final = 150


@dataclass(frozen=True, kw_only=True)
class Start:
    """What a note can start with: my own words on what I give, and theirs that it answers.

    ``need`` is empty where nothing of theirs is known to be answered by it.
    """

    offer: str
    need: str


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A note before it is written: to whom, what it can start with, and what stands already.

    ``meeting`` is the one that both want, ``received`` their invitation that waits for ``me``,
    ``sent`` how mine to them stands as I may know it.
    """

    other: Attendee
    start: Start
    meeting: PublicId | None = None
    received: PublicId | None = None
    sent: State | None = None


def get_invitable(
    session: Session, event: Event, me: Attendee, about: str, *, now: datetime
) -> Attendee:
    """Return the attendee of that public id, if ``me`` may invite them.

    Raises
    ------
    NotFound
        If they are neither on the list of ``me`` nor a host nor invited ``me``, can't be met now,
        or one of the two blocks the other.
    InvitationClosed
        If the event is over.
    """
    other = attendees.find_attendee(session, event.id, about)
    if other is None or other.id == me.id or not me.is_listed:
        raise NotFound
    if not _may_know(session, me, other) or not is_reachable(session, event, me, other, now=now):
        raise NotFound
    if event.phase(now) is Phase.AFTER:
        raise InvitationClosed
    return other


def is_reachable(
    session: Session, event: Event, me: Attendee, other: Attendee, *, now: datetime
) -> bool:
    """Return whether ``other`` can be met now, and neither of the two blocks the other."""
    return other.can_be_met(event, now) and not safety.is_blocked(
        session, me.person.id, other.person.id
    )


def find_blank(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> Blank:
    """Return what ``me`` needs to write to the attendee of public id ``about``.

    Raises as ``get_invitable`` does.
    """
    other = get_invitable(session, event, me, about, now=now)
    meeting = meetings.find_meeting_of(session, me.id, other.id)
    theirs = invitations.find_between(session, other.id, me.id)
    mine = invitations.find_between(session, me.id, other.id)
    return Blank(
        other=other,
        start=find_start(session, me, other),
        meeting=meeting.public_id if meeting and meeting.cancelled_at is None else None,
        received=theirs.public_id if theirs and theirs.waits(event, now) else None,
        sent=mine.as_sender_sees(event, now) if mine else None,
    )


def find_start(session: Session, me: Attendee, other: Attendee) -> Start:
    """Return what a note of ``me`` to ``other`` can start with: the words that matched."""
    place = suggestions.find_place(session, me.id, other.id)
    if place is None:
        return Start(offer=_quote(Marked(text=me.offer)), need="")
    reasons = fresh_reasons(place.reasons, me, other)
    give = read_direction(reasons, "give", me, other, place.pairing.give)
    return Start(offer=_quote(give.offer), need=_quote(give.need) if give.need.marks else "")


def send(
    session: Session,
    event: Event,
    me: Attendee,
    about: str,
    give: str,
    ask: str = "",
    *,
    now: datetime,
) -> Meeting | None:
    """Invite the attendee of public id ``about``; return the meeting if both now want it.

    Sent again it changes nothing; after it was taken back it goes out with the new note.

    Raises
    ------
    NotFound
        If ``me`` may not invite them (see ``get_invitable``).
    InvalidField
        If nothing is given: an ask cannot be sent alone.
    TooManyInvitations
        If as many invitations of ``me`` are open as they wish to meet people.
    InvitationClosed
        If an earlier one has run out.
    """
    # First of all: it puts two who invite each other at the same moment in line.
    events.raise_revision(session, event.id)
    other = get_invitable(session, event, me, about, now=now)
    note = write_note(give, ask)
    known = meetings.find_meeting_of(session, me.id, other.id)
    if known is not None and known.cancelled_at is None:
        return known
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    theirs = invitations.find_between(session, other.id, me.id)
    if theirs is not None and theirs.as_sender_sees(event, now) is State.WAITING:
        return _meet(session, event, me, theirs, note, now=now)
    _send_out(session, event, me, other, note, now=now)
    return None


def withdraw(session: Session, event: Event, me: Attendee, about: str, *, now: datetime) -> None:
    """Take an invitation back; its receiver no longer sees it.

    Raises
    ------
    NotFound
        If ``me`` invited nobody of that public id.
    InvitationClosed
        If it was accepted, or has run out.
    """
    events.raise_revision(session, event.id)
    other = attendees.find_attendee(session, event.id, about)
    mine = invitations.find_between(session, me.id, other.id) if other else None
    if mine is None:
        raise NotFound
    taken_back = move(mine, Move.WITHDRAW, Side.SENDER, event, now)
    invitations.save_invitation(session, taken_back)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)


def _may_know(session: Session, me: Attendee, other: Attendee) -> bool:
    place = suggestions.find_place(session, me.id, other.id)
    if other.welcomes_newcomers or (place is not None and place.dismissed_at is None):
        return True
    theirs = invitations.find_between(session, other.id, me.id)
    return theirs is not None and theirs.withdrawn_at is None


def _meet(
    session: Session, event: Event, me: Attendee, theirs: Invitation, note: str, *, now: datetime
) -> Meeting:
    accepted = move(theirs, Move.ACCEPT, Side.RECEIVER, event, now)
    invitations.save_invitation(session, accepted)
    mine = invitations.find_between(session, me.id, theirs.sender)
    if mine is None:
        # Kept for what it says: the other reads what I can give.
        fresh = _make(me, theirs.sender, note, now)
        mutual = replace(fresh, seen_at=now, answer=Answer.ACCEPTED, answered_at=now)
        invitations.add_invitation(session, event.id, mutual)
    elif mine.state(event, now) is not State.CLOSED:
        note = note if mine.withdrawn_at is not None else mine.note
        sent = move(mine, Move.SEND, Side.SENDER, event, now)
        mutual = move(sent, Move.ACCEPT, Side.RECEIVER, event, now)
        invitations.save_invitation(session, replace(mutual, note=note))
    place_both(session, me, theirs.sender, now=now)
    return meetings.agree_on_meeting(session, event.id, me.id, theirs.sender, now=now)


def _send_out(
    session: Session, event: Event, me: Attendee, other: Attendee, note: str, *, now: datetime
) -> None:
    known = invitations.find_between(session, me.id, other.id)
    if known is None:
        _check_room(session, event, me, now)
        invitations.add_invitation(session, event.id, _make(me, other.id, note, now))
        return
    again = move(known, Move.SEND, Side.SENDER, event, now)
    if again.answer is Answer.ACCEPTED:
        # They met through it, or cancelled; there is no second one.
        raise InvitationClosed
    if known.withdrawn_at is not None:
        _check_room(session, event, me, now)
        invitations.save_invitation(session, replace(again, note=note, sent_at=now))


def _check_room(session: Session, event: Event, me: Attendee, now: datetime) -> None:
    """Refuse more open invitations than wished for; what others answered doesn't count here."""
    sent = invitations.list_sent(session, me.id)
    if sum(one.as_sender_sees(event, now) is State.WAITING for one in sent) >= me.wish:
        raise TooManyInvitations(me.wish)


def _make(me: Attendee, receiver: AttendeeId, note: str, now: datetime) -> Invitation:
    return Invitation(
        public_id=make_public_id(),
        sender=me.id,
        receiver=receiver,
        note=note,
        sent_at=now,
    )


def _quote(words: Marked) -> str:
    """Return the line or sentence that holds the first mark, at most 150 characters."""
    start = words.marks[0][0] if words.marks else 0
    before, after = words.text[:start], words.text[start:]
    ends = [place for place in (after.find(end) for end in (". ", "; ", "\n")) if place >= 0]
    begins = [before.rfind(end) + len(end) for end in (". ", "; ", "\n") if end in before]
    begin, end = max(begins, default=0), start + min(ends, default=len(after))
    piece = words.text[begin:end].strip(" .;\n")
    if len(piece) <= _MOST_QUOTED:
        return piece
    return piece[:_MOST_QUOTED].rpartition(" ")[0].rstrip(" ,.;") + " …"
