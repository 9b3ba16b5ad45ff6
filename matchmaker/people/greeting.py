"""A greeting that asks for nothing: which words to remember somebody by."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from matchmaker.people.contact import Contact

_SHORT: Final = 70


class Memory(StrEnum):
    """What a greeting recalls."""

    PROJECT = "project"
    WORK = "work"
    PLACE = "place"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """What goes into a greeting; ``words`` are the other's own. ``turn`` chooses the wording."""

    memory: Memory
    turn: int
    name: str = ""
    event_name: str = ""
    words: str = ""


def choose_greeting(contact: Contact) -> Greeting:
    """Return a greeting for a contact; the next one, after they were greeted, is another.

    Their own words are quoted only where they are short enough to stand in a sentence.
    """
    memories = _memories_of(contact)
    greeted = contact.greeted_at.isoformat() if contact.greeted_at else ""
    digest = sha256(f"{contact.public_id}:{greeted}".encode()).digest()
    memory, words = memories[digest[0] % len(memories)]
    return Greeting(
        memory=memory,
        turn=digest[1],
        name=contact.call_name,
        event_name=contact.event_name,
        words=words,
    )


def short_words(text: str) -> str:
    """Return somebody's words as they can be quoted within a sentence; empty if too long."""
    words = text.strip().rstrip(".!…").strip()
    return words if len(words) <= _SHORT and "\n" not in words else ""


def _memories_of(contact: Contact) -> list[tuple[Memory, str]]:
    project, work = short_words(contact.could_give), short_words(contact.could_get)
    found = []
    if project:
        found.append((Memory.PROJECT, project))
    if work:
        found.append((Memory.WORK, work))
    if not found and contact.event_name:
        found.append((Memory.PLACE, ""))
    return found or [(Memory.PERSON, "")]
