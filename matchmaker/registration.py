"""A form becomes an attendee; presence: here, leaving, hidden."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matchmaker.cards.codes import make_card_code
from matchmaker.people.attendee import DEFAULT_WISH, Attendee
from matchmaker.people.card import CardFields
from matchmaker.people.clean import fold_key
from matchmaker.people.event import Event, Phase
from matchmaker.people.ids import AttendeeId, PersonId, make_public_id
from matchmaker.people.person import Person
from matchmaker.people.refusals import EventClosed
from matchmaker.storage import attendees, card_codes, events, jobs, people


@dataclass(frozen=True, kw_only=True)
class JoinForm:
    """What the first page asks; already cleaned, ``email`` and ``phone`` in normal form."""

    offer: str
    need: str
    name: str
    email: str = ""
    phone: str = ""
    wants_mail: bool = False
    client_key: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class MoreForm:
    """What *tell more* asks, after the first suggestions; cleaned like ``JoinForm``."""

    offer: str
    need: str
    name: str
    email: str = ""
    phone: str = ""
    site: str = ""
    call_name: str = ""
    organization: str = ""
    role: str = ""
    line: str = ""
    serves: str = ""
    decides: str = ""
    sets_apart: str = ""
    can_introduce: str = ""
    spot: str = ""
    speaks: tuple[str, ...] = ()
    wish: int = DEFAULT_WISH
    welcomes_newcomers: bool = False
    hosts_table: bool = False
    meets_own_organization: bool = False
    wants_mail: bool = False


def register(
    session: Session, event: Event, form: JoinForm, *, now: datetime, person: Person | None = None
) -> Attendee:
    """Return the attendee that a form makes: always the same one for the same form.

    ``person`` is who is signed in on the phone, if anybody is: they join with the card and the
    contacts they have, and what they typed is added to the card.

    An imported row with the same e-mail that nobody claimed is hidden from now on; nothing of
    it is shown, since a typed address proves nothing.

    Raises
    ------
    EventClosed
        If the event is over.
    """
    if event.phase(now) is Phase.AFTER:
        raise EventClosed
    revision = events.raise_revision(session, event.id)
    if form.client_key:
        known = attendees.find_by_client_key(session, event.id, form.client_key)
        if known:
            return known
    _shadow_unclaimed(session, event, form.email, revision=revision)
    if person is None:
        person = _new_person(session, form, event, now=now)
    else:
        person = _added_to(session, person, form)
    attendee = Attendee(
        id=AttendeeId(0),
        public_id=make_public_id(),
        event_id=event.id,
        person=person,
        offer=form.offer,
        need=form.need,
        wants_mail=form.wants_mail,
        joined_at=now,
        confirmed_at=now,
        claimed_at=now,
        here_since=now if event.phase(now) is Phase.DURING else None,
    )
    keys = attendees.Keys(client_key=form.client_key or None)
    attendee_id = attendees.add_attendee(session, attendee, keys, revision=revision)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return replace(attendee, id=attendee_id)


def tell_more(
    session: Session, event: Event, attendee: Attendee, form: MoreForm, *, now: datetime
) -> Attendee:
    """Store what an attendee adds or changes about themselves, and return them anew."""
    revision = events.raise_revision(session, event.id)
    person = replace(
        attendee.person,
        business=replace(
            attendee.person.business,
            name=form.name,
            call_name=form.call_name,
            organization=form.organization,
            role=form.role,
            line=form.line,
            email=form.email,
            phone=form.phone,
            site=form.site,
            languages=form.speaks,
        ),
        serves=form.serves,
        decides=form.decides,
        sets_apart=form.sets_apart,
    )
    changed = replace(
        attendee,
        person=person,
        offer=form.offer,
        need=form.need,
        can_introduce=form.can_introduce,
        spot=form.spot,
        speaks=form.speaks,
        wish=form.wish,
        welcomes_newcomers=form.welcomes_newcomers,
        hosts_table=form.hosts_table,
        meets_own_organization=form.meets_own_organization,
        wants_mail=form.wants_mail,
    )
    people.save_person(session, person)
    attendees.save_attendee(session, changed, revision=revision)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return changed


def arrive(session: Session, event: Event, attendee: Attendee, *, now: datetime) -> Attendee:
    """Note that an attendee is at the event."""
    if attendee.here_since and not attendee.left_at:
        return attendee
    return _change(
        session, event, attendee, now, lambda a: replace(a, here_since=now, left_at=None)
    )


def leave(session: Session, event: Event, attendee: Attendee, *, now: datetime) -> Attendee:
    """Note that an attendee leaves the event; nobody is sent to them any more."""
    if attendee.here_since is None:
        return attendee
    return _change(session, event, attendee, now, lambda a: replace(a, left_at=now))


def hide(session: Session, event: Event, attendee: Attendee, *, now: datetime) -> Attendee:
    """Take an attendee out of all suggestions, theirs and others', at once."""
    return _change(session, event, attendee, now, lambda a: replace(a, hidden_at=now))


def unhide(session: Session, event: Event, attendee: Attendee, *, now: datetime) -> Attendee:
    """Let an attendee be suggested again."""
    return _change(session, event, attendee, now, lambda a: replace(a, hidden_at=None))


def agree(session: Session, event: Event, attendee: Attendee, *, now: datetime) -> Attendee:
    """Note that the owner of an imported row took it over (by their link, or at the desk)."""
    if attendee.claimed_at is not None:
        return attendee
    return _change(
        session,
        event,
        attendee,
        now,
        lambda a: replace(a, confirmed_at=a.confirmed_at or now, claimed_at=now, shadowed=False),
    )


def _change(
    session: Session,
    event: Event,
    attendee: Attendee,
    now: datetime,
    change: Callable[[Attendee], Attendee],
) -> Attendee:
    revision = events.raise_revision(session, event.id)
    changed = change(attendees.get_attendee(session, event.id, attendee.id))
    attendees.save_attendee(session, changed, revision=revision)
    jobs.add_job_once(session, jobs.PLAN, now=now, event_id=event.id)
    return changed


def _shadow_unclaimed(session: Session, event: Event, email: str, *, revision: int) -> None:
    if not email:
        return
    for row in attendees.list_unclaimed_by_email(session, event.id, fold_key(email)):
        attendees.save_attendee(session, replace(row, shadowed=True), revision=revision)


def _added_to(session: Session, person: Person, form: JoinForm) -> Person:
    card = person.business
    changed = replace(
        person,
        business=replace(
            card,
            name=form.name or card.name,
            email=form.email or card.email,
            phone=form.phone or card.phone,
        ),
    )
    people.save_person(session, changed)
    return changed


def _new_person(session: Session, form: JoinForm, event: Event, *, now: datetime) -> Person:
    person = Person(
        id=PersonId(0),
        public_id=make_public_id(),
        business=CardFields(
            name=form.name, email=form.email, phone=form.phone, languages=(form.language,)
        ),
        language=form.language,
        country=event.country,
    )
    person_id = people.add_person(session, person, now=now)
    card_codes.add_code(session, person_id, make_card_code(), kind=card_codes.SCREEN_CODE, now=now)
    return replace(person, id=person_id)
