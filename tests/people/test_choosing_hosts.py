"""Hosts: who is offered one, and that all of them are offered about equally often."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from matchmaker.people.attendee import LIST_SIZE, Attendee
from matchmaker.people.host import MOST_HOSTS, NEW_FOR, choose_hosts, needs_host
from matchmaker.people.ids import AttendeeId, EventId, PersonId, PublicId
from matchmaker.people.person import Person

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def make(number: int, **facts: object) -> Attendee:
    usual: dict[str, object] = {
        "offer": "Violin lessons",
        "need": "A good carpenter",
        "joined_at": NOW,
    }
    return Attendee(
        id=AttendeeId(number),
        public_id=PublicId(f"attendee-{number}"),
        event_id=EventId(1),
        person=Person(id=PersonId(number), public_id=PublicId(f"person-{number}")),
        **(usual | facts),  # type: ignore[arg-type]
    )


def needs(me: Attendee, *, suggested: int = 3, has_met: bool = False, later: timedelta) -> bool:
    return needs_host(me, suggested=suggested, has_met=has_met, now=NOW + later)


def test_newcomers_are_offered_a_host_until_they_have_met_somebody() -> None:
    me, soon = make(1), timedelta(minutes=5)
    assert needs(me, later=soon)
    assert not needs(me, later=soon, has_met=True)
    assert not needs(me, later=soon, suggested=LIST_SIZE)
    assert not needs(me, later=NEW_FOR + timedelta(seconds=1))


def test_who_was_imported_is_new_when_they_arrive() -> None:
    me = make(1, joined_at=NOW - timedelta(days=9), here_since=NOW)
    assert needs(me, later=timedelta(minutes=5))


def test_who_wrote_little_is_offered_a_host_at_any_time() -> None:
    assert needs(make(1, offer=""), later=timedelta(hours=2), suggested=LIST_SIZE)
    assert needs(make(1, need="help"), later=timedelta(hours=2))


def test_hosts_are_offered_no_hosts() -> None:
    me = make(1, offer="", welcomes_newcomers=True)
    assert not needs(me, later=timedelta(0))


def test_all_hosts_are_offered_about_equally_often_and_each_newcomer_sees_the_same() -> None:
    hosts = [make(number) for number in range(5)]
    newcomers = [make(100 + number) for number in range(500)]
    shown: Counter[AttendeeId] = Counter()
    for newcomer in newcomers:
        chosen = choose_hosts(newcomer, hosts, frozenset())
        assert chosen == choose_hosts(newcomer, hosts[::-1], frozenset())
        assert len(chosen) == MOST_HOSTS
        shown.update(host.id for host in chosen)
    fair = len(newcomers) * MOST_HOSTS / len(hosts)
    assert all(0.75 * fair < count < 1.25 * fair for count in shown.values())


def test_those_whom_enough_people_hold_already_come_last() -> None:
    hosts = [make(number) for number in range(4)]
    full = {AttendeeId(0), AttendeeId(1)}
    chosen = choose_hosts(make(9), hosts, full)
    assert {host.id for host in chosen} == {2, 3}
    assert {host.id for host in choose_hosts(make(9), hosts[:2], full)} == full


def test_who_can_be_talked_to_comes_first() -> None:
    hosts = [make(1, speaks=("it",)), make(2, speaks=("he",)), make(3, speaks=("vi", "en"))]
    chosen = choose_hosts(make(9, speaks=("en", "it")), hosts, frozenset())
    assert {host.id for host in chosen} == {1, 3}
