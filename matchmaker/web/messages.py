"""Greetings and thanks in words, ready to be changed and sent by the reader; none holds an ask."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from matchmaker.people.card import CardFields
from matchmaker.people.contact import Contact
from matchmaker.people.greeting import Greeting, Memory, choose_greeting, short_words
from matchmaker.people.messages import message_links

_SYMBOLS: Final = {"mail": "mail"}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to write to somebody: a word for it, an icon and the address that opens it."""

    label: str
    symbol: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """Words to begin with, and the ways that open with them already in place."""

    text: str
    ways: tuple[Way, ...]


def write_greeting(contact: Contact) -> Message:
    """Return a greeting to a contact."""
    greeting = choose_greeting(contact)
    wordings = _wordings(greeting)
    body = wordings[greeting.turn % len(wordings)]
    return _message(contact.fields, _("A greeting"), _opening(greeting.name), body)


def write_thanks(contact: Contact) -> Message:
    """Return a thank-you to a contact after an event."""
    name, event, work = contact.call_name, contact.event_name, short_words(contact.could_get)
    if event and work:
        body = _(
            "thank you for our talk at %(event)s. What you told me about “%(words)s” stayed with "
            "me. I am glad we met.",
            event=event,
            words=work,
        )
    elif event:
        body = _("thank you for our talk at %(event)s. I am glad we met.", event=event)
    else:
        body = _("thank you for our talk. I am glad we met.")
    return _message(contact.fields, _("Thank you"), _opening(name), body)


def _message(fields: CardFields, subject: str, opening: str, body: str) -> Message:
    text = f"{opening}\n\n{body}"
    words = {"mail": _("Mail"), "text": _("Text")}
    ways = [
        Way(label=words.get(way, way), symbol=_SYMBOLS.get(way, "message"), url=url)
        for way, url in message_links(fields, subject=subject, text=text)
    ]
    return Message(text=text, ways=tuple(ways))


def _opening(name: str) -> str:
    return _("Hello %(name)s,", name=name) if name else _("Hello,")


def _wordings(greeting: Greeting) -> tuple[str, ...]:
    event, words = greeting.event_name, greeting.words
    match greeting.memory:
        case Memory.PROJECT:
            return (
                _("I thought of your “%(words)s” today. I hope it is coming along.", words=words),
                _(
                    "I still remember how you spoke of “%(words)s”. I hope you are getting there, "
                    "and that the road is a pleasant one.",
                    words=words,
                ),
                _("I am keeping my fingers crossed for your “%(words)s”.", words=words),
            )
        case Memory.WORK:
            return (
                _(
                    "I thought today of what you told me about “%(words)s”. I hope it gives you "
                    "joy these days.",
                    words=words,
                ),
                _(
                    "“%(words)s”: it came to my mind again that this is what you do, and I wanted "
                    "to say hello. No need to answer.",
                    words=words,
                ),
            )
        case Memory.PLACE:
            return (
                _(
                    "I was thinking of our talk at %(event)s and wanted to say hello. "
                    "I hope you are well.",
                    event=event,
                ),
                _(
                    "it has been a while since we met at %(event)s. I just wanted to wish you a "
                    "good week.",
                    event=event,
                ),
            )
    return (
        _("I was thinking of you today and wanted to say hello. I hope you are well."),
        _("just a hello, no need to answer. I hope this finds you well."),
    )
