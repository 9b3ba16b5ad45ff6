"""The shipped lexicon: what every row of ``data/concepts.tsv`` has to keep to."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import Final

import pytest

from matchmaker.affinity.concepts import LANGUAGES, Concept, ConceptLexicon, read_concepts
from matchmaker.affinity.text import tokenize
from matchmaker.settings import find_shipped

PATH: Final = find_shipped("data") / "concepts.tsv"
CATEGORIES: Final = {
    "business",
    "marketing_media",
    "trades_construction",
    "food",
    "health",
    "education",
    "arts_culture",
    "public_community",
    "technology",
    "law",
    "money",
    "logistics",
    "jobs_hr",
    "manufacturing",
    "retail",
    "agriculture_environment",
    "travel_hospitality",
    "family_home",
    "sports_wellbeing",
    "science",
}
MIN_PREFIX: Final = {"en": 4, "it": 4, "he": 3}
HEBREW: Final = re.compile(r"[\u05d0-\u05ea]")
LATIN_LOANWORD: Final = re.compile(r"[a-z0-9][a-z0-9 /.-]*\*?")
WORDY: Final = re.compile(r"[\w ’׳״\-./&·]+\*?")
SAYS_NOTHING: Final = {
    "en": "help good work new time people good need business service offer look art car",
    "vi": "bán mua làm nhà xe tìm cần giúp người mới ai việc cho gián nhúng sung",
    "it": "ai piano lavoro aiuto nuovo persone visto tempo cerco offro casa buono anche spot",
    "he": "עוד מול רוח לתת שיש עבודה עזרה טוב אנשים מכור בד כלה בצורת אולם חדש מחפש",
}

CONCEPTS: Final = tuple(read_concepts(PATH))


def list_stems(language: str) -> Iterator[tuple[Concept, str]]:
    """Yield each stem of a language with its concept."""
    for concept in CONCEPTS:
        for stem in concept.stems[language]:
            yield concept, stem


@pytest.fixture(scope="module")
def lexicon() -> ConceptLexicon:
    return ConceptLexicon(CONCEPTS)


def test_there_are_enough_concepts_in_every_category() -> None:
    counts = Counter(concept.category for concept in CONCEPTS)
    assert len(CONCEPTS) >= 500
    assert set(counts) == CATEGORIES
    assert min(counts.values()) >= 10


def test_ids_are_snake_case_and_unique() -> None:
    ids = [concept.id for concept in CONCEPTS]
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", id_)] == []
    assert len(set(ids)) == len(ids)


def test_the_file_is_composed_unicode_without_quotes_and_stray_spaces() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert '"' not in text
    assert re.findall(r" [\t|\n]|[\t|] |  |\|\||\|\t|\t\|", text) == []
    assert text.endswith("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_told_apart(language: str) -> None:
    labels = Counter(concept.labels[language].lower() for concept in CONCEPTS)
    assert [label for label, count in labels.items() if count > 1] == []
    assert all(len(label) <= 60 for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_stems_to_be_found_by(language: str) -> None:
    counts = {concept.id: len(concept.stems[language]) for concept in CONCEPTS}
    assert [id_ for id_, count in counts.items() if count < 3] == []
    assert mean(counts.values()) >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stem_stands_twice_in_a_cell(language: str) -> None:
    for concept in CONCEPTS:
        repeated = [s for s, n in Counter(concept.stems[language]).items() if n > 1]
        assert (concept.id, repeated) == (concept.id, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_stems_are_lower_case_words(language: str) -> None:
    assert [s for _, s in list_stems(language) if s != s.lower()] == []
    assert [s for _, s in list_stems(language) if not WORDY.fullmatch(s)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stem_belongs_to_more_than_three_concepts(language: str) -> None:
    owners = Counter(stem for _, stem in list_stems(language))
    assert [stem for stem, count in owners.items() if count > 3] == []


@pytest.mark.parametrize("language", sorted(MIN_PREFIX))
def test_prefixes_are_long_enough_to_mean_something(language: str) -> None:
    for concept, stem in list_stems(language):
        words = stem.removesuffix("*").replace("-", " ").split()
        shortest = MIN_PREFIX[language] - (len(words) > 1)
        assert not stem.endswith("*") or len(words[-1]) >= shortest, (concept.id, stem)


def test_vietnamese_needs_no_prefixes() -> None:
    assert [stem for _, stem in list_stems("vi") if "*" in stem] == []


def test_hebrew_stems_are_in_hebrew_letters_or_latin_loanwords() -> None:
    for concept, stem in list_stems("he"):
        assert HEBREW.search(stem) or LATIN_LOANWORD.fullmatch(stem), (concept.id, stem)


@pytest.mark.parametrize("language", ["en", "vi", "it"])
def test_no_hebrew_letter_strays_into_another_language(language: str) -> None:
    assert [stem for _, stem in list_stems(language) if HEBREW.search(stem)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_is_found_by_each_of_its_stems(
    lexicon: ConceptLexicon, language: str
) -> None:
    for concept, stem in list_stems(language):
        text = stem.removesuffix("*")
        assert tokenize(text), (concept.id, stem)
        found = {hit.concept for hit in lexicon.find_hits(text, language)}
        assert concept.id in found, (concept.id, stem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_every_text_fire_nothing(lexicon: ConceptLexicon, language: str) -> None:
    fired = {
        word: [hit.concept for hit in lexicon.find_hits(word, language)]
        for word in SAYS_NOTHING[language].split()
    }
    assert {word: concepts for word, concepts in fired.items() if concepts} == {}


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("en", "Somebody who gets my receipts into order", "bookkeeping"),
        ("en", "the tap in our kitchen drips", "plumbing"),
        ("vi", "Nhà mình bị nghẹt cống", "plumbing"),
        ("vi", "tôi cần người trông bé buổi chiều", "babysitting"),
        ("it", "Il rubinetto perde da una settimana", "plumbing"),
        ("it", "cerco chi tenga i bambini la sera, una babysitter", "babysitting"),
        ("he", "יש לנו נזילה מתחת לכיור", "plumbing"),
        ("he", "אנחנו מייצרים אריזות מתכלות", "biodegradable_packaging"),
    ],
)
def test_everyday_sentences_are_understood(
    lexicon: ConceptLexicon, language: str, text: str, concept: str
) -> None:
    assert concept in {hit.concept for hit in lexicon.find_hits(text, language)}


def test_one_text_in_four_languages_is_one_concept(lexicon: ConceptLexicon) -> None:
    texts = {
        "en": "compostable packaging for my shop",
        "vi": "bao bì phân hủy sinh học",
        "it": "imballaggi compostabili",
        "he": "אריזות מתכלות",
    }
    for language, text in texts.items():
        found = {hit.concept for hit in lexicon.find_hits(text, language)}
        assert "biodegradable_packaging" in found, language
