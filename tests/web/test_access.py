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
    "GET card.edit": PEOPLE,
    "POST card.save": PEOPLE_GO,
    "GET card.badge": PEOPLE,
    "POST card.make_badge": PEOPLE_GO,
    "POST card.save_photo": PEOPLE_GO,
    "POST card.take_photo_off": PEOPLE_GO,
    "POST card.put_photo_back": PEOPLE_GO,
    "POST card.delete_photo": PEOPLE_GO,
    # The photo of somebody who is a contact.
    "GET card.show_photo": ATTENDEE,
    "GET card.asks": PEOPLE,
    "POST card.ask": PEOPLE_GO,
    "POST card.accept": ATTENDEE_GOES,
    "POST card.decline": ATTENDEE_GOES,
    "POST card.withdraw": PEOPLE_GO,
    "GET card.say": ATTENDEE,
    "POST card.new_spoken_code": ATTENDEE_GOES,
    "POST card.heard": NONE | {"attendee": 422},
    "GET contacts.list_all": PEOPLE,
    "GET contacts.all_vcf": PEOPLE,
    "GET contacts.all_csv": PEOPLE,
    "GET contacts.show": ATTENDEE,
    "POST contacts.save": ATTENDEE_GOES,
    "GET contacts.confirm_delete": ATTENDEE,
    "POST contacts.delete": ATTENDEE_GOES,
    "GET contacts.vcf": ATTENDEE,
    "GET contacts.csv": ATTENDEE,
    "GET contacts.json": ATTENDEE,
    "GET contacts.all_json": PEOPLE,
    "POST contacts.relate": ATTENDEE_GOES,
    "POST promises.add": NONE | {"attendee": 422},
    "POST promises.settle": ATTENDEE_GOES,
    "GET promises.ics": ATTENDEE,
    "GET keep_in_touch.show": PEOPLE,
    "POST keep_in_touch.greet": ATTENDEE_GOES,
    "GET keep_in_touch.greeting_ics": ATTENDEE,
    "POST keep_in_touch.thank": ATTENDEE_GOES,
    "POST keep_in_touch.mail": PEOPLE_GO,
    "POST keep_in_touch.feed": PEOPLE_GO,
    "GET evening.show": ATTENDEE,
    # Whoever has the secret address reads it, and whoever has a mail may end such mails.
    "GET feed.calendar": ALL,
    "GET unsubscribe.show": ALL,
    "POST unsubscribe.end": ALL,
    # Who has not joined is shown the door of the event.
    "GET people.show": GO | {"attendee": 200},
    "POST people.unwant": ATTENDEE_GOES,
    "POST people.met": ATTENDEE_GOES,
    "POST people.unmet": ATTENDEE_GOES,
    "POST people.dismiss": ATTENDEE_GOES,
    "POST people.undismiss": ATTENDEE_GOES,
    "GET invitations.write": ATTENDEE,
    "POST invitations.send": ATTENDEE_GOES,
    "GET invitations.show": ATTENDEE,
    "POST invitations.accept": ATTENDEE_GOES,
    "POST invitations.put_off": ATTENDEE_GOES,
    "POST invitations.decline": ATTENDEE_GOES,
    "GET meetings.show": ATTENDEE,
    "POST meetings.arrange": ATTENDEE_GOES,
    "POST meetings.cancel": ATTENDEE_GOES,
    "POST meetings.resume": ATTENDEE_GOES,
    "POST meetings.say": ATTENDEE_GOES,
    "GET meetings.calendar": ATTENDEE,
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
    # The worker and its pages know nobody; a phone brings them in before anybody signs in.
    "GET offline.worker": ALL,
    "GET offline.none": ALL,
    "GET offline.kept": ALL,
    "GET outbox.door": ALL,
    "POST outbox.take": PEOPLE,
    "GET scan.show": ALL,
    "POST scan.picture": dict.fromkeys(ACTORS, 422),
    "GET exchange.show": ATTENDEE,
    "POST exchange.undo": ATTENDEE_GOES,
    "GET exchange.left": ALL,
    "GET safety.of_contact": ATTENDEE,
    "GET safety.of_attendee": ATTENDEE,
    # Whoever has a card before them may want nothing to do with its owner.
    "GET safety.of_card": PEOPLE,
    "POST safety.block_contact": ATTENDEE_GOES,
    "POST safety.block_attendee": ATTENDEE_GOES,
    "POST safety.block_card": PEOPLE_GO,
    "POST safety.report_contact": ATTENDEE_GOES,
    "POST safety.report_attendee": ATTENDEE_GOES,
    "GET safety.reported": ATTENDEE,
    "GET safety.blocked": PEOPLE,
    "POST safety.unblock": ATTENDEE_GOES,
    "GET safety.reports": OWNER,
    "POST safety.handled": NONE | {"owner": 302},
    "GET introductions.list_all": PEOPLE,
    "GET introductions.new": PEOPLE,
    "POST introductions.propose": NONE | {"attendee": 422, "outsider": 422},
    # The one of this evening asks the attendee; it was not made yet, and somebody else proposed it.
    "GET introductions.show": ATTENDEE,
    "POST introductions.agree": ATTENDEE_GOES,
    "POST introductions.decline": ATTENDEE_GOES,
    "POST introductions.withdraw": NONE,
    "POST introductions.thank": NONE | {"attendee": 410},
    "POST introductions.tell_outcome": NONE | {"attendee": 410},
    "GET introductions.ask": PEOPLE,
    "POST introductions.find": NONE | {"attendee": 422, "outsider": 422},
    "POST introductions.send_wish": NONE | {"attendee": 422, "outsider": 422},
    "GET introductions.show_wish": ATTENDEE,
    "POST introductions.set_aside": ATTENDEE_GOES,
    "POST introductions.let_find": PEOPLE_GO,
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
    "GET organizer.programme": DESK,
    "POST organizer.add_point": DESK_GOES,
    "POST organizer.remove_point": DESK_GOES,
    "POST organizer.add_break": NONE | {"owner": 422, "helper": 422},
    "POST organizer.remove_break": DESK_GOES,
    "GET organizer.desk_card": DESK,
    "POST organizer.desk_badge": DESK_GOES,
    "POST organizer.desk_enough": DESK_GOES,
    "POST organizer.desk_exchange": NONE | {"owner": 422, "helper": 422},
    "GET organizer.badges": DESK,
    "POST organizer.make_badges": DESK_GOES,
    "GET circles.mine": ATTENDEE,
    "POST circles.answer": ATTENDEE_GOES,
    "GET rounds.mine": ATTENDEE,
    "GET rounds.plan": DESK,
    "POST rounds.schedule": NONE | {"owner": 422, "helper": 422},
    "POST rounds.cancel": DESK_GOES,
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
