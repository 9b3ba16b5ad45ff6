"""Figures of needs and offers of the same topics: does a need find its offer, in any language?"""

import random
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matchmaker.affinity.evaluation.encoding import encode_profiles
from matchmaker.affinity.evaluation.formats import EvaluationError, TopicText, read_topics
from matchmaker.affinity.matcher import MutualMatcher
from matchmaker.affinity.profile import Profile, Role
from matchmaker.affinity.records import Vectors
from matchmaker.people.ids import AttendeeId

DRAWS: Final = 100
SEED: Final = 20

Ranks = list[int]


def evaluate_needs(data: Mapping[str, Any], *, encoder: str) -> dict[str, Any]:
    """Return R@1, R@5 and MRR of a ``needs.json`` for three kinds of pools.

    ``same``: the offers in the need's language; ``cross``: those in one other language,
    averaged; ``mixed``: one offer a topic in a random language, over 100 seeded draws, counting
    the needs whose answer is in another language.

    Raises
    ------
    EvaluationError
        If the data is not in the format, or a topic lacks an offer in some language.
    """
    texts = read_topics(data)
    started = time.perf_counter()
    profiles = list_profiles(texts)
    vectors = encode_profiles(profiles, encoder)
    figures = judge_topics(texts, MutualMatcher(encoder=encoder), vectors)
    return figures | {"seconds": round(time.perf_counter() - started, 3)}


def list_profiles(texts: Sequence[TopicText]) -> list[Profile]:
    """Return one person for each text, who only offers or only needs."""
    return [
        Profile(
            id=AttendeeId(n),
            offer=text.text if text.role is Role.OFFER else "",
            need=text.text if text.role is Role.NEED else "",
            language=text.language,
        )
        for n, text in enumerate(texts)
    ]


def judge_topics(
    texts: Sequence[TopicText], matcher: MutualMatcher, vectors: Vectors
) -> dict[str, Any]:
    """Fit a matcher to the texts and return every metric but the time."""
    profiles = list_profiles(texts)
    matcher.fit(profiles, vectors=vectors)
    everybody = [profile.id for profile in profiles]
    return measure_topics(texts, matcher.affinities(everybody, everybody))


def measure_topics(texts: Sequence[TopicText], scores: NDArray[np.float32]) -> dict[str, Any]:
    """Return the metrics of the three kinds of pools for given affinities."""
    offers = {
        (text.topic, text.language): n for n, text in enumerate(texts) if text.role is Role.OFFER
    }
    needs = [n for n, text in enumerate(texts) if text.role is Role.NEED]
    languages = sorted({text.language for text in texts})
    topics = sorted({text.topic for text in texts})
    if len(offers) != len(languages) * len(topics):
        raise EvaluationError("needs: each topic has one offer in each language")
    same, cross = Ranks(), Ranks()
    for need in needs:
        for language in languages:
            pool = {topic: offers[topic, language] for topic in topics}
            rank = _rank(scores, need, pool, texts[need].topic)
            (same if language == texts[need].language else cross).append(rank)
    mixed = _rank_mixed(texts, scores, needs, offers, languages, topics)
    return {"same": _summary(same), "cross": _summary(cross), "mixed": _summary(mixed)}


def _rank_mixed(
    texts: Sequence[TopicText],
    scores: NDArray[np.float32],
    needs: Sequence[int],
    offers: Mapping[tuple[str, str], int],
    languages: Sequence[str],
    topics: Sequence[str],
) -> Ranks:
    draw = random.Random(SEED)  # noqa: S311 - a seeded experiment, no secret
    ranks = Ranks()
    for _ in range(DRAWS):
        spoken = {topic: draw.choice(languages) for topic in topics}
        pool = {topic: offers[topic, language] for topic, language in spoken.items()}
        ranks.extend(
            _rank(scores, need, pool, texts[need].topic)
            for need in needs
            if spoken[texts[need].topic] != texts[need].language
        )
    return ranks


def _rank(scores: NDArray[np.float32], need: int, pool: Mapping[str, int], topic: str) -> int:
    """Return the place of the right offer, from 1; those that tie with it stand before it."""
    right = scores[pool[topic], need]
    return int(np.count_nonzero(scores[list(pool.values()), need] >= right))


def _summary(ranks: Iterable[int]) -> dict[str, float | None]:
    known = np.array(list(ranks), dtype=np.float64)
    if not len(known):
        return {"r_at_1": None, "r_at_5": None, "mrr": None}
    return {
        "r_at_1": round(float(np.mean(known <= 1)), 4),
        "r_at_5": round(float(np.mean(known <= 5)), 4),
        "mrr": round(float(np.mean(1 / known)), 4),
    }
