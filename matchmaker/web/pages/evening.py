"""My evening: whom I met, what I promised, whom I still want to thank, and all of it to take."""

from flask import Blueprint, render_template

from matchmaker.people.follow_up import list_promises
from matchmaker.storage import contacts
from matchmaker.web import visitor
from matchmaker.web.messages import write_thanks
from matchmaker.web.parts import present, reading

evening = Blueprint("evening", __name__)


@evening.get("/e/<slug>/evening")
def show(slug: str) -> str:
    """Show what I take home from an event."""
    with reading() as session:
        event, me = visitor.get_my_attendance(session, slug)
        found = contacts.list_contacts(session, me.person.id, event_id=event.id)
    zone = event.local(present()).tzinfo
    return render_template(
        "follow_ups/evening.html",
        event=event,
        me=me,
        phase=event.phase(present()),
        contacts=sorted(found, key=lambda one: not one.helps_both),
        promises=list_promises(found, zone) if zone else [],
        to_thank=[(one, write_thanks(one)) for one in found if one.thanked_at is None],
        thanked=[one for one in found if one.thanked_at is not None],
    )
