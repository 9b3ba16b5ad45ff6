"""Short natural texts of made-up people, from our own sentences and concepts."""

import csv
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matchmaker.affinity.concepts import LANGUAGES, read_concepts
from matchmaker.affinity.profile import Role
from matchmaker.settings import find_shipped

_SENTENCE_SHARE: Final = 0.3
"""How many texts begin with one of our sentences instead of a template."""

_TEMPLATES: Final[Mapping[Role, Mapping[str, tuple[str, ...]]]] = {
    Role.OFFER: {
        "en": ("I can help with {a}, and I know {b}.", "{a} is my work. Ask me about {b} too."),
        "vi": ("Tôi giúp được về {a}, và biết cả {b}.", "Tôi làm {a}. Cứ hỏi tôi về {b} nữa."),
        "it": ("Posso aiutare con {a} e conosco {b}.", "Mi occupo di {a}. So anche di {b}."),
        "he": ("אפשר להיעזר בי ב{a} וגם ב{b}.", "העבודה שלי היא {a}. אפשר לשאול גם על {b}."),
    },
    Role.NEED: {
        "en": ("Looking for {a}, best with {b}.", "I need {a}. Somebody for {b} would be nice."),
        "vi": ("Tôi đang tìm {a}, tốt nhất là cùng {b}.", "Tôi cần {a}. Có ai biết {b} thì quý."),
        "it": ("Cerco {a}, meglio se con {b}.", "Mi serve {a}. Mi interessa anche {b}."),
        "he": ("אני מחפש {a}, עדיף עם {b}.", "דרוש לי {a}. אשמח גם ל{b}."),
    },
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """One text and the numbers of its subjects, the first the weightiest."""

    text: str
    subjects: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """One thing people speak of: its words or whole sentences in each language."""

    words: Mapping[str, tuple[str, ...]]
    sentences: Mapping[tuple[Role, str], str]


class Phrasebook:
    """Writes texts about subjects: our topics and the concepts of the lexicon."""

    def __init__(self) -> None:
        self._topics = _read_topics()
        self._concepts = _read_words()

    @property
    def subjects(self) -> int:
        """How many subjects there are."""
        return len(self._topics) + len(self._concepts)

    def write(self, draw: random.Random, role: Role, language: str) -> Written:
        """Return a text of one or two sentences in a language, as ``draw`` falls."""
        second = draw.randrange(len(self._concepts))
        after = self._name(draw, second, language)
        if draw.random() < _SENTENCE_SHARE:
            first = draw.randrange(len(self._topics))
            text = f"{self._topics[first].sentences[role, language]} ({after})"
            return Written(text=text, subjects=(first, len(self._topics) + second))
        first = draw.randrange(len(self._concepts))
        template = draw.choice(_TEMPLATES[role][language])
        text = template.format(a=self._name(draw, first, language), b=after)
        subjects = (len(self._topics) + first, len(self._topics) + second)
        return Written(text=text[0].upper() + text[1:], subjects=subjects)

    def _name(self, draw: random.Random, concept: int, language: str) -> str:
        return draw.choice(self._concepts[concept].words[language])


@lru_cache(maxsize=1)
def load_phrasebook() -> Phrasebook:
    """Return the phrasebook of the shipped sentences and concepts, read once a process."""
    return Phrasebook()


def _read_topics() -> list[_Subject]:
    topics: dict[str, dict[tuple[Role, str], str]] = {}
    source = find_shipped("data") / "networking_sentences.tsv"
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            sentences = topics.setdefault(row["topic"], {})
            sentences.update({(Role(row["role"]), one): row[one] for one in LANGUAGES})
    return [_Subject(words={}, sentences=one) for one in topics.values() if len(one) == _CELLS]


def _read_words() -> list[_Subject]:
    concepts = read_concepts(find_shipped("data") / "concepts.tsv")
    return [
        _Subject(
            words={
                one: (concept.labels[one], *(s for s in concept.stems[one] if not s.endswith("*")))
                for one in LANGUAGES
            },
            sentences={},
        )
        for concept in concepts
    ]


_CELLS: Final = len(LANGUAGES) * len(Role)
