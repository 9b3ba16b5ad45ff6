"""What pure rooms return as values, put into sentences of the reader's language."""

from dataclasses import dataclass
from hashlib import sha256

from flask_babel import gettext as _

from matchmaker.invitations.sending import Start
from matchmaker.people.bands import Band
from matchmaker.people.suggestion import Suggestion


@dataclass(frozen=True, kw_only=True)
class SuggestionView:
    """A suggestion and the question worth asking, ready for the page."""

    suggestion: Suggestion
    question: str


def view_suggestion(suggestion: Suggestion) -> SuggestionView:
    """Return a suggestion with its question in words."""
    return SuggestionView(suggestion=suggestion, question=word_question(suggestion))


def word_start(start: Start) -> str:
    """Return how a note can start: with what its writer can give, in their own words."""
    if not start.offer:
        return ""
    if not start.need:
        return _("What I can give: %(offer)s", offer=start.offer)
    return _("You wrote “%(need)s”. What I can give: %(offer)s", need=start.need, offer=start.offer)


def word_question(suggestion: Suggestion) -> str:
    """Return a question worth asking that quotes the other's own words; empty without any.

    Which of several wordings one gets hangs on the phrase alone, so that it stays the same.
    """
    phrase = suggestion.phrase
    if not phrase:
        return ""
    if suggestion.phrase_of == "need":
        wordings = (
            _("You wrote “%(phrase)s”. What have you tried so far?", phrase=phrase),
            _("You wrote “%(phrase)s”. What will be different once you have that?", phrase=phrase),
            _("You wrote “%(phrase)s”. What is the hardest part of it?", phrase=phrase),
            _("You wrote “%(phrase)s”. Who has come closest to helping?", phrase=phrase),
        )
    else:
        wordings = (
            _("You wrote “%(phrase)s”. How did you come to that?", phrase=phrase),
            _("You wrote “%(phrase)s”. What do people usually not know about it?", phrase=phrase),
            _("You wrote “%(phrase)s”. Which part of it do you like best?", phrase=phrase),
            _("You wrote “%(phrase)s”. Who is happiest when they find you?", phrase=phrase),
        )
    return wordings[sha256(phrase.encode()).digest()[0] % len(wordings)]


def stranger_question(seed: str) -> str:
    """Return a question for any stranger; another one for another ``seed``."""
    questions = (
        _("What are you working on at the moment that you would like to talk about?"),
        _("What brought you here tonight?"),
        _("Which question do you wish people asked you about your work?"),
        _("Whom would you like to be introduced to this month?"),
        _("What did you learn lately that surprised you?"),
    )
    return questions[sha256(seed.encode()).digest()[0] % len(questions)]


def word_bands() -> dict[Band, str]:
    """Return the bands in words."""
    return {
        Band.NONE: _("nothing seen yet"),
        Band.SOME: _("some"),
        Band.GOOD: _("good"),
        Band.STRONG: _("strong"),
    }
