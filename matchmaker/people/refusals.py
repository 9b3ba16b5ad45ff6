"""Named refusals: values only; the doors (web, command line) put them into words."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """Something the rules do not allow."""


class NotFound(Refusal):
    """No such thing, or not for this reader: the two look alike."""


class EventClosed(Refusal):
    """The event is over; nobody can join any more."""


class CardRevoked(Refusal):
    """The code is old, revoked or of another event; all look alike."""


class OwnCard(Refusal):
    """A person scanned their own card."""


class LinkExpired(Refusal):
    """A one-time link or code was used, revoked, or is too old."""


class TooManyTries(Refusal):
    """Somebody guesses; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class InvalidField(Refusal):
    """A value that a rule refuses: ``field`` names it, ``problem`` says what is wrong."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem
