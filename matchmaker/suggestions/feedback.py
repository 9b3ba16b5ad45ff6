"""What people did with their suggestions tonight, as the matching learns from it."""

from collections.abc import Iterable

from matchmaker.affinity.learning import Feedback, Kind
from matchmaker.people.ids import AttendeeId
from matchmaker.storage.suggestions import Place

Pair = tuple[AttendeeId, AttendeeId]


def read_feedback(
    places: Iterable[Place], wishes: Iterable[Pair], exchanged: Iterable[Pair]
) -> list[Feedback]:
    """Return one judgement for each wish to meet, each suggestion set aside, each exchange.

    Only of this event: nothing of it is kept for another one.
    """
    wanted = [Feedback(by=by, about=about, kind=Kind.TAKEN) for by, about in sorted(wishes)]
    declined = [
        Feedback(by=place.pairing.to, about=place.pairing.about, kind=Kind.DECLINED)
        for place in places
        if place.dismissed_at is not None
    ]
    met = [Feedback(by=one, about=other, kind=Kind.EXCHANGED) for one, other in sorted(exchanged)]
    return [*wanted, *declined, *met]
