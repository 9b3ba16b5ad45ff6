"""The two file formats of known answers, checked before use.

``attendees.json`` holds people of one evening and the pairs, circles and traps among them;
``needs.json`` holds offers and needs of the same topics in several languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.affinity.profile import Profile, Role
from matchmaker.people.ids import AttendeeId


class EvaluationError(ValueError):
    """The data isn't in the format that is asked for."""


@dataclass(frozen=True, kw_only=True)
class KnownEvening:
    """People of one event, numbered, and what is known about them."""

    profiles: tuple[Profile, ...]
    languages: Mapping[AttendeeId, str]
    mutual_pairs: tuple[tuple[AttendeeId, ...], ...]
    circles: tuple[tuple[AttendeeId, ...], ...]
    lookalikes: tuple[tuple[AttendeeId, ...], ...]
    one_way: tuple[tuple[AttendeeId, ...], ...]


@dataclass(frozen=True, kw_only=True)
class TopicText:
    """One text of a topic."""

    topic: str
    role: Role
    language: str
    text: str


def read_evening(data: Mapping[str, Any]) -> KnownEvening:
    """Return the evening that an ``attendees.json`` describes.

    Raises
    ------
    EvaluationError
        If a part is missing or names somebody who isn't there.
    """
    try:
        people = list(data["attendees"])
        numbers = {str(person["id"]): AttendeeId(n) for n, person in enumerate(people, start=1)}
        return KnownEvening(
            profiles=tuple(_read_profile(person, numbers) for person in people),
            languages={numbers[str(person["id"])]: str(person["lang"]) for person in people},
            mutual_pairs=_read_groups(data, "mutual_pairs", 2, numbers),
            circles=_read_groups(data, "circles", 3, numbers),
            lookalikes=_read_groups(data, "lookalikes", 2, numbers),
            one_way=_read_groups(data, "one_way", 2, numbers),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"attendees: {error!r}") from error


def read_topics(data: Mapping[str, Any]) -> tuple[TopicText, ...]:
    """Return the texts that a ``needs.json`` holds.

    Raises
    ------
    EvaluationError
        If a part is missing or a role unknown.
    """
    try:
        return tuple(
            TopicText(
                topic=str(text["topic"]),
                role=Role(text["role"]),
                language=str(text["lang"]),
                text=str(text["text"]),
            )
            for text in data["texts"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationError(f"needs: {error!r}") from error


def _read_profile(person: Mapping[str, Any], numbers: Mapping[str, AttendeeId]) -> Profile:
    return Profile(
        id=numbers[str(person["id"])],
        offer=str(person.get("offer") or ""),
        need=str(person.get("need") or ""),
        language=str(person["lang"]),
    )


def _read_groups(
    data: Mapping[str, Any], name: str, size: int, numbers: Mapping[str, AttendeeId]
) -> tuple[tuple[AttendeeId, ...], ...]:
    groups: Sequence[Sequence[Any]] = data.get(name) or ()
    if any(len(group) != size for group in groups):
        raise EvaluationError(f"{name}: each entry names {size} people")
    return tuple(tuple(numbers[str(id)] for id in group) for group in groups)
