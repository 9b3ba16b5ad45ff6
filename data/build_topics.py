"""Known topics in an encoder's space, and the axes on which they are joined to a text's vector."""

from collections.abc import Mapping

import numpy as np
from build_sentences import Matrix, Sentences

from matchmaker.affinity.offsets import unit_rows
from matchmaker.affinity.profile import Role
from matchmaker.affinity.topic_space import TopicSpace, name_topics

OWN_SHARE = 0.7
"""Part of an offer's topic that comes from offers; the rest comes from the needs they answer."""


def fit_topics(vectors: Matrix, sentences: Sentences, *, width: int, weight: float) -> TopicSpace:
    """Return every topic of the sentences, whose unit vectors are given, and the joint axes.

    ``weight`` is what nearness to topics counts beside the vector itself. The axes are those of
    ``width`` along which vectors and topics of the sentences differ most.
    """
    known = find_known(vectors, sentences)
    scale = np.float32(np.sqrt(weight))
    shares = np.zeros((len(vectors), len(known[Role.OFFER])), dtype=np.float32)
    for role, rows in known.items():
        chosen = sentences.are_of(role)
        shares[chosen] = scale * name_topics(vectors[chosen], rows)
    joined = unit_rows(np.hstack([vectors, shares])).astype(np.float64)
    axes = np.linalg.eigh(joined.T @ joined)[1][:, ::-1][:, :width].astype(np.float32)
    dims = vectors.shape[1]
    return TopicSpace(known=known, whole=axes[:dims], about=scale * axes[dims:])


def find_known(vectors: Matrix, sentences: Sentences) -> Mapping[Role, Matrix]:
    """Return the unit vector of each topic as an offer and as a need: (topics, dims) each."""
    topics = np.unique(sentences.topics)
    means = {
        role: np.array(
            [
                vectors[sentences.are_of(role) & (sentences.topics == one)].mean(axis=0)
                for one in topics
            ]
        )
        for role in Role
    }
    other = {Role.OFFER: Role.NEED, Role.NEED: Role.OFFER}
    return {
        role: unit_rows(OWN_SHARE * means[role] + (1 - OWN_SHARE) * means[other[role]])
        for role in Role
    }
