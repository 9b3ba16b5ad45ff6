"""From a profile to the two records that are compared, and what to encode for them."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import TextRecord
from matchmaker.affinity.e5 import split_items, text_hash
from matchmaker.affinity.language import detect_language
from matchmaker.affinity.lexical import list_runs
from matchmaker.affinity.profile import Profile, Role
from matchmaker.affinity.text import MAX_CHARS, tokenize

Vectors = Mapping[str, NDArray[np.floating]]

_MIN_ITEM_WORDS = 2


def list_views(text: str) -> tuple[str, ...]:
    """Return what to encode for one offer or need: each string by its ``e5.text_hash``.

    The text as it stands comes first; then its meaningful words alone, since the mean of both
    finds more than either; then its items, if it speaks of several things. A blank text has
    nothing to encode. Only the first is needed for a text to count as encoded.
    """
    if not text.strip():
        return ()
    items = list_items(text)
    return tuple(dict.fromkeys((text, *_list_content(text), *(items if len(items) > 1 else ()))))


def list_items(text: str) -> tuple[str, ...]:
    """Return the separate things a text speaks of; crumbs of a single word are left out."""
    pieces = (text[start:stop] for start, stop in split_items(text[:MAX_CHARS]))
    return tuple(piece for piece in pieces if len(tokenize(piece)) >= _MIN_ITEM_WORDS)


def build_records(profile: Profile, vectors: Vectors) -> dict[Role, TextRecord]:
    """Return offer and need with their languages, items and, where known, their vectors."""
    return {
        Role.OFFER: build_record(profile.offer, Role.OFFER, profile.language, vectors),
        Role.NEED: build_record(profile.need, Role.NEED, profile.language, vectors),
    }


def build_record(text: str, role: Role, language: str, vectors: Vectors) -> TextRecord:
    """Return one text as it is compared."""
    read = text[:MAX_CHARS]
    items = list_items(read)
    several = items if len(items) > 1 else ()
    item_views = tuple(_find_vectors(several, vectors))
    return TextRecord(
        text=read,
        language=detect_language(read, prior=language),
        role=role,
        items=several,
        views=tuple(_find_views(text, vectors)),
        item_views=item_views if len(item_views) == len(several) else (),
    )


def _find_views(text: str, vectors: Vectors) -> Iterator[NDArray[np.float32]]:
    if vectors and text.strip() and (whole := vectors.get(text_hash(text))) is not None:
        yield whole.astype(np.float32)
        yield from _find_vectors(_list_content(text), vectors)


def _find_vectors(texts: tuple[str, ...], vectors: Vectors) -> Iterator[NDArray[np.float32]]:
    for text in texts:
        if vectors and (found := vectors.get(text_hash(text))) is not None:
            yield found.astype(np.float32)


def _list_content(text: str) -> tuple[str, ...]:
    words = " ".join(word for run in list_runs(text[:MAX_CHARS]) for word in run)
    return (words,) if words else ()
