"""Hosts: who is offered somebody that welcomes them, and whom."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from matchmaker.people.attendee import LIST_SIZE, Attendee
from matchmaker.people.ids import AttendeeId

NEW_FOR: Final = timedelta(minutes=20)
"""How long somebody who has just come counts as a newcomer."""

MOST_HOSTS: Final = 2
_THIN: Final = 12
"""With fewer characters a text says too little to go by."""


def needs_host(me: Attendee, *, suggested: int, has_met: bool, now: datetime) -> bool:
    """Return whether somebody is offered a host first.

    That is a newcomer who has met nobody and whose list has room left, or somebody who wrote too
    little to be matched well.
    """
    if me.is_host or has_met:
        return False
    if min(len(me.offer), len(me.need)) < _THIN:
        return True
    since = max((at for at in (me.joined_at, me.here_since) if at), default=None)
    return suggested < LIST_SIZE and since is not None and now - since <= NEW_FOR


def choose_hosts(
    me: Attendee, hosts: Sequence[Attendee], full: Collection[AttendeeId]
) -> tuple[Attendee, ...]:
    """Return at most two hosts for ``me``, always the same ones as long as nothing changes.

    First those who can be talked to and of whom not enough lists hold already (``full`` holds
    the ids of the others); among them each newcomer gets their own order, so that hosts are
    shown equally often without anybody counting (rendezvous hashing: Thaler and Ravishankar,
    1998).
    """

    def order(host: Attendee) -> tuple[bool, bool, bytes]:
        spoken = set(me.speaks) & set(host.speaks) or not (me.speaks and host.speaks)
        lot = hashlib.sha256(f"{me.public_id}\0{host.public_id}".encode()).digest()
        return host.id in full, not spoken, lot

    return tuple(sorted(hosts, key=order)[:MOST_HOSTS])
