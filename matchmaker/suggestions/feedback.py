"""What people did with their suggestions tonight, as the matching learns from it."""

from collections.abc import Iterable

from matchmaker.affinity.learning import Feedback, Kind
from matchmaker.people.ids import AttendeeId
from matchmaker.people.invitation import Answer, Invitation
from matchmaker.people.meeting import Outcome
from matchmaker.storage.suggestions import Place

Pair = tuple[AttendeeId, AttendeeId]


def read_feedback(
    places: Iterable[Place],
    sent: Iterable[Invitation],
    exchanged: Iterable[Pair],
    outcomes: Iterable[tuple[Outcome, AttendeeId]] = (),
) -> list[Feedback]:
    """Return one judgement for each invitation and its answer, each suggestion set aside, each
    exchange, and each meeting that somebody said something of.

    Only of this event: nothing of it is kept for another one.
    """
    sent = list(sent)
    taken = {(i.sender, i.receiver) for i in sent}
    taken |= {(i.receiver, i.sender) for i in sent if i.answer is Answer.ACCEPTED}
    declined = {(p.pairing.to, p.pairing.about) for p in places if p.dismissed_at is not None}
    no = {Answer.PUT_OFF, Answer.DECLINED}
    declined |= {(i.receiver, i.sender) for i in sent if i.answer in no}
    return [
        *_of_kind(Kind.TAKEN, taken - declined),
        *_of_kind(Kind.DECLINED, declined - taken),
        *_of_kind(Kind.EXCHANGED, set(exchanged)),
        *_of_kind(Kind.HELPED, {(o.by, about) for o, about in outcomes if o.could_be_helped}),
    ]


def _of_kind(kind: Kind, pairs: set[Pair]) -> list[Feedback]:
    return [Feedback(by=by, about=about, kind=kind) for by, about in sorted(pairs)]
