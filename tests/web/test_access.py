"""Every address of the house, every kind of actor, two events: who may, and who may not.

A route without a row here fails: whoever adds a page says at the same time who may open it.
"""

from collections.abc import Mapping

import pytest
from fixtures.doors import ACTORS, Stage, rehearse
from flask import Flask

from matchmaker.storage.connect import Database

ALL = dict.fromkeys(ACTORS, 200)
NONE = dict.fromkeys(ACTORS, 404)
GO = dict.fromkeys(ACTORS, 302)
PEOPLE = NONE | {"attendee": 200, "outsider": 200}
ATTENDEE, ATTENDEE_GOES = NONE | {"attendee": 200}, NONE | {"attendee": 302}
PEOPLE_GO = NONE | {"attendee": 302, "outsider": 302}
DESK, DESK_GOES = NONE | {"owner": 200, "helper": 200}, NONE | {"owner": 302, "helper": 302}
OWNER = NONE | {"owner": 200}
ORGANIZERS = NONE | {"owner": 200, "helper": 200, "other owner": 200}

TABLE: dict[str, Mapping[str, int]] = {
    "GET static": ALL,
    "GET pages.home": ALL,
    "GET pages.privacy": ALL,
    "GET pages.healthz": ALL,
    "GET join.show": ALL,
    "POST join.submit": GO,
    # A card is shown to whoever scans its code: that is what the code is for.
    "GET card.show": ALL,
    "GET card.show_capital": GO,
    "GET card.vcf": ALL,
    "POST card.leave": GO,
    "POST card.exchange": PEOPLE_GO,
    "GET card.mine": PEOPLE,
    "POST card.new_code": PEOPLE_GO,
    "GET card.exchanged": ATTENDEE,
    "GET contacts.list_all": PEOPLE,
    "GET contacts.all_vcf": PEOPLE,
    "GET contacts.all_csv": PEOPLE,
    "GET contacts.show": ATTENDEE,
    "POST contacts.save": ATTENDEE_GOES,
    "GET contacts.confirm_delete": ATTENDEE,
    "POST contacts.delete": ATTENDEE_GOES,
    "GET contacts.vcf": ATTENDEE,
    # Who has not joined is shown the door of the event.
    "GET people.show": GO | {"attendee": 200},
    "POST people.want": ATTENDEE_GOES,
    "POST people.unwant": ATTENDEE_GOES,
    "POST people.met": ATTENDEE_GOES,
    "POST people.unmet": ATTENDEE_GOES,
    "POST people.dismiss": ATTENDEE_GOES,
    "POST people.undismiss": ATTENDEE_GOES,
    "GET me.show": ATTENDEE,
    "GET me.more": ATTENDEE,
    "POST me.save_more": ATTENDEE_GOES,
    "POST me.here": ATTENDEE_GOES,
    "POST me.leave": ATTENDEE_GOES,
    "POST me.hide": ATTENDEE_GOES,
    "POST me.unhide": ATTENDEE_GOES,
    "GET me.key": ATTENDEE,
    "POST me.new_key": ATTENDEE_GOES,
    # Mail is off here; tests of delivery turn it on.
    "POST me.mail_key": NONE,
    "POST me.sign_out": GO,
    "GET me.confirm_forget": ATTENDEE,
    "POST me.forget": ATTENDEE_GOES,
    "GET sign_in.have_card": ALL,
    "POST sign_in.use_code": dict.fromkeys(ACTORS, 422),
    # Whoever has a private link is its owner.
    "GET sign_in.confirm": ALL,
    "POST sign_in.enter": GO,
    "GET organizer.confirm": ALL,
    "POST organizer.enter": GO,
    "POST organizer.sign_out": GO,
    "GET organizer.events": ORGANIZERS,
    "GET organizer.report": OWNER,
    "GET organizer.report_public": OWNER,
    "GET organizer.pairings_csv": OWNER,
    "GET organizer.poster": DESK,
    "GET organizer.desk": DESK,
    "POST organizer.desk_here": DESK_GOES,
    "POST organizer.desk_agree": DESK_GOES,
    "POST organizer.desk_code": DESK,
}


def role_at(actor: str, side: str) -> str:
    """Return what an actor is to the event: the second one has its own people."""
    if side == "own":
        return actor
    turned = {"attendee": "outsider", "outsider": "attendee", "other owner": "owner"}
    return turned.get(actor, "nobody" if actor == "nobody" else "other owner")


def test_every_route_has_a_row(app: Flask) -> None:
    routes = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == TABLE.keys()


@pytest.mark.parametrize("side", ["own", "other"])
@pytest.mark.parametrize("actor", ACTORS)
def test_each_door_opens_for_those_only_whom_it_is_for(
    stage: Stage, database: Database, actor: str, side: str
) -> None:
    phone = stage.phones[actor]
    token, cookies = phone.token, phone.cookies
    rehearse(database)
    told = {
        f"{door.method} {door.endpoint}": door.send(stage.app, cookies, token).status_code
        for door in stage.doors(side)
    }
    assert told == {row: statuses[role_at(actor, side)] for row, statuses in TABLE.items()}


def test_forbidden_and_unknown_look_alike(stage: Stage) -> None:
    own, strange = stage.words["own"], "no-such-thing"
    for actor in ("nobody", "outsider", "other owner"):
        phone = stage.phones[actor]
        for door in stage.doors("own"):
            statuses = TABLE[f"{door.method} {door.endpoint}"]
            if door.method == "GET" and statuses[actor] == 404:
                forbidden = phone.look(door.path)
                path = door.path
                for word in ("slug", "contact"):
                    path = path.replace(own[word], strange)
                unknown = phone.look(path)
                assert (forbidden.status, unknown.status) == (404, 404)
                assert forbidden.html.replace(own["slug"], strange) == unknown.html, door
