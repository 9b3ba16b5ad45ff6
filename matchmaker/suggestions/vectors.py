"""Sentence vectors for a followed room: what is known, what is missing, what just came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matchmaker.affinity.e5 import ENCODER_VERSION, text_hash
from matchmaker.affinity.records import list_views
from matchmaker.people.attendee import Attendee
from matchmaker.storage import vectors as stored

MOST_FAILURES: Final = 3
"""So often a text is tried; then it is left to the light blocks."""


class VectorShelf:
    """The vectors of one process: read from the database once, then kept.

    Kept in half precision, which moves a cosine by .0002 at most: thousands of people have tens
    of thousands of texts and parts of texts.
    """

    def __init__(self) -> None:
        self.known: dict[str, NDArray[np.float16]] = {}
        self._failures: Counter[str] = Counter()
        self._views: dict[str, tuple[str, ...]] = {}

    def read(self, session: Session, people: Iterable[Attendee]) -> None:
        """Read what the database knows of the texts of these people."""
        views = (view for a in people for view in self._views_of(a))
        wanted = {text_hash(view) for view in views} - self.known.keys()
        found = stored.find_vectors(session, ENCODER_VERSION, wanted)
        for key, data in found.vectors.items():
            self.known[key] = np.frombuffer(data, dtype="<f4").astype(np.float16)
        self._failures.update({k: n - self._failures[k] for k, n in found.failures.items()})

    def missing(self, people: Iterable[Attendee]) -> list[str]:
        """Return what still wants a vector, each once: whole texts first, then their parts."""
        views = [self._view_lists(a) for a in people]
        wholes = (one[0] for lists in views for one in lists)
        parts = (part for lists in views for one in lists for part in one[1:])
        keys = {text_hash(text): text for text in (*wholes, *parts)}
        return [
            text
            for key, text in keys.items()
            if key not in self.known and self._failures[key] < MOST_FAILURES
        ]

    def concerns(self, attendee: Attendee, texts: Collection[str]) -> bool:
        """Return whether any of these texts is one of the attendee's, or a part of one."""
        return not self._views_of(attendee).isdisjoint(texts)

    def add(self, session: Session, text: str, vector: NDArray[np.float32]) -> None:
        """Store a vector that was just computed."""
        key = text_hash(text)
        stored.save_vector(session, ENCODER_VERSION, key, vector.astype("<f4").tobytes())
        self.known[key] = vector.astype(np.float16)

    def add_failure(self, session: Session, text: str) -> None:
        """Count that the encoder failed on a text; after the last try it is given up."""
        stored.note_failure(session, ENCODER_VERSION, text_hash(text))
        self._failures[text_hash(text)] += 1

    def _views_of(self, attendee: Attendee) -> set[str]:
        return {view for one in self._view_lists(attendee) for view in one}

    def _view_lists(self, attendee: Attendee) -> list[tuple[str, ...]]:
        texts = [text for text in (attendee.offer, attendee.need) if text.strip()]
        for text in texts:
            if text not in self._views:
                self._views[text] = list_views(text)
        return [self._views[text] for text in texts]
