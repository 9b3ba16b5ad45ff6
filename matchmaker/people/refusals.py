"""Named refusals: values only; the doors (web, command line) put them into words."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """Something the rules do not allow."""


class NotFound(Refusal):
    """No such thing, or not for this reader: the two look alike."""


class EventClosed(Refusal):
    """The event is over; nobody can join any more."""


class CardRevoked(Refusal):
    """The code is old, revoked or of another event; all look alike."""


class AskFirst(Refusal):
    """The code is a badge's: it lets one ask for the card, it does not give it."""


class OwnCard(Refusal):
    """A person scanned their own card."""


class ExchangeUndone(Refusal):
    """A late repetition of a scan whose exchange was undone since."""


class TooLate(Refusal):
    """What could be undone for a while can't be any more."""


class IntroductionClosed(Refusal):
    """An introduction was made, taken back, or is too old: it can no longer be changed."""


class LinkExpired(Refusal):
    """A one-time link or code was used, revoked, or is too old."""


class TooManyTries(Refusal):
    """Somebody guesses; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class InvitationClosed(Refusal):
    """An invitation was answered, taken back, or is too old: it can no longer be changed."""


class TooManyInvitations(Refusal):
    """As many invitations are open as one wishes to meet people: ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class MeetingCancelled(Refusal):
    """The meeting does not take place any more."""


class InvalidField(Refusal):
    """A value that a rule refuses: ``field`` names it, ``problem`` says what is wrong."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem
