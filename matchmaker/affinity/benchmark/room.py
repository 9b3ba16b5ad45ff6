"""A made-up room: people who write about subjects, and vectors that stand in for an encoder's."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.benchmark.phrasebook import Phrasebook, Written, load_phrasebook
from matchmaker.affinity.concepts import LANGUAGES
from matchmaker.affinity.e5 import DIMENSIONS, text_hash
from matchmaker.affinity.offsets import load_means, unit_rows
from matchmaker.affinity.profile import Profile, Role
from matchmaker.people.ids import AttendeeId

Floats = NDArray[np.float32]

SEED: Final = 20_261_121
SECOND_SUBJECT: Final = 0.5
OWN_WORDING: Final = 0.6
"""How far a text of its own stands from its subjects, beside the length 1 of the first."""

_COMMON, _TOPICAL = 0.9, 0.4
_DECAY, _CUT = 0.85, 200.0
_CHUNK: Final = 8192


@dataclass(frozen=True, kw_only=True)
class SyntheticRoom:
    """Made-up people; ``offers`` and ``needs`` are unit vectors (people, 384) of their topics.

    ``vectors`` holds under the hash of each text what an encoder might have given for it: the
    same vector, and what all texts have in common.
    """

    profiles: Sequence[Profile]
    offers: Floats
    needs: Floats
    vectors: Mapping[str, Floats] = field(repr=False)


def build_room(people: int, *, seed: int = SEED, first_id: int = 1) -> SyntheticRoom:
    """Return a room of made-up people; the same arguments give the same room.

    A text's vector lies near the centres of its subjects. The spread of centres and of wording
    falls over the axes about as measured on e5 vectors of our own sentences, nine tenths of it
    on the first 128 of 384.
    """
    book = load_phrasebook()
    draw = random.Random(seed)  # noqa: S311 - people are made up, not secrets
    languages = [draw.choice(LANGUAGES) for _ in range(people)]
    written = {role: [book.write(draw, role, language) for language in languages] for role in Role}
    profiles = [
        Profile(
            id=AttendeeId(first_id + n),
            offer=written[Role.OFFER][n].text,
            need=written[Role.NEED][n].text,
            language=language,
        )
        for n, language in enumerate(languages)
    ]
    sides = {
        role: _draw_vectors(book, texts, seed=seed + place)
        for place, (role, texts) in enumerate(written.items())
    }
    vectors: dict[str, Floats] = {}
    for role, texts in written.items():
        encoded = _add_common(sides[role])
        vectors |= {text_hash(one.text): row for one, row in zip(texts, encoded, strict=True)}
    return SyntheticRoom(
        profiles=profiles, offers=sides[Role.OFFER], needs=sides[Role.NEED], vectors=vectors
    )


def _draw_vectors(book: Phrasebook, texts: Sequence[Written], *, seed: int) -> Floats:
    rotation = _draw_rotation()
    draw = np.random.default_rng(SEED)
    centres = unit_rows(_draw_spread(draw, book.subjects)) @ rotation
    own = np.random.default_rng(seed)
    rows = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
    for start in range(0, len(texts), _CHUNK):
        some = texts[start : start + _CHUNK]
        first, second = (centres[[one.subjects[place] for one in some]] for place in range(2))
        wording = unit_rows(_draw_spread(own, len(some))) @ rotation
        rows[start : start + _CHUNK] = first + SECOND_SUBJECT * second + OWN_WORDING * wording
    return unit_rows(rows)


def _add_common(topical: Floats) -> Floats:
    common = unit_rows(load_means("e5").centre[None, :])[0]
    return unit_rows(np.float32(_COMMON) * common + np.float32(_TOPICAL) * topical)


def _draw_rotation() -> Floats:
    square = np.random.default_rng(SEED + 1).normal(size=(DIMENSIONS, DIMENSIONS))
    return np.asarray(np.linalg.qr(square)[0], dtype=np.float32)


def _draw_spread(draw: np.random.Generator, count: int) -> Floats:
    axis = np.arange(1, DIMENSIONS + 1, dtype=np.float32)
    spread = np.sqrt(axis**-_DECAY * np.exp(-axis / _CUT))
    return np.asarray(draw.standard_normal((count, DIMENSIONS), dtype=np.float32) * spread)
