"""Sentence vectors for an evaluation, computed in a child process as the product does."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.blocks import Encoder
from matchmaker.affinity.e5 import text_hash
from matchmaker.affinity.encoder_process import EncoderFailed, EncoderProcess, is_available
from matchmaker.affinity.profile import Profile
from matchmaker.affinity.records import list_views


def encode_texts(texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """Return the vector of each text by its hash; a text the encoder fails on is left out."""
    vectors: dict[str, NDArray[np.float32]] = {}
    if not is_available():
        return vectors
    with EncoderProcess() as process:
        for text in dict.fromkeys(texts):
            try:
                vectors[text_hash(text)] = process.encode(text)
            except EncoderFailed:
                continue
    return vectors


def encode_profiles(profiles: Iterable[Profile], encoder: str) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of all offers and needs, or none for the light encoder."""
    if Encoder(encoder) is Encoder.LIGHT:
        return {}
    views = (
        view for one in profiles for text in (one.offer, one.need) for view in list_views(text)
    )
    return encode_texts(views)
