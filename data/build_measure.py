"""What is reached on topics that nothing was learnt from."""

from collections.abc import Callable

import numpy as np
from build_sentences import LANGUAGES, Matrix, Sentences
from numpy.typing import NDArray

from matchmaker.affinity.profile import Role
from matchmaker.affinity.vectorizers import centre_rows, find_centre

POOL = 60
PARTITIONS = 2
PARTS = 3
DRAWS = 30

Read = Callable[[NDArray[np.bool_]], Matrix]
"""Gets which sentences may be learnt from and returns unit vectors of all of them."""


def measure(sentences: Sentences, read: Read) -> str:
    """Return R@1/R@5/MRR of *mixed* pools of 60 topics that nothing was learnt from.

    Each need ranks the offers of its pool, one a topic in a random language; needs whose answer is
    in another language count. Offers and needs are centred on their pool, as the product does.
    Random partitions of the topics in three, of which two are learnt from.
    """
    topics = np.unique(sentences.topics)
    ranks: list[int] = []
    for seed in range(PARTITIONS):
        draws = np.random.default_rng(seed)
        for part in np.array_split(draws.permutation(topics), PARTS):
            rows = read(~np.isin(sentences.topics, part))
            for _ in range(DRAWS):
                pool = draws.permutation(part)[:POOL]
                ranks += _rank_mixed(rows, sentences, pool, draws)
    found = np.array(ranks)
    return f"{(found == 1).mean():.3f}/{(found <= 5).mean():.3f}/{(1 / found).mean():.3f}"


def _rank_mixed(
    rows: Matrix, sentences: Sentences, pool: NDArray[np.intp], draws: np.random.Generator
) -> list[int]:
    place = {
        (topic, language, role): row
        for row, (topic, language, role) in enumerate(
            zip(sentences.topics, sentences.languages, sentences.roles, strict=True)
        )
    }
    offered, asked = draws.integers(len(LANGUAGES), size=(2, len(pool)))
    offers, needs = (
        rows[[place[topic, LANGUAGES[one], role] for topic, one in zip(pool, spoken, strict=True)]]
        for role, spoken in ((Role.OFFER, offered), (Role.NEED, asked))
    )
    offers, needs = (centre_rows(some, find_centre(some)) for some in (offers, needs))
    scores = needs @ offers.T
    above = (scores > np.diag(scores)[:, None]).sum(axis=1) + 1
    return [int(rank) for rank in above[offered != asked]]
