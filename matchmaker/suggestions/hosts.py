"""Hosts for those who do not know where to start."""

from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.people.attendee import Attendee
from matchmaker.people.event import Event, Phase
from matchmaker.people.host import choose_hosts, needs_host
from matchmaker.people.invitation import State
from matchmaker.storage import attendees, invitations, meetings, safety, suggestions
from matchmaker.suggestions.listing import PeopleToMeet


def list_hosts_for(
    session: Session, event: Event, me: Attendee, found: PeopleToMeet, *, now: datetime
) -> tuple[tuple[Attendee, bool], ...]:
    """Return at most two hosts for ``me``, each with whether ``me`` has invited them.

    Nobody for those who don't need one, who hid, or after the event; nobody who stands on the
    list of ``me`` anyway, can't be met now, or is blocked.
    """
    if not me.is_listed or event.phase(now) is Phase.AFTER:
        return ()
    agreed = any(m.cancelled_at is None for m in meetings.list_meetings_of(session, me.id))
    if not needs_host(me, suggested=len(found.open), has_met=agreed or bool(found.met), now=now):
        return ()
    known = {s.about.id for s in (*found.open, *found.dismissed, *found.met)} | {me.id}
    blocked = safety.list_blocked_with(session, me.person.id)
    hosts = [
        host
        for host in attendees.list_hosts(session, event.id)
        if host.id not in known and host.person.id not in blocked and host.can_be_met(event, now)
    ]
    holding = suggestions.count_holding(session, [host.id for host in hosts])
    full = {host.id for host in hosts if holding.get(host.id, 0) >= host.wish}
    sent = {i.receiver: i.as_sender_sees(event, now) for i in invitations.list_sent(session, me.id)}
    return tuple(
        (host, sent.get(host.id) is State.WAITING)
        for host in choose_hosts(me, hosts, full)
        if sent.get(host.id) in {None, State.WAITING, State.WITHDRAWN}
    )
